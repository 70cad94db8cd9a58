/// @file
/// What several activations are made of.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstddef>

#include "kernels/activation.h"

#if defined(LANEGRAD_KERNELS_ACTIVATION_PARTS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_ACTIVATION_PARTS_INL_H_
#undef LANEGRAD_KERNELS_ACTIVATION_PARTS_INL_H_
#else
#define LANEGRAD_KERNELS_ACTIVATION_PARTS_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/elementary-inl.h"
#include "kernels/exact-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// The ratio of a circle's circumference to its diameter, in any number type that
/// has an arc tangent: for oracles.
template <class T>
T Pi() {
  using std::atan;
  return 4 * atan(T(1));
}

/// x, but at least `low`. A NaN is not below, and passes.
template <class D, class V>
HWY_INLINE V AtLeast(D d, V x, double low) {
  const V bound = hn::Set(d, static_cast<hn::TFromD<D>>(low));
  return hn::IfThenElse(hn::Lt(x, bound), bound, x);
}
/// x, but at most `high`. A NaN is not above, and passes.
template <class D, class V>
HWY_INLINE V AtMost(D d, V x, double high) {
  const V bound = hn::Set(d, static_cast<hn::TFromD<D>>(high));
  return hn::IfThenElse(hn::Gt(x, bound), bound, x);
}
// [patch]
/// f, but the float nearest to the truth where x is a hard case, which a double cannot
/// round (activation.h).
template <class D, class V>
HWY_INLINE V PatchHardCase(D d, V x, const HardCase& hard, V f) {
  return hn::IfThenElse(hn::Eq(x, hn::Set(d, hard.input)), hn::Set(d, hard.nearest), f);
}
/// The same for each of a list.
template <size_t n, class D, class V>
HWY_INLINE V PatchHardCases(D d, V x, const HardCase (&hard)[n], V f) {
  HWY_UNROLL(8)
  for (size_t i = 0; i < n; ++i) f = PatchHardCase(d, x, hard[i], f);
  return f;
}
// [patch]
/// z, but at least 2^-45 from zero, for the gate g of a product z g(z) whose gate is
/// 1/2 at zero and rises there.
///
/// Half of an odd subnormal lies in the middle between two floats, and a double
/// cannot tell g(z) from 1/2 there; g(2^-45) rounds it the right way. For what is
/// no subnormal it makes no difference.
template <class D, class V>
HWY_INLINE V ClampMagnitudeFromBelow(D d, V z) {
  return hn::CopySign(AtLeast(d, hn::Abs(z), 0x1p-45), z);
}
/// A function f of z that is 1/2 at zero, drawn towards it by 2^-50 where |z| is
/// below `near`. `z` has the sign of f - 1/2.
///
/// There f = 1/2 + c z less a cubic term, c a power of two, and 1/2 + c z may be the
/// middle between two floats. The cubic term decides, which a double cannot hold;
/// this stands for it. Other inputs stay further from any middle than this moves
/// them, because c z is a multiple of 2^-40.
template <class D, class V>
HWY_INLINE V BreakTieTowardsHalf(D d, V z, V f, double near = 0x1p-14) {
  const auto tie = hn::Lt(hn::Abs(z), hn::Set(d, near));
  return hn::Sub(f, hn::IfThenElseZero(tie, hn::CopySign(hn::Set(d, 0x1p-50), z)));
}
/// `positive` where z > 0, `negative` where z <= 0, NaN where z is NaN.
template <class D, class V>
HWY_INLINE V BySign(D d, V z, V positive, V negative) {
  const V zero = hn::Zero(d);
  return hn::IfThenElse(hn::Gt(z, zero), positive, hn::IfThenElse(hn::Le(z, zero), negative, z));
}

/// The logistic sigmoid and its complement: s = 1 / (1 + e^-z), c = 1 - s, both of
/// full relative accuracy. z is cut at -150, below which s is no float.
template <class V>
struct Logistic {
  V s;  ///< sigma(z).
  V c;  ///< sigma(-z).
};
template <class D, class V>
HWY_INLINE Logistic<V> EvalLogistic(D d, V z) {
  const V one = hn::Set(d, 1.0);
  const V e = Exp(d, AtMost(d, hn::Neg(z), 150.0));
  const V s = hn::Div(one, hn::Add(one, e));
  return {s, hn::Mul(e, s)};
}

/// `inside` where |z| < bound, else 0; NaN where z is NaN.
template <class D, class V>
HWY_INLINE V Inside(D d, V z, V bound, V inside) {
  const V x = hn::Abs(z);
  return hn::IfThenElse(hn::Lt(x, bound), inside, hn::IfThenElse(hn::Ge(x, bound), hn::Zero(d), z));
}

/// e^x and e^x - 1, both of full relative accuracy, for x <= 0.
template <class V>
struct Exponential {
  V e;          ///< e^x.
  V e_minus_1;  ///< e^x - 1.
};
template <class D, class V>
HWY_INLINE Exponential<V> EvalExponential(D d, V x) {
  const auto parts = ExpSplit(d, x);
  const V less = hn::Sub(parts.scale, hn::Set(d, 1.0));
  return {Fma(d, parts.scale, parts.tail, parts.scale), Fma(d, parts.scale, parts.tail, less)};
}

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
