/// @file
/// The Gaussian error linear unit and its approximation, of the family of gates.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>

#include "kernels/activation.h"

#if defined(LANEGRAD_KERNELS_ACTIVATION_GELU_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_ACTIVATION_GELU_INL_H_
#undef LANEGRAD_KERNELS_ACTIVATION_GELU_INL_H_
#else
#define LANEGRAD_KERNELS_ACTIVATION_GELU_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/activation_float-inl.h"
#include "kernels/activation_parts-inl.h"
#include "kernels/activation_quick-inl.h"
#include "kernels/elementary-inl.h"
#include "kernels/exact-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// The input times the chance that a standard normal variate is below it.
struct Gelu {
  using Lane = double;
  template <class T>
  static T Value(T z) {
    using std::erfc, std::sqrt;
    return z < -40 ? T(-0.0) : T(z * erfc(-z / sqrt(T(2))) / 2);
  }
  template <class T>
  static T Slope(T z) {
    using std::erfc, std::exp, std::sqrt;
    if (z > 40) return T(1);
    if (z < -40) return T(-0.0);
    const T density = exp(-z * z / 2) / sqrt(2 * Pi<T>());
    return erfc(-z / sqrt(T(2))) / 2 + z * density;
  }
  static constexpr HardCase kHardValues[] = {{0x1.6148dep-16, 0x1.614a62p-17}};
  static constexpr HardCase kHardSlopes[] = {{-0x1.80eacep-1, 0x1.8cf298p-25},
                                             {0x1.40d932p-25, 0x1.000002p-1}};
  static constexpr ActivationInfo kInfo = {
      .name = "gelu",
      .proper = "GELU",
      .summary = "Gaussian error linear unit: the input times its normal probability",
      .formula = R"(z\, \Phi(z), \quad \Phi(z) = \tfrac12 \operatorname{erfc}(-z / \sqrt 2))",
      .slope_formula = R"(\Phi(z) + z\, \varphi(z), \quad \varphi(z) = e^{-z^2/2} / \sqrt{2\pi})",
      .source = "Hendrycks and Gimpel 2016",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .fast_max_ulp = 1.6,
      .fast_slope_max_ulp = 3.7,
      .initializer = "he_uniform",
      .hard_values = kHardValues,
      .hard_slopes = kHardSlopes,
  };

