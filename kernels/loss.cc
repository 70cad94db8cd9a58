// SPDX-License-Identifier: Apache-2.0
#include "kernels/loss.h"

#include <cmath>

#include "kernels/catalogue.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/loss.cc"  // once per target
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/loss-inl.h"
#include "kernels/tiny-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {
namespace {

// Eval of an elementwise loss that may or may not have a parameter.
template <class Op, class D, class V>
HWY_INLINE V EvalWith(D d, V a, V y, V parameter, V& slope) {
  if constexpr (Op::kInfo.parameter.name.empty()) {
    return Op::Eval(d, a, y, slope);
  } else {
    return Op::Eval(d, a, y, parameter, slope);
  }
}

// One sample of an elementwise loss. Columns are added in the order of Sum():
// column j into sum j % 16, then a fixed tree.
template <class Op>
double EvalRow(ConstPanels a, ConstPanels y, size_t row, double parameter, double scale,
               Panels delta) {
  const hn::CappedTag<double, kPanel> d;
  const hn::Rebind<float, decltype(d)> df;
  const size_t N = hn::Lanes(d);
  const double n = static_cast<double>(a.cols);
  const auto factor = hn::Set(d, scale / n);
  const auto number = hn::Set(d, parameter);
  HWY_ALIGN double sums[kPanel] = {};
  for (size_t panel = 0; panel < PanelCount(a.cols); ++panel) {
    const size_t valid = HWY_MIN(kPanel, a.cols - panel * kPanel);
    for (size_t j = 0; j < valid; j += N) {
      auto slope = hn::Zero(d);
      const auto output = hn::PromoteTo(d, hn::Load(df, a.Row(panel, row) + j));
      const auto target = hn::PromoteTo(d, hn::Load(df, y.Row(panel, row) + j));
      auto value = EvalWith<Op>(d, output, target, number, slope);
      const auto inside = hn::FirstN(d, valid - j);
      value = hn::IfThenElseZero(inside, value);
      hn::Store(hn::Add(hn::Load(d, sums + j), value), d, sums + j);
      if (delta.data != nullptr) {
        slope = hn::IfThenElseZero(inside, hn::Mul(slope, factor));
        hn::Store(Narrow(df, slope), df, delta.Row(panel, row) + j);
      }
    }
    if (delta.data != nullptr) {
      for (size_t j = (valid + N - 1) / N * N; j < kPanel; ++j) delta.Row(panel, row)[j] = 0.0f;
    }
  }
  for (size_t half = kPanel / 2; half > 0; half /= 2) {
    for (size_t i = 0; i < half; ++i) sums[i] += sums[i + half];
  }
  return sums[0] / n;
}

template <class Op>
void EvaluateRows(float parameter, ConstPanels a, ConstPanels y, Range rows, double scale,
                  double* losses, ConstPanels slope, Panels delta) {
  const double number = static_cast<double>(parameter);
  if constexpr (requires { &Op::EvalRows; }) {
    Op::EvalRows(a, y, rows, number, scale, losses, delta);
  } else {
    for (size_t row = rows.begin; row < rows.end; ++row) {
      if constexpr (requires { &Op::EvalRow; }) {
        losses[row] = Op::EvalRow(a, y, row, number, scale, delta);
      } else {
        losses[row] = EvalRow<Op>(a, y, row, number, scale, delta);
      }
    }
  }
  if (slope.data == nullptr || delta.data == nullptr) return;
  const hn::CappedTag<float, kPanel> d;
  for (size_t row = rows.begin; row < rows.end; ++row) {
    for (size_t panel = 0; panel < PanelCount(a.cols); ++panel) {
      for (size_t j = 0; j < kPanel; j += hn::Lanes(d)) {
        float* at = delta.Row(panel, row) + j;
        const auto factor = hn::Load(d, slope.Row(panel, row) + j);
        hn::Store(MulWithoutTiny(d, hn::Load(d, at), factor), d, at);
      }
    }
  }
}

constexpr auto kLosses = Tabulate(LossList(), [](auto op) { return &EvaluateRows<decltype(op)>; });

void EvaluateRow(size_t row, float parameter, ConstPanels a, ConstPanels y, Range rows,
                 double scale, double* losses, ConstPanels slope, Panels delta) {
  kLosses[row](parameter, a, y, rows, scale, losses, slope, delta);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lanegrad {
namespace {

HWY_EXPORT(EvaluateRow);

// Losses that go element by element are means over the outputs; those of whole rows are not.
constexpr auto kCatalogue = Tabulate(HWY_NAMESPACE::LossList(), [](auto op) {
  using Op = decltype(op);
  LossInfo info = Op::kInfo;
  info.is_mean = !requires { &Op::EvalRow; }
  &&!requires { &Op::EvalRows; };
  return info;
});

constexpr std::string_view kSum = ":sum";

}  // namespace

std::span<const LossInfo> Losses() { return kCatalogue; }

Loss Loss::Named(std::string_view text) {
  if (!text.ends_with(kSum)) return Handle::Named(text);
  Loss loss = Handle::Named(text.substr(0, text.size() - kSum.size()));
  if (!loss.info().is_mean) {
    throw BadParameter(std::string(loss.info().name)
                           .append(" is no mean over outputs, so there is no '")
                           .append(text)
                           .append("'"));
  }
  loss.sum_ = true;
  return loss;
}

std::string Loss::spelled() const { return Handle::spelled().append(sum_ ? kSum : ""); }

double Loss::Value(const double* a, const double* y, std::size_t n) const {
  return info().value(a, y, n, parameter()) * (sum_ ? static_cast<double>(n) : 1.0);
}

void Loss::Slope(const double* a, const double* y, std::size_t n, double* slope) const {
  info().slope(a, y, n, parameter(), slope);
  if (!sum_) return;
  for (std::size_t j = 0; j < n; ++j) slope[j] *= static_cast<double>(n);
}

bool Loss::Accepts(Activation f) const {
  switch (info().outputs) {
    case Outputs::kAny:
      return true;
    case Outputs::kSigned:
      // False also for what has no limit at all, as a sine.
      return f.Value(-HUGE_VAL) <= -1.0 && f.Value(HUGE_VAL) >= 1.0;
    case Outputs::kLogits:
      return f.info().is_identity;
  }
  return false;
}

void Evaluate(Loss loss, ConstPanels a, ConstPanels y, Range rows, double scale, double* losses,
              ConstPanels slope, Panels delta) {
  // A sum is n times the mean. The kernels divide by n, in double: what that rounds is far below
  // a float, and one kernel serves both.
  const double n = loss.sum() ? static_cast<double>(a.cols) : 1.0;
  HWY_DYNAMIC_DISPATCH(EvaluateRow)
  (loss.row(), loss.parameter(), a, y, rows, scale * n, losses, slope, delta);
  if (!loss.sum()) return;
  for (std::size_t row = rows.begin; row < rows.end; ++row) losses[row] *= n;
}

}  // namespace lanegrad
#endif  // HWY_ONCE
