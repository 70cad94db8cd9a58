/// @file
/// What several optimizers are made of.
// SPDX-License-Identifier: Apache-2.0
#include "kernels/optimizer.h"

#if defined(LANEGRAD_KERNELS_OPTIMIZER_PARTS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_OPTIMIZER_PARTS_INL_H_
#undef LANEGRAD_KERNELS_OPTIMIZER_PARTS_INL_H_
#else
#define LANEGRAD_KERNELS_OPTIMIZER_PARTS_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/exact-inl.h"
#include "kernels/tiny-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// An oracle's states and scalars, both in double.
using State = std::array<double, kMaxStates>;
using Plain = PlainScalars;

/// The mean that keeps a share `keep` of itself: keep m + (1 - keep) x.
template <class D, class V>
HWY_INLINE V Mean(D d, float keep, V m, V x) {
  return Fma(d, hn::Set(d, keep), m, hn::Mul(hn::Set(d, 1.0f - keep), x));
}
/// The same of squares; that of a tiny number is zero.
template <class D, class V>
HWY_INLINE V MeanSquare(D d, float keep, V v, V x) {
  const V g = WithoutTiny(d, x);
  return Fma(d, hn::Set(d, keep), v, hn::Mul(hn::Mul(hn::Set(d, 1.0f - keep), g), g));
}

/// The weight that decoupled decay leaves; a tiny one would go on shrinking for ever.
template <class D, class V>
HWY_INLINE V Decayed(D d, const StepScalars& p, V w) {
  return WithoutTiny(d, FmaNegated(d, hn::Set(d, p.rate * p.weight_decay), w, w));
}

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