  // With x = |z|, the tail 1 - Phi(x) = e^(-x^2/2) r(x) keeps its relative accuracy
  // where 1 + erf has none left, below -5. x^2 is exact in double. Beyond 16 the
  // tail is no float.
  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V x = AtMost(d, AtLeast(d, hn::Abs(z), 0x1p-45), 16.0);  // see ClampMagnitudeFromBelow()
    const V e = Exp(d, hn::Mul(hn::Set(d, -0.5), hn::Mul(x, x)));
    const V tail = hn::Mul(e, GaussTail(d, x));
    const V phi = BySign(d, z, hn::Sub(hn::Set(d, 1.0), tail), tail);
    const V density = hn::Mul(e, hn::Set(d, 0x1.9884533d43651p-2));  // 1 / sqrt(2 pi)
    slope = Fma(d, hn::CopySign(x, z), density, phi);
    slope = PatchHardCases(d, z, kHardSlopes, slope);  // one is beside its root
    const V value = hn::Mul(AtLeast(d, z, -16.0), phi);
    return PatchHardCases(d, z, kHardValues, value);
  }

  // (x + a) r(x) in t = (x - a) / (x + a) = 1 - 2 a / (x + a), to the last bit where the slope
  // has its root.
  static constexpr double kQuickMiddle = 4.5;
  static constexpr std::array<double, 14> kQuickTail = {
      0x1.86c626e27904bp-1,   -0x1.47cfdd7aa2ef0p-1, 0x1.c92ad93f16676p-2,  -0x1.03379a985760bp-2,
      0x1.c8391eec75032p-4,   -0x1.157955f5427e7p-5, 0x1.14cb441a64411p-8,  0x1.ca6ff1fa1ea07p-10,
      -0x1.e0d81e6f54f97p-11, 0x1.0358f3a9766d6p-17, 0x1.d3e3a70afdff6p-14, -0x1.6d32d28a26005p-16,
      -0x1.915ded0a8723dp-16, -0x1.19093d92a401cp-18};
  static constexpr QuickInputs kQuickInputs = {
      .above = -9.0f, .below = 9.0f, .tiny = false, .root = -0x1.80eacep-1f};
  template <class D, class V>
  static HWY_INLINE V EvalQuick(D d, V z, V& slope) {
    const V one = hn::Set(d, 1.0), x = hn::Abs(z);
    const auto parts = EvalQuickExp<-1, 2>(d, hn::Mul(x, x), kExpSeries);
    const V e = hn::Mul(parts.scale, parts.series);
    const V inverse = hn::Div(one, hn::Add(x, hn::Set(d, kQuickMiddle)));
    const V t = FmaNegated(d, hn::Set(d, 2.0 * kQuickMiddle), inverse, one);
    const V tail = hn::Mul(hn::Mul(e, inverse), QuickPolynomial(d, t, kQuickTail));
    const V phi = hn::IfThenElse(hn::Gt(z, hn::Zero(d)), hn::Sub(one, tail), tail);
    slope = Fma(d, hn::Mul(z, hn::Set(d, 0x1.9884533d43651p-2)), e, phi);  // 1 / sqrt(2 pi)
    return hn::Mul(z, phi);
  }

  static constexpr FloatRoot<5> kRoot = {
      -0x1.80ead2p-1f,
      0x1.a03fd4p-27f,
      0.19f,
      0x1.b9d99p-2f,
      {0x1.8d9a9p-2f, -0x1.2a3be6p-6f, -0x1.d2f25p-4f, -0x1.dc3624p-7f, 0x1.3a1e16p-6f}};
  // With g(t) = (x + 3) r(x) in t = (x - 3) / (x + 3) = 1 - 6 / (x + 3): nearly constant, so
  // its first coefficient weighs most. Beyond 14.6 nothing is left of the tail.
  template <class D, class V>
  static HWY_INLINE V EvalFast(D d, V z, V& slope) {
    static constexpr float kSeries[] = {0x1.d71386p-3f,   -0x1.832d04p-5f, -0x1.56d682p-7f,
                                        0x1.c8bbc2p-8f,   0x1.0caffcp-10f, -0x1.0e94p-10f,
                                        -0x1.00baecp-12f, 0x1.12702ep-13f, 0x1.c75beep-15f};
    constexpr long double kExact = 0.39894228040143267793994605993438L;  // 1 / sqrt(2 pi)
    constexpr float kDensity = static_cast<float>(kExact);
    constexpr float kDensityLow = static_cast<float>(kExact - kDensity);
    const V one = hn::Set(d, 1.0f), lower = hn::Set(d, kLower), three = hn::Set(d, 3.0f);
    const V x = FloatAtMost(d, hn::Abs(z), 14.6f), half = hn::Mul(x, hn::Set(d, -0.5f));
    const auto square = ProductOf(d, half, x);
    const auto parts = FloatExp(d, square.high, square.low);
    const auto below = SumOfOrdered(three, x);  // so they are: 3 has few digits
    const V inverse = hn::Div(one, below.high);
    const V rest = FmaNegated(d, below.low, inverse, FmaNegated(d, below.high, inverse, one));
    const V t = FmaNegated(d, inverse, hn::Set(d, 6.0f), one);
    const V q = Fma(d, t, Polynomial(d, t, kSeries), hn::Set(d, -0x1.04c72ap-1f));
    auto g = FmaSum(d, t, q, hn::Set(d, 0x1.754a76p-1f));
    g.low = hn::Add(g.low, Fma(d, t, hn::Set(d, 0x1.424d5p-27f), hn::Set(d, -0x1.c964fp-26f)));
    // What t lacks, -6 times what the quotient does, by a slope of the series that will do.
    const V turn = Fma(d, t, hn::Set(d, -2.76f), hn::Set(d, 3.06f));
    g.low = Fma(d, hn::Mul(inverse, rest), turn, g.low);
    auto ratio = ProductOf(d, inverse, g.high);  // r(x)
    ratio.low = Fma(d, inverse, Fma(d, g.high, rest, g.low), ratio.low);
    auto share = ProductOf(d, x, ratio.high);
    share.low = Fma(d, x, ratio.low, share.low);
    const V e = parts.Sum(), raised = parts.raised;
    const V small = Fma(d, share.high, parts.low, hn::Mul(share.low, e));
    const V product =
        hn::Mul(hn::Mul(Fma(d, share.high, parts.high, small), raised), hn::Neg(lower));
    const V less = FmaNegated(d, x, hn::Set(d, kDensityLow), ratio.low);
    const V inner = hn::Add(FmaNegated(d, x, hn::Set(d, kDensity), ratio.high), less);
    const V fall = hn::Mul(hn::Mul(hn::Mul(e, inner), raised), lower);
    return OfFall(d, z, hn::Lt(z, hn::Zero(d)), NearRoot(d, hn::Neg(x), kRoot, fall), product,
                  slope);
  }
};

