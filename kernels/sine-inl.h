/// @file
/// Sine and cosine of a float of any size, or of a product of two, in double lanes, from
/// correctly rounded operations only.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#if defined(LANEGRAD_KERNELS_SINE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_SINE_INL_H_
#undef LANEGRAD_KERNELS_SINE_INL_H_
#else
#define LANEGRAD_KERNELS_SINE_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/elementary-inl.h"
#include "kernels/exact-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// An angle as z = (quarter + 4 m) pi/2 + rest, |rest| <= pi/4, m whole.
struct Angle {
  double rest;       ///< Relative error below 2^-51.
  uint64_t quarter;  ///< 0 to 3.
};

/// Whether the digits of z fit the mantissa of a T: what EvalSine<T>() asks of it.
template <class T>
bool FitsMantissaOf(double z) {
  int exponent;
  const double whole = std::ldexp(std::frexp(z, &exponent), std::numeric_limits<T>::digits);
  return std::trunc(whole) == whole;
}

/// Reduces any |z| from 2^17 to 2^180 that fits the mantissa of a T, float or double
/// [Payne and Hanek 1983].
///
/// z = M 2^E with a whole M below 2^digits. Of 2/pi, shifted by E, only the digits from
/// 2^1 down to 2^-126 matter: those above give whole turns, those below are less than
/// 2^-102 of a quarter, where no float comes nearer than 2^-30 to a multiple of one. A
/// double comes as near as 2^-60, and takes 64 digits more. Whole numbers throughout, so
/// every target gives the same bits.
template <class T>
inline Angle ReduceLarge(double z) {
  HWY_DASSERT(FitsMantissaOf<T>(z));
  __extension__ using Wide = unsigned __int128;
  constexpr int kMantissa = std::numeric_limits<T>::digits;
  // Binary digits of 2/pi from 2^-1 on; two words of zeros stand before them.
  static constexpr uint64_t kDigits[] = {0,
                                         0,
                                         0xa2f9836e4e441529,
                                         0xfc2757d1f534ddc0,
                                         0xdb6295993c439041,
                                         0xfe5163abdebbc561,
                                         0xb7246e3a424dd2e0,
                                         0x06492eea09d1921c};
  int exponent;
  const double mantissa = std::frexp(std::fabs(z), &exponent);
  const uint64_t whole =
      static_cast<uint64_t>(mantissa * static_cast<double>(uint64_t{1} << kMantissa));
  // The first digit wanted has the weight 2^(1 - E), E = exponent - kMantissa.
  const int first = 128 + (exponent - kMantissa) - 2;
  const size_t word = static_cast<size_t>(first) / 64, shift = static_cast<size_t>(first) % 64;
  const auto digits = [&](size_t i) {
    return shift == 0 ? kDigits[i] : kDigits[i] << shift | kDigits[i + 1] >> (64 - shift);
  };
  const Wide window = static_cast<Wide>(digits(word)) << 64 | digits(word + 1);
  Wide turn = window * whole;  // quarters in the top two bits
  if constexpr (kMantissa > 24) turn += static_cast<Wide>(digits(word + 2)) * whole >> 64;
  const Wide nearest = turn + (static_cast<Wide>(1) << 125);
  __extension__ using SignedWide = __int128;
  const SignedWide rest = static_cast<SignedWide>(turn - (nearest >> 126 << 126));
  const uint64_t quarter = static_cast<uint64_t>(nearest >> 126);
  const double angle = static_cast<double>(rest) * (0x1.921fb54442d18p0 * 0x1p-126);
  return z < 0.0 ? Angle{-angle, (4 - quarter) % 4} : Angle{angle, quarter};
}

