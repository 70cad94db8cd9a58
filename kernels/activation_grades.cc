// SPDX-License-Identifier: Apache-2.0
#include "kernels/activation_grades.h"

#include <utility>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/activation_grades.cc"  // once per target
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/activation-inl.h"
#include "kernels/activation_sweep-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {
namespace {

// An operation in its fast version.
template <class Operation>
struct Fast : Operation {
  using Lane = float;
  template <class... Arguments>
  static HWY_INLINE auto Eval(Arguments&&... arguments) {
    return Operation::EvalFast(std::forward<Arguments>(arguments)...);
  }
};

// And in its fastest one.
template <class Operation>
struct Fastest : Operation {
  using Lane = float;
  template <class... Arguments>
  static HWY_INLINE auto Eval(Arguments&&... arguments) {
    return Operation::EvalFastest(std::forward<Arguments>(arguments)...);
  }
};

// Two registers at a time, so that one may go on where the other waits: the compiler mixes the
// two, if it is told to (CMakeLists.txt).
template <class Op>
void SweepPairs(float parameter, const float* z, size_t n, float* a, float* slope) {
  const hn::ScalableTag<float> d;
  const size_t N = hn::Lanes(d);
  size_t i = 0;
  for (; i + 2 * N <= n; i += 2 * N) {
    auto s = hn::Zero(d), next_s = s;
    const auto value = EvalWith<Op>(d, hn::LoadU(d, z + i), parameter, s);
    const auto next = EvalWith<Op>(d, hn::LoadU(d, z + i + N), parameter, next_s);
    hn::StoreU(value, d, a + i);
    hn::StoreU(next, d, a + i + N);
    hn::StoreU(s, d, slope + i);
    hn::StoreU(next_s, d, slope + i + N);
  }
  SweepInFull<Op>(parameter, z + i, n - i, a + i, slope + i);
}

using Sweep = decltype(ActivationSweep::kernel);

constexpr auto kFastSweeps = Tabulate(ActivationList(), [](auto op) -> Sweep {
  using Op = decltype(op);
  if constexpr (Op::kInfo.fast_max_ulp > 0.0) {
    return &SweepPairs<Fast<Op>>;
  } else {
    return nullptr;
  }
});
constexpr auto kFastestSweeps = Tabulate(ActivationList(), [](auto op) -> Sweep {
  using Op = decltype(op);
  if constexpr (Op::kInfo.fastest_max_ulp > 0.0) {
    return &SweepPairs<Fastest<Op>>;
  } else {
    return nullptr;
  }
});

ActivationSweep FloatSweepOfRow(size_t row, Precision precision, float parameter) {
  const auto& sweeps = precision == Precision::kFastest ? kFastestSweeps : kFastSweeps;
  return {sweeps[row], parameter};
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lanegrad {
namespace {

HWY_EXPORT(FloatSweepOfRow);

}  // namespace

ActivationSweep FloatSweepOf(std::size_t row, Precision precision, float parameter) {
  return HWY_DYNAMIC_DISPATCH(FloatSweepOfRow)(row, precision, parameter);
}

}  // namespace lanegrad
#endif  // HWY_ONCE
