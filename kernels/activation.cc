// SPDX-License-Identifier: Apache-2.0
#include "kernels/activation.h"

#include <stdexcept>

#include "kernels/activation_family.h"
#include "kernels/activation_grades.h"
#include "kernels/catalogue.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/activation.cc"  // once per target
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/activation-inl.h"
#include "kernels/activation_sweep-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {
namespace {

#if HWY_TARGET != HWY_SCALAR
// The first tier of two registers of doubles, or of one of floats. Inline, always: a call would
// load all constants anew.
template <class Op, class D>
HWY_INLINE bool TryRegisters(D d, float parameter, const float* z, float* a, float* slope) {
  if constexpr (HasQuickFloats<Op>()) {
    return TryQuickFloats<Op>(hn::Repartition<float, D>(), z, a, slope);
  } else if constexpr (Op::kInfo.parameter.name.empty()) {
    return TryQuick<Op>(d, z, a, slope);
  } else {
    return TryQuick<Op>(d, z, a, slope, hn::Set(d, static_cast<double>(parameter)));
  }
}

// Where two registers running were in doubt, the next ones are likely to be, and are not tried.
template <class Op>
void SweepQuick(float parameter, const float* z, size_t n, float* a, float* slope) {
  constexpr size_t kPatience = 2, kPause = 8;
  const hn::ScalableTag<double> d;
  const size_t step = 2 * hn::Lanes(d);
  size_t i = 0, failures = 0;
  while (i + step <= n && parameter >= Op::kQuickInputs.least_parameter) {
    if (HWY_LIKELY(TryRegisters<Op>(d, parameter, z + i, a + i, slope + i))) {
      failures = 0;
      i += step;
      continue;
    }
    const size_t blocks = ++failures < kPatience ? 1 : kPause;
    const size_t count = HWY_MIN(blocks * step, n - i);
    SweepInFull<Op>(parameter, z + i, count, a + i, slope + i);
    i += count;
  }
  SweepInFull<Op>(parameter, z + i, n - i, a + i, slope + i);
}
#endif  // HWY_TARGET != HWY_SCALAR

// The first tier is one of what works in double lanes.
template <class Op>
void SweepActivation(float parameter, const float* z, size_t n, float* a, float* slope) {
#if HWY_TARGET != HWY_SCALAR
  constexpr bool kDoubles = sizeof(typename Op::Lane) == sizeof(double);
  if constexpr (kDoubles && requires { Op::kQuickInputs; }) {
    return SweepQuick<Op>(parameter, z, n, a, slope);
  }
#endif
  SweepInFull<Op>(parameter, z, n, a, slope);
}

template <class Op>
void SweepUnrounded(float parameter, const float* z, size_t n, double* a, double* slope) {
  const hn::ScalableTag<double> d;
  const size_t N = hn::Lanes(d);
  const auto step = [=](auto tag, size_t i) HWY_ATTR {
    const hn::Rebind<float, decltype(tag)> df;
    auto s = hn::Zero(tag);
    hn::StoreU(EvalWith<Op>(tag, hn::PromoteTo(tag, hn::LoadU(df, z + i)), parameter, s), tag,
               a + i);
    hn::StoreU(s, tag, slope + i);
  };
  size_t i = 0;
  for (; i + N <= n; i += N) step(d, i);
  for (; i < n; ++i) step(hn::CappedTag<double, 1>(), i);
}

constexpr auto kSweeps =
    Tabulate(ActivationList(), [](auto op) { return &SweepActivation<decltype(op)>; });
constexpr auto kFullSweeps =
    Tabulate(ActivationList(), [](auto op) { return &SweepInFull<decltype(op)>; });
using Unrounded = void (*)(float, const float*, size_t, double*, double*);
constexpr auto kUnroundedSweeps = Tabulate(ActivationList(), [](auto op) -> Unrounded {
  using Op = decltype(op);
  if constexpr (Op::kInfo.fast_max_ulp > 0.0) {
    return &SweepUnrounded<Op>;
  } else {
    return nullptr;
  }
});

ActivationSweep SweepOfRow(size_t row, float parameter) { return {kSweeps[row], parameter}; }
ActivationSweep FullOfRow(size_t row, float parameter) { return {kFullSweeps[row], parameter}; }
Unrounded UnroundedOfRow(size_t row) { return kUnroundedSweeps[row]; }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lanegrad {
namespace {

HWY_EXPORT(SweepOfRow);
HWY_EXPORT(FullOfRow);
HWY_EXPORT(UnroundedOfRow);

constexpr auto kCatalogue =
    Tabulate(HWY_NAMESPACE::ActivationList(), [](auto op) { return decltype(op)::kInfo; });

constexpr std::size_t kSigmoidal = HWY_NAMESPACE::SigmoidalList::kSize;
constexpr std::size_t kRectifier = HWY_NAMESPACE::RectifierList::kSize;
constexpr std::size_t kSmooth = HWY_NAMESPACE::SmoothList::kSize;
constexpr std::size_t kPeriodic = HWY_NAMESPACE::PeriodicList::kSize;
constexpr ActivationFamily kFamilies[] = {
    {"linear", 0, 1},
    {"sigmoidal", 1, kSigmoidal},
    {"rectifier", 1 + kSigmoidal, kRectifier},
    {"smooth", 1 + kSigmoidal + kRectifier, kSmooth},
    {"periodic", 1 + kSigmoidal + kRectifier + kSmooth, kPeriodic},
};
static_assert(1 + kSigmoidal + kRectifier + kSmooth + kPeriodic == kCatalogue.size());

}  // namespace

std::span<const ActivationInfo> Activations() { return kCatalogue; }
std::span<const ActivationFamily> ActivationFamilies() { return kFamilies; }

ActivationSweep SweepOf(Activation f) {
  if (f.precision() != Precision::kExact) {
    return FloatSweepOf(f.row(), f.precision(), f.parameter());
  }
  return HWY_DYNAMIC_DISPATCH(SweepOfRow)(f.row(), f.parameter());
}

void Activate(Activation f, const float* z, std::size_t n, float* a, float* slope) {
  SweepOf(f)(z, n, a, slope);
}

void ActivateInFull(Activation f, const float* z, std::size_t n, float* a, float* slope) {
  HWY_DYNAMIC_DISPATCH(FullOfRow)(f.row(), f.parameter())(z, n, a, slope);
}

void ActivateUnrounded(Activation f, const float* z, std::size_t n, double* a, double* slope) {
  const auto sweep = HWY_DYNAMIC_DISPATCH(UnroundedOfRow)(f.row());
  if (sweep == nullptr) {
    throw std::invalid_argument(f.spelled() + " has no fast version, only an exact one");
  }
  sweep(f.parameter(), z, n, a, slope);
}

std::string_view NameOf(Precision precision) {
  switch (precision) {
    case Precision::kExact:
      return "exact";
    case Precision::kFast:
      return "fast";
    case Precision::kFastest:
      return "fastest";
  }
  return {};
}

Precision PrecisionNamed(std::string_view name) {
  for (const Precision each : kPrecisions) {
    if (name == NameOf(each)) return each;
  }
  static constexpr std::string_view kKnown[] = {"exact", "fast", "fastest"};
  throw UnknownName("precision", name, kKnown);
}

}  // namespace lanegrad
#endif  // HWY_ONCE