/// gelu by the approximation that its authors proposed for speed.
struct GeluTanh {
  using Lane = double;
  static constexpr long double kInner = 0.79788456080286535587989211986876L;  // sqrt(2 / pi)
  static constexpr long double kCubic = 0.044715L;
  template <class T>
  static T Logistic(T z) {  // of twice the inner function
    using std::exp;
    return 1 / (1 + exp(-2 * T(kInner) * (z + T(kCubic) * z * z * z)));
  }
  template <class T>
  static T Value(T z) {
    return z < -40 ? T(-0.0) : z > 40 ? z : T(z * Logistic<T>(z));
  }
  template <class T>
  static T Slope(T z) {
    if (z > 40) return T(1);
    if (z < -40) return T(-0.0);
    const T s = Logistic<T>(z), c = Logistic<T>(-z);
    return s + z * s * c * 2 * T(kInner) * (1 + 3 * T(kCubic) * z * z);
  }
  static constexpr HardCase kHardValues[] = {{-0x1.6148dep-16, -0x1.61475ap-17}};
  static constexpr HardCase kHardSlopes[] = {{0x1.40d932p-25, 0x1.000002p-1},
                                             {-0x1.40d932p-26, 0x1.fffffep-2}};
  static constexpr ActivationInfo kInfo = {
      .name = "gelu_tanh",
      .proper = "GELU (tanh)",
      .summary = "gelu approximated by a tanh",
      .formula = R"(z\, \sigma(2u), \quad u = \sqrt{2/\pi}\, (z + 0.044715 z^3))",
      .slope_formula = R"(\sigma(2u) + z\, \sigma(2u)\, \sigma(-2u)\, 2u')",
      .source = "Hendrycks and Gimpel 2016",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .fast_max_ulp = 1.05,
      .fast_slope_max_ulp = 2.5,
      .initializer = "he_uniform",
      .hard_values = kHardValues,
      .hard_slopes = kHardSlopes,
  };

