/// @file
/// Exponential and logarithm in double lanes to some 38 bits: what activations try first.
///
/// A float has 24 bits, so that is nearly always enough to say which float is nearest
/// (activation_quick-inl.h); where it is not, elementary-inl.h has the rest. Shorter
/// polynomials, no care for what cannot come up, and nothing that is done twice.
/// Coefficients come from kernels/polynomials/quick.py.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstddef>
#include <cstdint>

#if defined(LANEGRAD_KERNELS_ELEMENTARY_QUICK_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_ELEMENTARY_QUICK_INL_H_
#undef LANEGRAD_KERNELS_ELEMENTARY_QUICK_INL_H_
#else
#define LANEGRAD_KERNELS_ELEMENTARY_QUICK_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/exact-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// Coefficients c[0], c[1], ... of a polynomial of f x as those of a polynomial of x.
template <size_t n>
constexpr std::array<double, n> InPowersOf(double f, std::array<double, n> c) {
  double power = 1.0;
  for (double& each : c) {
    each *= power;
    power *= f;
  }
  return c;
}

/// c[0] + c[1] x + ... + c[n-1] x^(n-1), even and odd powers apart: one product more than
/// Horner's rule, and half as long to wait for.
template <class D, class V, size_t n>
HWY_INLINE V QuickPolynomial(D d, V x, const std::array<double, n>& c) {
  static_assert(n >= 2);
  const V square = hn::Mul(x, x);
  V part[2];  // of even and of odd powers
  part[(n - 1) % 2] = hn::Set(d, c[n - 1]);
  part[n % 2] = hn::Set(d, c[n - 2]);
  HWY_UNROLL(16)
  for (size_t i = n - 2; i > 0; --i) {
    V& same = part[(i - 1) % 2];
    same = Fma(d, same, square, hn::Set(d, c[i - 1]));
  }
  return Fma(d, part[1], x, part[0]);
}

/// e^r for |r| <= ln(2) / 2; relative error 2^-40.2.
inline constexpr std::array<double, 9> kExpSeries = {
    0x1.ffffffffff7a1p-1,  0x1.ffffffffd55b1p-1,  0x1.000000008810dp-1,
    0x1.555555a08cfc6p-3,  0x1.55555404db759p-5,  0x1.111082a0f2ee5p-7,
    0x1.6c18b36ff585fp-10, 0x1.a1a82ff424937p-13, 0x1.9eda809c3eb2fp-16};
/// The same to 2^-43, and to the last bit where the slopes of silu, gelu_tanh and mish have
/// their roots: what is wrong of it must not be all there is of a slope.
inline constexpr std::array<double, 10> kExpSeriesOfGates = {
    0x1.0000000000021p+0,  0x1.00000000000d9p+0, 0x1.fffffffff25d8p-2,  0x1.55555554ae80fp-3,
    0x1.5555557445a15p-5,  0x1.11111308025dap-7, 0x1.6c1650ee5316cp-10, 0x1.a0133274cbda1p-13,
    0x1.a156845b98d39p-16, 0x1.796522564c496p-19};
/// (e^r - 1 - r) / r^2; of r + r^2 times it the relative error is 2^-37.5, also near zero.
inline constexpr std::array<double, 7> kFallSeries = {
    0x1.000000001715fp-1,  0x1.5555557350942p-3,  0x1.555554f3763cbp-5, 0x1.1110b2213705bp-7,
    0x1.6c1766c238dfbp-10, 0x1.a16f64e9b62b5p-13, 0x1.a003a659ca68dp-16};

/// An exponent f x in two parts: f x = k ln 2 + f rest.
template <class V>
struct QuickExponent {
  V scale;  ///< 2^(k + up).
  V rest;   ///< At most ln(2) / 2 / |f|.
};
// As ExpSplit() in elementary-inl.h does it; but k comes with 1023, which makes its bits an
// exponent, and ln 2 is one double, which is right to 2^-48 where |k| <= 2^8.
template <int kNumerator, int kDenominator, int kUp, class D, class V>
HWY_INLINE QuickExponent<V> QuickSplit(D d, V x) {
  constexpr double kFactor = static_cast<double>(kNumerator) / kDenominator;
  const hn::RebindToUnsigned<D> du;
  const V magic = hn::Set(d, 0x1.8p52 + 1023.0 + kUp);
  const V shifted = Fma(d, x, hn::Set(d, kFactor * 0x1.71547652b82fep0), magic);  // f x / ln 2
  const V k = hn::Sub(shifted, magic);
  const V rest = Fma(d, k, hn::Set(d, -0x1.62e42fefa39efp-1 / kFactor), x);
  return {hn::BitCast(d, hn::ShiftLeft<52>(hn::BitCast(du, shifted))), rest};
}

