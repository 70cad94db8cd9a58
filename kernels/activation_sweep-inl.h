/// @file
/// The loop of an activation over an array, register by register and then one by one.
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>

#if defined(LANEGRAD_KERNELS_ACTIVATION_SWEEP_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_ACTIVATION_SWEEP_INL_H_
#undef LANEGRAD_KERNELS_ACTIVATION_SWEEP_INL_H_
#else
#define LANEGRAD_KERNELS_ACTIVATION_SWEEP_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/exact-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// Eval of an operation that may or may not have a parameter.
template <class Op, class D, class V>
HWY_INLINE V EvalWith(D d, V z, float parameter, V& slope) {
  if constexpr (Op::kInfo.parameter.name.empty()) {
    return Op::Eval(d, z, slope);
  } else {
    return Op::Eval(d, z, hn::Set(d, static_cast<hn::TFromD<D>>(parameter)), slope);
  }
}

/// Value and slope of one register.
template <class Op, class D>
HWY_INLINE void SweepRegister(D d, float parameter, const float* z, float* a, float* slope) {
  if constexpr (sizeof(typename Op::Lane) == sizeof(float)) {
    auto s = hn::Zero(d);
    const auto value = EvalWith<Op>(d, hn::LoadU(d, z), parameter, s);
    hn::StoreU(value, d, a);
    hn::StoreU(s, d, slope);
  } else {
    // As many floats as there are doubles in a register: half a register of them.
    const hn::Rebind<float, D> df;
    auto s = hn::Zero(d);
    const auto value = EvalWith<Op>(d, hn::PromoteTo(d, hn::LoadU(df, z)), parameter, s);
    hn::StoreU(Narrow(df, value), df, a);
    hn::StoreU(Narrow(df, s), df, slope);
  }
}

/// Value and slope of an array.
template <class Op>
HWY_NOINLINE void SweepInFull(float parameter, const float* z, size_t n, float* a, float* slope) {
  using Lane = typename Op::Lane;
  const hn::ScalableTag<Lane> d;
  const size_t N = hn::Lanes(d);
  size_t i = 0;
  for (; i + N <= n; i += N) SweepRegister<Op>(d, parameter, z + i, a + i, slope + i);
  const hn::CappedTag<Lane, 1> one;
  for (; i < n; ++i) SweepRegister<Op>(one, parameter, z + i, a + i, slope + i);
}

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
