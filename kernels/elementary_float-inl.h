/// @file
/// Exponential and logarithm in float lanes, for the fast versions of activations: from
/// correctly rounded operations only, so that every target gives the same bits.
///
/// A float holds too little for a function that is to be right to one unit in its last
/// place, so what matters is kept as the sum of two [Dekker 1971]. Coefficients come from
/// kernels/polynomials/floats.sollya and floats.py.
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>

#if defined(LANEGRAD_KERNELS_ELEMENTARY_FLOAT_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_ELEMENTARY_FLOAT_INL_H_
#undef LANEGRAD_KERNELS_ELEMENTARY_FLOAT_INL_H_
#else
#define LANEGRAD_KERNELS_ELEMENTARY_FLOAT_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/elementary-inl.h"
#include "kernels/exact-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// high + low, where low is at most half a unit in the last place of high.
template <class V>
struct FloatSum {
  V high;  ///< What it is to a float.
  V low;   ///< What that lacks.
};

/// a + b, exactly, for |a| >= |b| [Dekker 1971].
template <class V>
HWY_INLINE FloatSum<V> SumOfOrdered(V a, V b) {
  const V high = hn::Add(a, b);
  return {high, hn::Sub(b, hn::Sub(high, a))};
}
/// a + b, exactly [Knuth 1997, section 4.2.2].
template <class V>
HWY_INLINE FloatSum<V> SumOf(V a, V b) {
  const V high = hn::Add(a, b);
  const V rest = hn::Sub(high, a);
  return {high, hn::Add(hn::Sub(a, hn::Sub(high, rest)), hn::Sub(b, rest))};
}
/// a b, exactly.
template <class D, class V>
HWY_INLINE FloatSum<V> ProductOf(D d, V a, V b) {
  const V high = hn::Mul(a, b);
  return {high, FmaMinus(d, a, b, high)};
}
/// a b + c, where what is lost of it is less than that of the larger of a b and c.
template <class D, class V>
HWY_INLINE FloatSum<V> FmaSum(D d, V a, V b, V c) {
  const V high = Fma(d, a, b, c);
  return {high, Fma(d, a, b, hn::Sub(c, high))};
}
/// The product of two sums, to a float.
template <class D, class V>
HWY_INLINE V ProductOfSums(D d, FloatSum<V> a, FloatSum<V> b) {
  return Fma(d, a.high, b.high, Fma(d, a.high, b.low, hn::Mul(a.low, b.high)));
}

/// A sixth of high + low, where |low| is at most an ULP of high, as a sum; relative error 2^-47.
template <class D, class V>
HWY_INLINE FloatSum<V> SixthOf(D d, FloatSum<V> sum) {
  const V six = hn::Set(d, 6.0f), sixth = hn::Set(d, 1.0f / 6.0f);
  const V about = hn::Mul(sum.high, sixth);
  const V rest = hn::Add(FmaNegated(d, about, six, sum.high), sum.low);
  // The quotient of the rest itself to the last bit: where the whole is the middle between two
  // floats, it is exact.
  const V share = hn::Mul(rest, sixth);
  return {about, Fma(d, FmaNegated(d, share, six, rest), sixth, share)};
}

/// Exponentials are kept 2^32 times as large as they are, so that those of which only a
/// subnormal is left in the end have all their digits until then.
inline constexpr float kRaise = 0x1p32f;
inline constexpr float kLower = 0x1p-32f;  ///< What takes it back.

/// The parts of an exponential: e^x = raised (high + low) / kRaise.
template <class V>
struct FloatExpParts {
  V raised;  ///< 2^(k + 32).
  V high;    ///< 1 + r to a float, |r| <= ln(2) / 2.
  V low;     ///< What e^r has beside it: below 0.08, to 2^-27.
  /// high + low, to a float.
  HWY_INLINE V Sum() const { return hn::Add(high, low); }
  /// e^x / 2^k as a sum, `scale` times as large.
  HWY_INLINE FloatSum<V> Scaled(V scale) const {
    const V sum = Sum();
    return {hn::Mul(sum, scale), hn::Mul(hn::Sub(low, hn::Sub(sum, high)), scale)};
  }
};

/// The parts of e^(x + x_low) for -109.5 <= x <= 0; |x_low| below an ULP of x, or left out. NaN
/// gives NaN.
///
/// As ExpSplit() in elementary-inl.h: k comes with what is to be its exponent's bits. The first
/// part of ln 2 has 21 digits, so that k times it is exact beside x. What 1 + r has more than its
/// float holds is exact too, and goes where there is room for it: to the rest of the series.
template <class D, class V, class... Low>
HWY_INLINE FloatExpParts<V> FloatExp(D d, V x, Low... x_low) {
  const hn::RebindToUnsigned<D> du;
  const V one = hn::Set(d, 1.0f), magic = hn::Set(d, 0x1.8p23f + 127.0f + 32.0f);
  const V shifted = Fma(d, x, hn::Set(d, 0x1.715476p0f), magic);  // x / ln 2
  const V k = hn::Sub(shifted, magic);
  const V above = FmaNegated(d, k, hn::Set(d, 0x1.62e43p-1f), x);
  const V high = hn::Add(one, above);
  const V less = hn::Set(d, 0x1.05c61p-29f);
  V r = Fma(d, k, less, above);
  V low = Fma(d, k, less, hn::Sub(above, hn::Sub(high, one)));
  ((r = hn::Add(r, x_low), low = hn::Add(low, x_low)), ...);
  const V square = hn::Mul(r, r);
  const V third = Fma(d, r, hn::Set(d, 0x1.55548ep-3f), hn::Set(d, 0.5f));
  const V fifth = Fma(d, r, hn::Set(d, 0x1.123c1p-7f), hn::Set(d, 0x1.5554d8p-5f));
  const V q = Fma(d, square, Fma(d, square, hn::Set(d, 0x1.6d5f54p-10f), fifth), third);
  return {hn::BitCast(d, hn::ShiftLeft<23>(hn::BitCast(du, shifted))), high,
          Fma(d, square, q, low)};
}

