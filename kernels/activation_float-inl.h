/// @file
/// What the fast versions of several activations are made of, in float lanes.
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>

#if defined(LANEGRAD_KERNELS_ACTIVATION_FLOAT_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_ACTIVATION_FLOAT_INL_H_
#undef LANEGRAD_KERNELS_ACTIVATION_FLOAT_INL_H_
#else
#define LANEGRAD_KERNELS_ACTIVATION_FLOAT_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/activation_parts-inl.h"
#include "kernels/elementary_float-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// Below minus this, e^x is no float, nor is x e^x.
inline constexpr float kFloatExpEnd = 109.0f;

/// -|z|, but at least -kFloatExpEnd.
template <class D, class V>
HWY_INLINE V FloatFall(D d, V z) {
  return AtLeast(d, hn::Neg(hn::Abs(z)), -static_cast<double>(kFloatExpEnd));
}

/// What the logistic sigmoid of +-x has in common, from e = e^-|x|:
///
///     sigma(|x|) = inverse (1 + rest),    sigma(-|x|) = e inverse (1 + rest).
template <class V>
struct FloatLogistic {
  FloatSum<V> e;  ///< e, kRaise times as large.
  V inverse;      ///< 1 / (1 + e) to one or two ULP.
  V lowered;      ///< inverse / kRaise.
  V rest;         ///< What is wrong with it: 1 - inverse (1 + e).
  /// sigma(|x|).
  template <class D>
  HWY_INLINE V Upper(D d) const {
    return Fma(d, inverse, rest, inverse);
  }
  /// sigma(-|x|).
  template <class D>
  HWY_INLINE V Lower(D d) const {
    return Fma(d, lowered, e.high, hn::Mul(lowered, Fma(d, e.high, rest, e.low)));
  }
  /// sigma(x), kRaise times as large, as a sum, where `left` says that x < 0.
  template <class D, class M>
  HWY_INLINE FloatSum<V> Raised(D d, M left) const {
    const V share = hn::IfThenElse(left, e.high, hn::Set(d, kRaise));
    const V less = hn::IfThenElse(left, Fma(d, e.high, rest, e.low), hn::Mul(rest, share));
    const V small = hn::Mul(inverse, less);
    const V high = Fma(d, inverse, share, small);
    return {high, hn::Add(Fma(d, inverse, share, hn::Neg(high)), small)};
  }
};
template <class D, class V>
HWY_INLINE FloatLogistic<V> EvalFloatLogistic(D d, FloatSum<V> e) {
  const V one = hn::Set(d, 1.0f), lower = hn::Set(d, kLower);
  const V inverse = hn::Div(one, Fma(d, e.high, lower, one));
  const V lowered = hn::Mul(inverse, lower);
  const V rest = FmaNegated(d, lowered, e.high, hn::Sub(one, inverse));
  return {e, inverse, lowered, FmaNegated(d, lowered, e.low, rest)};
}

/// A slope beside its root, where the formula cancels: the distance from the root, which is
/// given as a sum, times a polynomial of it.
template <size_t n>
struct FloatRoot {
  float high, low;  ///< Where it is.
  float radius;     ///< How far the polynomial is right.
  float first;      ///< The slope of the slope there.
  float series[n];  ///< The other coefficients.
};
/// `slope`, but near the root by its polynomial.
template <class D, class V, size_t n>
HWY_INLINE V NearRoot(D d, V z, const FloatRoot<n>& root, V slope) {
  const V far = hn::Sub(z, hn::Set(d, root.high));
  const V distance = hn::Sub(far, hn::Set(d, root.low));
  const V square = hn::Mul(distance, distance);
  const V curve = hn::Mul(square, Polynomial(d, distance, root.series));
  const V near = Fma(d, distance, hn::Set(d, root.first), curve);
  return hn::IfThenElse(hn::Lt(hn::Abs(distance), hn::Set(d, root.radius)), near, slope);
}

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