/// A sine and a cosine.
template <class V>
struct SineAndCosine {
  V sine;    ///< sin z.
  V cosine;  ///< cos z.
};
/// Sine and cosine of any |z| below 2^180; NaN for NaN and infinities. T says how many
/// digits z has: it must fit the mantissa of a float, or else T must be double, which
/// costs a little more. A product of two floats has 48 digits and is a double. Relative
/// error below 2^-50, near the zeros too. (Of a z below 2^17 that does not fit, as of any
/// other, the absolute error is below 2^-50. Beyond, the digits that do not fit are lost:
/// sin(1.3 x 101121.73) was off by 250,920 units in its last place.)
template <class T = float, class D, class V>
HWY_INLINE SineAndCosine<V> EvalSine(D d, V z) {
  const hn::RebindToUnsigned<D> du;
  // Up to 2^17, k = round(2 z / pi) and rest = z - k pi/2 with pi/2 in two parts:
  // a fused multiply-add loses nothing that matters, because no float there is
  // nearer than 2^-28 to a multiple of pi/2. The first is exact for any double; one of
  // 53 digits comes as near as 2^-61, and takes a third part.
  const V magic = hn::Set(d, 0x1.8p52);
  const V shifted = Fma(d, z, hn::Set(d, 0x1.45f306dc9c883p-1), magic);
  const V k = hn::Sub(shifted, magic);
  V rest = FmaNegated(d, k, hn::Set(d, 0x1.921fb54442d18p0), z);
  rest = FmaNegated(d, k, hn::Set(d, 0x1.1a62633145c07p-54), rest);
  if constexpr (sizeof(T) > sizeof(float)) {
    rest = FmaNegated(d, k, hn::Set(d, -0x1.f1976b7ed8fbcp-110), rest);
  }
  auto quarter = hn::BitCast(du, shifted);
  // Beyond, lane by lane: nobody's activations are there for long. Each lane is
  // chosen by its own size, so that its neighbours do not change its bits.
  if (HWY_UNLIKELY(!hn::AllTrue(d, hn::Lt(hn::Abs(z), hn::Set(d, 0x1p17))))) {
    HWY_ALIGN double lanes[HWY_LANES(double)];
    HWY_ALIGN double rests[HWY_LANES(double)];
    HWY_ALIGN uint64_t quarters[HWY_LANES(double)];
    hn::Store(z, d, lanes);
    hn::Store(rest, d, rests);
    hn::Store(quarter, du, quarters);
    for (size_t i = 0; i < hn::Lanes(d); ++i) {
      if (std::fabs(lanes[i]) < 0x1p17) continue;
      const bool finite = std::isfinite(lanes[i]);
      const Angle angle = finite ? ReduceLarge<T>(lanes[i]) : Angle{lanes[i] - lanes[i], 0};
      rests[i] = angle.rest;
      quarters[i] = angle.quarter;
    }
    rest = hn::Load(d, rests);
    quarter = hn::Load(du, quarters);
  }
  // Taylor to r^17 and r^16: less than 2^-59 is left out for |r| <= pi/4.
  static constexpr double kSine[] = {
      -1.0 / 6,        1.0 / 120,        -1.0 / 5040,          1.0 / 362880,
      -1.0 / 39916800, 1.0 / 6227020800, -1.0 / 1307674368000, 1.0 / 355687428096000};
  static constexpr double kCosine[] = {
      -1.0 / 2,       1.0 / 24,        -1.0 / 720,         1.0 / 40320,
      -1.0 / 3628800, 1.0 / 479001600, -1.0 / 87178291200, 1.0 / 20922789888000};
  const V square = hn::Mul(rest, rest);
  const V s = Fma(d, hn::Mul(rest, square), Polynomial(d, square, kSine), rest);
  const V c = Fma(d, square, Polynomial(d, square, kCosine), hn::Set(d, 1.0));
  // Quarters 0 to 3: sin = s, c, -s, -c; cos = c, -s, -c, s.
  const auto odd = hn::Eq(hn::And(quarter, hn::Set(du, uint64_t{1})), hn::Set(du, uint64_t{1}));
  const auto swap = hn::RebindMask(d, odd);
  const auto sine_sign = hn::ShiftLeft<62>(hn::And(quarter, hn::Set(du, uint64_t{2})));
  const auto cosine_quarter = hn::Add(quarter, hn::Set(du, uint64_t{1}));
  const auto cosine_sign = hn::ShiftLeft<62>(hn::And(cosine_quarter, hn::Set(du, uint64_t{2})));
  const V sine = hn::Xor(hn::IfThenElse(swap, c, s), hn::BitCast(d, sine_sign));
  return {hn::IfThenElse(hn::Eq(z, hn::Zero(d)), z, sine),  // keeps the sign of zero
          hn::Xor(hn::IfThenElse(swap, s, c), hn::BitCast(d, cosine_sign))};
}