/// e^(f x) = scale times series, |f x| <= 700, f the quotient of the numbers given, a power of
/// two or minus one. `series` is kExpSeries or kExpSeriesOfGates.
template <class V>
struct QuickExp {
  V scale;   ///< 2^k.
  V series;  ///< From sqrt(1/2) to sqrt(2).
};
template <int kNumerator, int kDenominator = 1, class D, class V, size_t n>
HWY_INLINE QuickExp<V> EvalQuickExp(D d, V x, const std::array<double, n>& series) {
  const auto parts = QuickSplit<kNumerator, kDenominator, 0>(d, x);
  constexpr double kFactor = static_cast<double>(kNumerator) / kDenominator;
  return {parts.scale, QuickPolynomial(d, parts.rest, InPowersOf(kFactor, series))};
}

/// e^-x = scale (1 - fall), or e^-2x = (scale / 2) (1 - 2 fall) with kTwice; |x| <= 300.
template <class V, bool kTwice>
struct QuickFall {
  V scale;  ///< 2^k, or 2^(k + 1).
  V fall;   ///< Less than 1/2 from zero, and of full relative accuracy.
  /// e^-x.
  template <class D>
  HWY_INLINE V Exp(D d) const {
    static_assert(!kTwice);
    return FmaNegated(d, scale, fall, scale);
  }
  /// 1 - e^-x, or 1 - e^-2x, of full relative accuracy too.
  template <class D>
  HWY_INLINE V OneLess(D d) const {
    const V one = hn::Set(d, 1.0);
    const V less = kTwice ? FmaNegated(d, scale, hn::Set(d, 0.5), one) : hn::Sub(one, scale);
    return Fma(d, scale, fall, less);
  }
};
template <bool kTwice = false, class D, class V>
HWY_INLINE QuickFall<V, kTwice> EvalQuickFall(D d, V x) {
  constexpr int kTimes = kTwice ? 2 : 1;
  const auto parts = QuickSplit<-kTimes, 1, kTimes - 1>(d, x);
  // With y = kTimes rest: (1 - e^-y) / kTimes = rest - kTimes rest^2 q(-y).
  auto series = InPowersOf(-kTimes, kFallSeries);
  for (double& each : series) each *= kTimes;
  const V q = QuickPolynomial(d, parts.rest, series);
  return {parts.scale, FmaNegated(d, hn::Mul(parts.rest, parts.rest), q, parts.rest)};
}

/// What softplus and log_sigmoid have in common, of e = e^-|z|.
template <class V>
struct QuickSoftplus {
  V log;   ///< ln(1 + e).
  V more;  ///< 1 / (1 + e): the sigmoid of |z|,
  V less;  ///< e / (1 + e): and of -|z|.
};
template <class D, class V>
HWY_INLINE QuickSoftplus<V> EvalQuickSoftplus(D d, V z) {
  // ln(1 + e) = 2 artanh u, u = e / (2 + e) <= 1/3.
  static constexpr std::array<double, 6> kSeries = {0x1.5555553b4befbp-1, 0x1.9999bcca15053p-2,
                                                    0x1.248a65be3040ep-2, 0x1.c8b9e0ee3d253p-3,
                                                    0x1.5f42414b32d93p-3, 0x1.be179435ba52dp-3};
  const V one = hn::Set(d, 1.0);
  const auto parts = EvalQuickExp<-1>(d, hn::Abs(z), kExpSeries);
  const V e = hn::Mul(parts.scale, parts.series);
  // Both quotients by one division.
  const V once = hn::Add(one, e), twice = hn::Add(one, once);
  const V inverse = hn::Div(one, hn::Mul(once, twice));
  const V more = hn::Mul(twice, inverse), less = hn::Mul(e, more);
  const V u = hn::Mul(hn::Mul(e, once), inverse), square = hn::Mul(u, u);
  const V rest = hn::Mul(hn::Mul(u, square), QuickPolynomial(d, square, kSeries));
  return {hn::Add(hn::Add(u, u), rest), more, less};
}

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
