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

/// Whether Max() and Min() give the second of two of which one is a NaN, as x86's do.
inline constexpr bool kSecondOfNaN =
    HWY_ARCH_X86 && HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128;

/// x, but at least `low`. A NaN is not below, and passes. As AtLeast(), in one instruction where
/// there is one that lets it pass.
template <class D, class V>
HWY_INLINE V FloatAtLeast(D d, V x, float low) {
  if constexpr (kSecondOfNaN) return hn::Max(hn::Set(d, low), x);
  return AtLeast(d, x, static_cast<double>(low));
}
/// x, but at most `high`; likewise.
template <class D, class V>
HWY_INLINE V FloatAtMost(D d, V x, float high) {
  if constexpr (kSecondOfNaN) return hn::Min(hn::Set(d, high), x);
  return AtMost(d, x, static_cast<double>(high));
}

/// -|z|, but at least -kFloatExpEnd.
template <class D, class V>
HWY_INLINE V FloatFall(D d, V z) {
  return FloatAtLeast(d, hn::Neg(hn::Abs(z)), -kFloatExpEnd);
}

/// What the logistic sigmoid of +-x has in common, from e^-|x| = scale (high + low):
///
///     sigma(|x|) = inverse (1 + rest),    sigma(-|x|) = scale inverse (high + low) (1 + rest).
template <class V>
struct FloatLogistic {
  FloatExpParts<V> parts;  ///< Of e^-|x|.
  V scale;                 ///< parts.raised / kRaise.
  V inverse;               ///< 1 / (1 + e^-|x|) to one or two ULP.
  V rest;                  ///< What is wrong with it: 1 - inverse (1 + e^-|x|).
  V low;                   ///< parts.low and what `rest` makes of the sum.
  /// sigma(|x|).
  template <class D>
  HWY_INLINE V Upper(D d) const {
    return Fma(d, inverse, rest, inverse);
  }
  /// sigma(-|x|).
  template <class D>
  HWY_INLINE V Lower(D d) const {
    return hn::Mul(Fma(d, inverse, parts.high, hn::Mul(inverse, low)), scale);
  }
  /// The same as a sum, kRaise times as large.
  template <class D>
  HWY_INLINE FloatSum<V> RaisedLower(D d) const {
    const auto sum = ProductOf(d, hn::Mul(inverse, parts.raised), parts.high);
    return {sum.high, Fma(d, hn::Mul(inverse, parts.raised), low, sum.low)};
  }
};
template <class D, class V>
HWY_INLINE FloatLogistic<V> EvalFloatLogistic(D d, const FloatExpParts<V>& parts) {
  const V one = hn::Set(d, 1.0f);
  const V scale = hn::Mul(parts.raised, hn::Set(d, kLower)), e = parts.Sum();
  const V inverse = hn::Div(one, Fma(d, scale, e, one));
  const V share = hn::Mul(inverse, scale);
  V rest = FmaNegated(d, share, parts.high, hn::Sub(one, inverse));
  rest = FmaNegated(d, share, parts.low, rest);
  return {parts, scale, inverse, rest, Fma(d, e, rest, parts.low)};
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

/// Value and slope of a gate's product z g(z) with g(z) + g(-z) = 1, from those of -|z|: the rest
/// of it is z less that, and 1 less that.
template <class D, class V, class M>
HWY_INLINE V OfFall(D d, V z, M left, V fall, V product, V& slope) {
  slope = hn::IfThenElse(left, fall, hn::Sub(hn::Set(d, 1.0f), fall));
  return hn::Add(FloatAtLeast(d, z, -0.0f), product);
}

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
