/// @file
/// Exponential and logarithm in double lanes, from correctly rounded operations
/// only: every target gives the same bits.
///
/// They serve activations and losses, which read floats, compute in double and
/// round once to float: with about 29 bits to spare, an error of a few double ULP
/// here is invisible there.
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>

#if defined(LANEGRAD_KERNELS_ELEMENTARY_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_ELEMENTARY_INL_H_
#undef LANEGRAD_KERNELS_ELEMENTARY_INL_H_
#else
#define LANEGRAD_KERNELS_ELEMENTARY_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/exact-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// Coefficients first to last of a polynomial whose argument's powers are x, x^2,
/// x^4, ...: the lower half plus x^half times the upper half.
template <size_t first, size_t count, class D, class V, class T, size_t n, size_t powers>
HWY_INLINE V PartialPolynomial(D d, const V (&power)[powers], const T (&c)[n]) {
  if constexpr (count == 1) {
    return hn::Set(d, c[first]);
  } else {
    constexpr size_t log_half = count > 16 ? 4 : count > 8 ? 3 : count > 4 ? 2 : count > 2 ? 1 : 0;
    constexpr size_t half = size_t{1} << log_half;
    return Fma(d, PartialPolynomial<first + half, count - half>(d, power, c), power[log_half],
               PartialPolynomial<first, half>(d, power, c));
  }
}

/// c[0] + c[1] x + ... + c[n-1] x^(n-1), n <= 32, by Estrin's scheme [Estrin 1960].
///
/// Horner's rule needs fewer operations, but each waits for the one before it, and is up
/// to half as slow again (docs/speed.md).
template <class D, class V, class T, size_t n>
HWY_INLINE V Polynomial(D d, V x, const T (&c)[n]) {
  static_assert(n >= 2 && n <= 32);
  constexpr size_t powers = n > 16 ? 5 : n > 8 ? 4 : n > 4 ? 3 : n > 2 ? 2 : 1;
  V power[5] = {x, x, x, x, x};
  HWY_UNROLL(5)
  for (size_t i = 1; i < powers; ++i) power[i] = hn::Mul(power[i - 1], power[i - 1]);
  return PartialPolynomial<0, n>(d, power, c);
}

/// The parts of an exponential: e^x = scale (1 + tail).
template <class V>
struct ExpParts {
  V scale;  ///< 2^k.
  V tail;   ///< e^r - 1, |r| <= ln(2) / 2, of full relative accuracy.
};

// e^x = 2^k e^r with k = round(x / ln 2), r = x - k ln 2. The product k ln 2 is
// taken in two parts, the first with 20 zero bits at its end, so that k times it
// is exact. e^r - 1 = r + r^2 q(r), q the Taylor series to r^11: the first term
// left out is below 2^-58 of the sum for |r| <= 0.3466.
//
// k comes from adding 1.5 * 2^52: rounding to nearest even leaves it in the low
// bits, the same on every target, where a conversion to integer is not.
template <class D, class V>
HWY_INLINE ExpParts<V> ExpSplit(D d, V x) {
  // Below -708 the result would be subnormal; there it stays at 2^-1021. Floats
  // end at 2^-149. A NaN is not below, and passes.
  x = hn::IfThenElse(hn::Lt(x, hn::Set(d, -708.0)), hn::Set(d, -708.0), x);
  const V magic = hn::Set(d, 0x1.8p52);
  const V shifted = Fma(d, x, hn::Set(d, 0x1.71547652b82fep0), magic);  // x / ln 2
  const V k = hn::Sub(shifted, magic);
  V r = FmaNegated(d, k, hn::Set(d, 0x1.62e42feep-1), x);      // ln 2, high
  r = FmaNegated(d, k, hn::Set(d, 0x1.a39ef35793c76p-33), r);  // ln 2, low
  static constexpr double kTaylor[] = {
      1.0 / 2,     1.0 / 6,      1.0 / 24,      1.0 / 120,      1.0 / 720,       1.0 / 5040,
      1.0 / 40320, 1.0 / 362880, 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800};
  const V q = Polynomial(d, r, kTaylor);
  const hn::RebindToUnsigned<D> du;
  const auto bits = hn::Add(hn::BitCast(du, shifted), hn::Set(du, uint64_t{1023}));
  return {hn::BitCast(d, hn::ShiftLeft<52>(bits)), Fma(d, hn::Mul(r, r), q, r)};
}

/// e^x for x <= 709; relative error below 2^-51. NaN gives NaN, -infinity 2^-1021.
// [exp]
template <class D, class V>
HWY_INLINE V Exp(D d, V x) {
  const auto e = ExpSplit(d, x);
  return Fma(d, e.scale, e.tail, e.scale);
}
// [exp]

/// e^x - 1 for x <= 709; relative error below 2^-51, also near zero.
template <class D, class V>
HWY_INLINE V Expm1(D d, V x) {
  const auto e = ExpSplit(d, x);
  return Fma(d, e.scale, e.tail, hn::Sub(e.scale, hn::Set(d, 1.0)));
}