/// Sine and cosine of floats in float lanes, below an ULP off up to 2^13; the others of a
/// register are left to EvalSine(), lane by lane.
template <class D, class V>
HWY_INLINE SineAndCosine<V> FloatSine(D d, V z) {
  const hn::RebindToUnsigned<D> du;
  // pi/2 in parts of 11, 11 and 24 digits and one more, so that k times either of the first two is
  // exact.
  const V magic = hn::Set(d, 0x1.8p23f);
  const V shifted = Fma(d, z, hn::Set(d, 0x1.45f306p-1f), magic);
  const V k = hn::Sub(shifted, magic);
  const V first = FmaNegated(d, k, hn::Set(d, 0x1.92p0f), z);
  const V second = FmaNegated(d, k, hn::Set(d, 0x1.fb4p-12f), first);
  const auto product = ProductOf(d, k, hn::Set(d, -0x1.4442d2p-24f));
  const auto sum = SumOf(second, product.high);
  const V third = sum.high;
  const V low = Fma(d, k, hn::Set(d, 0x1.ee59dap-50f), hn::Add(sum.low, product.low));
  const V square = hn::Mul(third, third);
  static constexpr float kSine[] = {-0x1.555556p-3f, 0x1.111164p-7f, -0x1.a0485cp-13f,
                                    0x1.77dd04p-19f};
  static constexpr float kCosine[] = {0x1.55554ap-5f, -0x1.6c0c2ep-10f, 0x1.99eabp-16f};
  const V s = hn::Add(third, Fma(d, hn::Mul(third, square), Polynomial(d, square, kSine), low));
  const V half = hn::Mul(square, hn::Set(d, 0.5f));
  const V one = hn::Set(d, 1.0f);
  const V c_high = hn::Sub(one, half);
  const V c_low = FmaNegated(d, third, low, hn::Sub(hn::Sub(one, c_high), half));
  const V c =
      hn::Add(c_high, Fma(d, hn::Mul(square, square), Polynomial(d, square, kCosine), c_low));
  const auto quarter = hn::BitCast(du, shifted);
  const auto odd = hn::Eq(hn::And(quarter, hn::Set(du, uint32_t{1})), hn::Set(du, uint32_t{1}));
  const auto swap = hn::RebindMask(d, odd);
  const auto sine_sign = hn::ShiftLeft<30>(hn::And(quarter, hn::Set(du, uint32_t{2})));
  const auto cosine_sign = hn::ShiftLeft<30>(
      hn::And(hn::Add(quarter, hn::Set(du, uint32_t{1})), hn::Set(du, uint32_t{2})));
  V sine = hn::Xor(hn::IfThenElse(swap, c, s), hn::BitCast(d, sine_sign));
  sine = hn::IfThenElse(hn::Eq(z, hn::Zero(d)), z, sine);
  V cosine = hn::Xor(hn::IfThenElse(swap, s, c), hn::BitCast(d, cosine_sign));
  if (HWY_UNLIKELY(!hn::AllTrue(d, hn::Lt(hn::Abs(z), hn::Set(d, 0x1p13f))))) {
    const hn::CappedTag<double, 1> one_lane;
    HWY_ALIGN float lanes[HWY_LANES(float)];
    HWY_ALIGN float sines[HWY_LANES(float)];
    HWY_ALIGN float cosines[HWY_LANES(float)];
    hn::Store(z, d, lanes);
    hn::Store(sine, d, sines);
    hn::Store(cosine, d, cosines);
    for (size_t i = 0; i < hn::Lanes(d); ++i) {
      if (std::fabs(lanes[i]) < 0x1p13f) continue;
      const auto both = EvalSine(one_lane, hn::Set(one_lane, static_cast<double>(lanes[i])));
      sines[i] = static_cast<float>(hn::GetLane(both.sine));
      cosines[i] = static_cast<float>(hn::GetLane(both.cosine));
    }
    sine = hn::Load(d, sines);
    cosine = hn::Load(d, cosines);
  }
  return {sine, cosine};
}

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
