/// @file
/// The rule of tiny.h on a register.
// SPDX-License-Identifier: Apache-2.0
#include "kernels/tiny.h"

#if defined(LANEGRAD_KERNELS_TINY_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_TINY_INL_H_
#undef LANEGRAD_KERNELS_TINY_INL_H_
#else
#define LANEGRAD_KERNELS_TINY_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/exact-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// x, but zero where |x| < bound. A NaN is not below, and passes. Three instructions.
template <class D, class V>
HWY_INLINE V WithoutTiny(D d, V x, float bound = kTiny) {
  return hn::IfThenZeroElse(hn::Lt(hn::Abs(x), hn::Set(d, bound)), x);
}

/// x y of two factors, which are zero where they are tiny, as is the product.
template <class D, class V>
HWY_INLINE V MulWithoutTiny(D d, V x, V y) {
  return WithoutTiny(d, hn::Mul(WithoutTiny(d, x), WithoutTiny(d, y)));
}

/// The rule on n numbers in a row, of any alignment.
HWY_INLINE void DropTinyRun(float* at, size_t n, float bound = kTiny) {
  const auto drop = [&](auto d, size_t i) HWY_ATTR {
    hn::StoreU(WithoutTiny(d, hn::LoadU(d, at + i), bound), d, at + i);
  };
  const hn::ScalableTag<float> d;
  size_t i = 0;
  for (; i + hn::Lanes(d) <= n; i += hn::Lanes(d)) drop(d, i);
  for (; i < n; ++i) drop(hn::CappedTag<float, 1>(), i);
}

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