/// ln(1 + t) for 0 <= t < 2^1000; relative error below 2^-51, also near zero.
///
/// 1 + t = 2^k m with sqrt(1/2) <= m < sqrt(2); with s = (m - 1) / (m + 1),
/// ln m = 2 atanh s = 2 s (1 + s^2/3 + s^4/5 + ...), |s| <= 0.1716. Twelve terms of
/// the Taylor series leave less than 2^-60.
template <class D, class V>
HWY_INLINE V Log1p(D d, V t) {
  const hn::RebindToUnsigned<D> du;
  const V one = hn::Set(d, 1.0);
  const V u = hn::Add(one, t);
  // What rounding took from 1 + t. Exact, because one of the two is the larger.
  const V swap =
      hn::IfThenElse(hn::Gt(t, one), hn::Sub(one, hn::Sub(u, t)), hn::Sub(t, hn::Sub(u, one)));
  // k = exponent of u * sqrt(2), by bits: subtract that of sqrt(1/2), keep the top.
  const auto offset = hn::Set(du, uint64_t{0x3fe6a09e667f3bcd});
  const auto k_bits = hn::ShiftRight<52>(hn::Sub(hn::BitCast(du, u), offset));
  const V k = hn::Sub(hn::BitCast(d, hn::Or(k_bits, hn::Set(du, uint64_t{0x4330000000000000}))),
                      hn::Set(d, 0x1p52));
  const V down = hn::BitCast(d, hn::ShiftLeft<52>(hn::Sub(hn::Set(du, uint64_t{1023}), k_bits)));
  // m - 1: t itself while k is 0, so that small t lose nothing.
  const V reduced = Fma(d, swap, down, Fma(d, u, down, hn::Neg(one)));
  const V f = hn::IfThenElse(hn::Eq(k, hn::Zero(d)), t, reduced);
  const V s = hn::Div(f, hn::Add(hn::Set(d, 2.0), f));
  const V s2 = hn::Mul(s, s);
  static constexpr double kTaylor[] = {2.0 / 3,  2.0 / 5,  2.0 / 7,  2.0 / 9,  2.0 / 11, 2.0 / 13,
                                       2.0 / 15, 2.0 / 17, 2.0 / 19, 2.0 / 21, 2.0 / 23};
  const V series = hn::Mul(hn::Mul(s, s2), Polynomial(d, s2, kTaylor));
  const V log_m = hn::Add(hn::Add(s, s), series);
  const V low = Fma(d, k, hn::Set(d, 0x1.a39ef35793c76p-33), log_m);
  return Fma(d, k, hn::Set(d, 0x1.62e42feep-1), low);
}

/// arctan x for x >= 0, infinity included; relative error below 2^-50.
///
/// Up to tan(pi/8) as it is; up to tan(3 pi/8) by t = (x - 1) / (x + 1), arctan x =
/// pi/4 + arctan t; beyond by t = -1 / x, arctan x = pi/2 + arctan t. So |t| <=
/// 0.4143, and 21 terms of the Taylor series leave 2^-60.
template <class D, class V>
HWY_INLINE V ArcTangent(D d, V x) {
  const V one = hn::Set(d, 1.0);
  const auto middle = hn::Gt(x, hn::Set(d, 0.41421356237309503));
  const auto far = hn::Gt(x, hn::Set(d, 2.4142135623730949));
  const V above = hn::IfThenElse(far, hn::Neg(one), hn::Sub(x, one));
  const V below = hn::IfThenElse(far, x, hn::Add(x, one));
  const V t = hn::IfThenElse(middle, hn::Div(above, below), x);
  const V square = hn::Mul(t, t);
  static constexpr double kTaylor[] = {
      -1.0 / 3,  1.0 / 5,   -1.0 / 7,  1.0 / 9,   -1.0 / 11, 1.0 / 13,  -1.0 / 15,
      1.0 / 17,  -1.0 / 19, 1.0 / 21,  -1.0 / 23, 1.0 / 25,  -1.0 / 27, 1.0 / 29,
      -1.0 / 31, 1.0 / 33,  -1.0 / 35, 1.0 / 37,  -1.0 / 39, 1.0 / 41,  -1.0 / 43};
  const V series = Fma(d, hn::Mul(t, square), Polynomial(d, square, kTaylor), t);
  const V base =
      hn::IfThenElse(far, hn::Set(d, 0x1.921fb54442d18p+0),
                     hn::IfThenElse(middle, hn::Set(d, 0x1.921fb54442d18p-1), hn::Zero(d)));
  return hn::Add(base, series);
}

/// e^(x^2 / 2) times the upper tail of the standard normal distribution,
///
///     r(x) = e^(x^2 / 2) erfc(x / sqrt 2) / 2,   0 <= x <= 16,
///
/// relative error below 2^-51. A polynomial of degree 24 in (x - 3.5) / (x + 3.5)
/// that leaves 2^-55.9; kernels/polynomials/gauss_tail.py makes it.
template <class D, class V>
HWY_INLINE V GaussTail(D d, V x) {
  static constexpr double kCoefficients[] = {
      0x1.b396f9cf1e260p-4,   -0x1.7f4319307e350p-3,  0x1.01c06666a9132p-3,
      -0x1.f8f338749b91cp-5,  0x1.385ea8d4458f2p-6,   -0x1.99612b011555fp-10,
      -0x1.69f53c17c771dp-10, 0x1.9b0e13bdd2b4bp-12,  0x1.142042eab1fcep-13,
      -0x1.eae1cacb1a4fbp-15, -0x1.55d17b1651fe0p-16, 0x1.103feb875e5cep-17,
      0x1.226ebffc799b3p-18,  -0x1.c1063b76d0b2dp-21, -0x1.05456071b4486p-20,
      -0x1.80fb44f59f1eep-25, 0x1.971fb71b882c1p-23,  0x1.0a9873452b2dap-24,
      -0x1.82453dc17c750p-26, -0x1.6641f2aa997bap-26, -0x1.46caf6478f73dp-29,
      0x1.b9ad25e31739bp-29,  0x1.b1f003519f518p-30,  0x1.e2c22234a54c6p-33,
      -0x1.305771561e7e2p-37};
  const V a = hn::Set(d, 3.5);
  return Polynomial(d, hn::Div(hn::Sub(x, a), hn::Add(x, a)), kCoefficients);
}

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
