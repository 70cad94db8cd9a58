// SPDX-License-Identifier: Apache-2.0
#include "kernels/optimizer.h"

#include "kernels/catalogue.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/optimizer.cc"  // once per target
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/optimizer-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {
namespace {

template <class Op>
void SweepStep(const StepScalars& scalars, size_t n, const float* HWY_RESTRICT g,
               float* HWY_RESTRICT w, const StateArrays& state) {
  constexpr size_t kStates = Op::kInfo.states;
  const bool clipped = scalars.clip > 0.0f;
  const bool penalised = scalars.l1 != 0.0f || scalars.l2 != 0.0f;
  const auto step = [&](auto d, size_t i) HWY_ATTR {
    auto weight = hn::LoadU(d, w + i);
    auto s0 = kStates > 0 ? hn::LoadU(d, state[0] + i) : hn::Zero(d);
    auto s1 = kStates > 1 ? hn::LoadU(d, state[1] + i) : hn::Zero(d);
    auto s2 = kStates > 2 ? hn::LoadU(d, state[2] + i) : hn::Zero(d);
    auto gradient = hn::LoadU(d, g + i);
    if (clipped) {
      // A NaN is neither above nor below, and passes.
      const auto most = hn::Set(d, scalars.clip);
      const auto low = hn::IfThenElse(hn::Lt(gradient, hn::Neg(most)), hn::Neg(most), gradient);
      gradient = hn::IfThenElse(hn::Gt(low, most), most, low);
    }
    if (penalised) {
      gradient = Fma(d, hn::Set(d, scalars.l2), weight, gradient);
      gradient = Fma(d, hn::Set(d, scalars.l1), SignOf(d, weight), gradient);
    }
    Op::Step(d, scalars, gradient, weight, s0, s1, s2);
    hn::StoreU(weight, d, w + i);
    if constexpr (kStates > 0) hn::StoreU(s0, d, state[0] + i);
    if constexpr (kStates > 1) hn::StoreU(s1, d, state[1] + i);
    if constexpr (kStates > 2) hn::StoreU(s2, d, state[2] + i);
  };
  const hn::ScalableTag<float> d;
  const size_t N = hn::Lanes(d);
  size_t i = 0;
  for (; i + N <= n; i += N) step(d, i);
  for (; i < n; ++i) step(hn::CappedTag<float, 1>(), i);
}

constexpr auto kSweeps =
    Tabulate(OptimizerList(), [](auto op) -> OptimizerSweep { return &SweepStep<decltype(op)>; });

OptimizerSweep SweepOfRow(size_t row) { return kSweeps[row]; }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lanegrad {
namespace {

HWY_EXPORT(SweepOfRow);

constexpr auto kCatalogue =
    Tabulate(HWY_NAMESPACE::OptimizerList(), [](auto op) { return decltype(op)::kInfo; });

}  // namespace

std::span<const OptimizerInfo> Optimizers() { return kCatalogue; }

Optimizer Optimizer::Named(std::string_view name) {
  return Optimizer(RowNamed("optimizer", Optimizers(), name));
}

const OptimizerInfo& Optimizer::info() const { return kCatalogue[row_]; }

void StepScalars::CountSteps(std::size_t t) {
  const auto power = [](double base, std::size_t exponent) {
    double product = 1.0;
    for (; exponent > 0; exponent /= 2, base *= base) {
      if (exponent % 2 == 1) product *= base;
    }
    return product;
  };
  const double first = static_cast<double>(momentum), second = static_cast<double>(decay);
  unbias1 = static_cast<float>(1.0 / (1.0 - power(first, t)));
  unbias2 = static_cast<float>(1.0 / (1.0 - power(second, t)));
  ahead = static_cast<float>(1.0 / (1.0 - power(first, t + 1)));
}

OptimizerSweep SweepOf(Optimizer optimizer) {
  return HWY_DYNAMIC_DISPATCH(SweepOfRow)(optimizer.row());
}

void Step(Optimizer optimizer, const StepScalars& s, std::size_t n, const float* g, float* w,
          const StateArrays& state) {
  SweepOf(optimizer)(s, n, g, w, state);
}

}  // namespace lanegrad
#endif  // HWY_ONCE