/// An exponent f x in two parts: f x = k ln 2 + f rest.
template <class V>
struct FloatExponent {
  V scale;  ///< 2^(k + up), which must be a normal float.
  V rest;   ///< At most ln(2) / 2 / |f|.
};
/// Splits f x + f low, where `low` is small beside an ULP of x, or left out; |f x| <= 110, f a
/// power of two. As FloatExp() does it, for the versions that keep no sums.
template <int kFactor, int kUp, class D, class V, class... Low>
HWY_INLINE FloatExponent<V> FloatSplit(D d, V x, Low... x_low) {
  const hn::RebindToUnsigned<D> du;
  const V magic = hn::Set(d, 0x1.8p23f + 127.0f + kUp);
  const V shifted = Fma(d, x, hn::Set(d, kFactor * 0x1.715476p0f), magic);  // f x / ln 2
  const V k = hn::Sub(shifted, magic), less = hn::Set(d, 0x1.05c61p-29f / kFactor);
  V rest = Fma(d, k, hn::Set(d, -0x1.62e43p-1f / kFactor), x);
  if constexpr (sizeof...(Low) == 0) {
    rest = Fma(d, k, less, rest);
  } else {
    rest = hn::Add(rest, Fma(d, k, less, x_low...));
  }
  return {hn::BitCast(d, hn::ShiftLeft<23>(hn::BitCast(du, shifted))), rest};
}

/// c[0] + c[1] x + ... + c[n-1] x^(n-1) by Horner's rule: where much else is there to be computed
/// meanwhile, the fewest operations win.
template <class D, class V, size_t n>
HWY_INLINE V Horner(D d, V x, const float (&c)[n]) {
  V sum = hn::Set(d, c[n - 1]);
  HWY_UNROLL(8)
  for (size_t i = n - 1; i > 0; --i) sum = Fma(d, x, sum, hn::Set(d, c[i - 1]));
  return sum;
}

/// (e^r - 1 - r) / r^2 for |r| <= ln(2) / 2; of r + r^2 times it the relative error is 2^-26, also
/// near zero.
inline constexpr float kFloatExpm1Series[] = {0x1.fffffep-2f, 0x1.5554bp-3f, 0x1.555716p-5f,
                                              0x1.122796p-7f, 0x1.6b7354p-10f};

/// e^x - 1 for -109.5 <= x <= 0, as the sum of two, the second of which may be the larger only
/// near zero; relative error of the sum below 2^-25, there too. `e` becomes e^x.
template <class D, class V, class... Low>
HWY_INLINE FloatSum<V> FloatExpm1(D d, V& e, V x, Low... x_low) {
  const auto parts = FloatExp(d, x, x_low...);
  const V scale = hn::Mul(parts.raised, hn::Set(d, kLower));
  e = hn::Mul(parts.Sum(), scale);
  const auto sum = FmaSum(d, scale, parts.high, hn::Set(d, -1.0f));
  return {sum.high, Fma(d, scale, parts.low, sum.low)};
}

/// base + ln(1 + e) for 0 <= e <= 1, given as a sum, where base >= 0.
///
/// Beyond 1/2 as ln 2 + ln(1 + u), u = (e - 1) / 2, which is exact; so -1/4 <= u <= 1/2,
/// where the series has small terms.
template <class D, class V>
HWY_INLINE V FloatLog1p(D d, FloatSum<V> e, V base) {
  static constexpr float kSeries[] = {0x1.5555a4p-2f, -0x1.000042p-2f, 0x1.99696p-3f,
                                      -0x1.54efp-3f,  0x1.288714p-3f,  -0x1.0d95dap-3f,
                                      0x1.aca4d4p-4f, -0x1.713ed6p-5f};
  const V half = hn::Set(d, 0.5f);
  const auto far = hn::Gt(e.high, half);
  const V u = hn::IfThenElse(far, FmaMinus(d, e.high, half, half), e.high);
  const V low = hn::IfThenElse(far, Fma(d, e.low, half, hn::Set(d, -0x1.05c61p-29f)), e.low);
  const auto log = SumOfOrdered(hn::IfThenElseZero(far, hn::Set(d, 0x1.62e43p-1f)), u);
  const auto sum = SumOf(base, log.high);
  const V q = Fma(d, u, Polynomial(d, u, kSeries), hn::Neg(half));
  const V rest = Fma(d, hn::Mul(u, u), q, hn::Add(log.low, low));
  const V value = hn::Add(sum.high, hn::Add(sum.low, rest));
  // Nothing is added to what is large, infinity among it.
  return hn::IfThenElse(hn::Gt(base, hn::Set(d, 109.0f)), base, value);
}

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