  // (1 + tanh u) / 2 = sigma(2u): no cancellation in the left tail.
  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V one = hn::Set(d, 1.0);
    const V x = ClampMagnitudeFromBelow(d, AtMost(d, AtLeast(d, z, -30.0), 30.0));
    const V square = hn::Mul(x, x);
    const V cubic = hn::Set(d, static_cast<double>(kCubic));
    const V twice = hn::Set(d, static_cast<double>(2 * kInner));
    const V u = hn::Mul(hn::Mul(twice, x), Fma(d, cubic, square, one));
    const auto logistic = EvalLogistic(d, u);
    const V rise = hn::Mul(twice, Fma(d, hn::Set(d, static_cast<double>(3 * kCubic)), square, one));
    slope = Fma(d, hn::Mul(hn::Mul(x, logistic.s), logistic.c), rise, logistic.s);
    slope = PatchHardCases(d, z, kHardSlopes, slope);
    const V value = hn::Mul(AtLeast(d, z, -30.0), logistic.s);
    return PatchHardCases(d, z, kHardValues, value);
  }

  static constexpr QuickInputs kQuickInputs = {
      .above = -9.5f, .below = 9.5f, .tiny = false, .root = -0x1.8142ap-1f};
  template <class D, class V>
  static HWY_INLINE V EvalQuick(D d, V z, V& slope) {
    constexpr double kA = static_cast<double>(2 * kInner),
                     kB = static_cast<double>(2 * kInner * kCubic);
    const V one = hn::Set(d, 1.0), a = hn::Set(d, kA), square = hn::Mul(z, z);
    const V twice = hn::Mul(z, Fma(d, square, hn::Set(d, kB), a));
    const auto e = EvalQuickExp<-1>(d, twice, kExpSeriesOfGates);
    const V s = hn::Div(one, Fma(d, e.scale, e.series, one)), value = hn::Mul(z, s);
    const V rise = Fma(d, square, hn::Set(d, 3.0 * kB), a);
    slope = Fma(d, hn::Mul(value, hn::Sub(one, s)), rise, s);
    return value;
  }

  static constexpr FloatRoot<5> kRoot = {
      -0x1.8142ap-1f,
      0x1.85a06cp-27f,
      0.15f,
      0x1.b8bacep-2f,
      {0x1.8cd1a4p-2f, -0x1.02ad14p-6f, -0x1.d2bc4cp-4f, -0x1.0a62c8p-6f, 0x1.44a9c6p-6f}};
  template <class D, class V>
  static HWY_INLINE V EvalFast(D d, V z, V& slope) {
    // 2 u = z (a + b z^2), as a sum; of a, 20 digits, so that a is exact beside b z^2.
    constexpr float kA = 0x1.98846p0f, kB = static_cast<float>(2 * kInner * kCubic);
    constexpr float kALow = static_cast<float>(2 * kInner - kA);
    constexpr float kBLow = static_cast<float>(2 * kInner * kCubic - kB);
    constexpr float kRise = static_cast<float>(6 * kInner * kCubic);
    constexpr float kRiseLow = static_cast<float>(6 * kInner * kCubic - kRise);
    const V one = hn::Set(d, 1.0f), a = hn::Set(d, kA), a_low = hn::Set(d, kALow);
    const V lower = hn::Set(d, kLower), b = hn::Set(d, kB), three_b = hn::Set(d, kRise);
    const V x = FloatAtLeast(d, hn::Neg(hn::Abs(z)), -10.9f);  // where 2 u is -109
    const auto square = ProductOf(d, x, x);
    auto factor = FmaSum(d, b, square.high, a);
    const V small = Fma(d, hn::Set(d, kBLow), square.high, a_low);
    factor.low = hn::Add(factor.low, Fma(d, b, square.low, small));
    auto u = ProductOf(d, x, factor.high);
    u.low = Fma(d, x, factor.low, u.low);
    const auto logistic = EvalFloatLogistic(d, FloatExp(d, u.high, u.low));
    const auto gate = logistic.RaisedLower(d);
    const V product = hn::Mul(Fma(d, x, gate.high, hn::Mul(x, gate.low)), lower);
    // 1 + x (a + 3 b x^2) sigma(-2 u), which cancels only where NearRoot() has its place.
    auto rise = FmaSum(d, three_b, square.high, a);
    rise.low = hn::Add(rise.low, Fma(d, hn::Set(d, kRiseLow), square.high, a_low));
    auto slant = ProductOf(d, x, rise.high);
    slant.low = Fma(d, x, rise.low, slant.low);
    const V less = Fma(d, slant.high, logistic.rest, slant.low);
    const V inner = Fma(d, slant.high, logistic.inverse, one);
    const V inner_low = hn::Mul(less, logistic.inverse);
    const V fall = hn::Mul(ProductOfSums(d, gate, {inner, inner_low}), lower);
    return OfFall(d, z, hn::Lt(z, hn::Zero(d)), NearRoot(d, x, kRoot, fall), product, slope);
  }
};

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
