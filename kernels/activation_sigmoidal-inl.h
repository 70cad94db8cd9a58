/// @file
/// Activations that saturate at both ends, and their kin.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>

#include "kernels/activation.h"
#include "kernels/op_list.h"

#if defined(LANEGRAD_KERNELS_ACTIVATION_SIGMOIDAL_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_ACTIVATION_SIGMOIDAL_INL_H_
#undef LANEGRAD_KERNELS_ACTIVATION_SIGMOIDAL_INL_H_
#else
#define LANEGRAD_KERNELS_ACTIVATION_SIGMOIDAL_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/activation_float-inl.h"
#include "kernels/activation_parts-inl.h"
#include "kernels/activation_quick-inl.h"
#include "kernels/activation_saturating-inl.h"
#include "kernels/elementary-inl.h"
#include "kernels/exact-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// The logistic sigmoid. Its slope is at most 1/4, reached at zero, so four such
/// layers shrink a gradient at least 256-fold.
// [sigmoid]
struct Sigmoid {
  using Lane = double;
  template <class T>
  static T Value(T z) {
    using std::exp;
    return 1 / (1 + exp(-z));
  }
  template <class T>
  static T Slope(T z) {
    return Value(z) * Value(-z);
  }
  static constexpr HardCase kHardValues[] = {{-0x1.250c02p-10, 0x1.ffb6bep-2}};
  static constexpr ActivationInfo kInfo = {
      .name = "sigmoid",
      .aliases = "logistic",
      .summary = "logistic sigmoid: from 0 to 1, saturates at both ends",
      .formula = R"(\sigma(z) = \frac{1}{1 + e^{-z}})",
      .slope_formula = R"(\sigma(z)\, \sigma(-z))",
      .source = "Verhulst 1845; Rumelhart, Hinton and Williams 1986, Nature",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .fast_max_ulp = 1.0,
      .fast_slope_max_ulp = 2.0,
      .fastest_max_ulp = 3.5,
      .fastest_slope_max_ulp = 3.6,
      .initializer = "glorot_uniform",
      .hard_values = kHardValues,
  };

  // The slope is s (1 - s), but 1 - s cancels where s is near 1: the saved output
  // of a saturated unit would give a slope of zero. Its complement does not.
  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const auto logistic = EvalLogistic(d, z);
    slope = hn::Mul(logistic.s, logistic.c);
    return PatchHardCases(d, z, kHardValues, BreakTieTowardsHalf(d, z, logistic.s));
  }
  // [sigmoid]

  // s - s^2 as one multiply-add: beyond 10 too little is left of 1 - s.
  static constexpr QuickInputs kQuickInputs = {.above = -80.0f, .below = 10.0f};
  template <class D, class V>
  static HWY_INLINE V EvalQuick(D d, V z, V& slope) {
    const V one = hn::Set(d, 1.0);
    const auto e = EvalQuickExp<-1>(d, z, kExpSeries);
    const V s = hn::Div(one, Fma(d, e.scale, e.series, one));
    slope = FmaNegated(d, s, s, s);
    return s;
  }

  template <class D, class V>
  static HWY_INLINE V EvalFast(D d, V z, V& slope) {
    const auto logistic = EvalFloatLogistic(d, FloatExp(d, FloatFall(d, z)));
    const V upper = logistic.Upper(d), lower = logistic.Lower(d);
    slope = hn::Mul(upper, lower);
    // Not IfNegativeThenElse: for SSSE3, Highway 1.0.3 takes every bit of z for the mask.
    return hn::IfThenElse(hn::Lt(z, hn::Zero(d)), lower, upper);
  }

  // From e^|z|, which has no subnormals if all is 2^-40 times as large: lower = 1 / (1 + e^|z|) has
  // one rounding on its way that e^|z| has not, so that it falls where it should, as a product with
  // e^-|z| would not. The slope is lower - lower^2, less wrong than lower.
  template <class D, class V>
  static HWY_INLINE V EvalFastest(D d, V z, V& slope) {
    static constexpr float kSeries[] = {1.0f,           0x1.fffff6p-1f, 0x1.fffdc4p-2f,
                                        0x1.555a7ap-3f, 0x1.573ac2p-5f, 0x1.0fa364p-7f};
    const V one = hn::Set(d, 1.0f), down = hn::Set(d, 0x1p-40f);
    const auto rise = FloatSplit<1, -40>(d, FloatAtMost(d, hn::Abs(z), kFloatExpEnd));
    const V below = Fma(d, Horner(d, rise.rest, kSeries), rise.scale, down);
    const V lower = hn::Div(down, below);
    slope = FmaNegated(d, lower, lower, lower);
    return hn::IfThenElse(hn::Lt(z, hn::Zero(d)), lower, hn::Sub(one, lower));
  }
};

/// The logarithm of the sigmoid, which must not be taken of the sigmoid: that is
/// zero where this is -104.
struct LogSigmoid {
  using Lane = double;
  template <class T>
  static T Value(T z) {
    using std::exp, std::log1p;
    return z < 0 ? T(z - log1p(exp(z))) : T(-log1p(exp(-z)));
  }
  template <class T>
  static T Slope(T z) {
    using std::exp;
    return 1 / (1 + exp(z));
  }
  static constexpr HardCase kHardValues[] = {{-0x1.d483ap-12, -0x1.63017ap-1}};
  static constexpr ActivationInfo kInfo = {
      .name = "log_sigmoid",
      .proper = "log-sigmoid",
      .aliases = "logsigmoid",
      .summary = "logarithm of the sigmoid: everywhere below zero",
      .formula = R"(-\ln(1 + e^{-z}))",
      .slope_formula = R"(\sigma(-z))",
      .source = "-",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .fast_max_ulp = 1.1,
      .fast_slope_max_ulp = 1.0,
      .initializer = "glorot_uniform",
      .hard_values = kHardValues,
  };

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V one = hn::Set(d, 1.0);
    const V e = Exp(d, hn::Neg(hn::Abs(z)));
    const V sure = hn::Div(one, hn::Add(one, e));
    slope = BreakTieTowardsHalf(d, hn::Neg(z), BySign(d, z, hn::Mul(e, sure), sure));
    const V value = hn::Sub(BySign(d, z, hn::Zero(d), z), Log1p(d, e));
    return PatchHardCases(d, z, kHardValues, value);
  }

  static constexpr QuickInputs kQuickInputs = {.above = -80.0f, .below = 80.0f};
  template <class D, class V>
  static HWY_INLINE V EvalQuick(D d, V z, V& slope) {
    const auto parts = EvalQuickSoftplus(d, z);
    const auto right = hn::Gt(z, hn::Zero(d));
    slope = hn::IfThenElse(right, parts.less, parts.more);
    return hn::Sub(hn::IfThenElse(right, hn::Zero(d), z), parts.log);
  }

  template <class D, class V>
  static HWY_INLINE V EvalFast(D d, V z, V& slope) {
    const auto parts = FloatExp(d, FloatFall(d, z));
    const auto logistic = EvalFloatLogistic(d, parts);
    const auto left = hn::Lt(z, hn::Zero(d));
    slope = hn::IfThenElse(left, logistic.Upper(d), logistic.Lower(d));
    const auto e = parts.Scaled(hn::Mul(parts.raised, hn::Set(d, kLower)));
    return hn::Neg(FloatLog1p(d, e, hn::IfThenElse(left, hn::Neg(z), hn::Zero(d))));
  }
};

/// The hyperbolic tangent: a sigmoid that is zero at zero.
// [tanh]
struct Tanh {
  using Lane = double;
  template <class T>
  static T Value(T z) {
    using std::tanh;
    return tanh(z);
  }
  template <class T>
  static T Slope(T z) {
    using std::cosh;
    const T c = cosh(z);
    return 1 / (c * c);
  }
  static constexpr ActivationInfo kInfo = {
      .name = "tanh",
      .summary = "hyperbolic tangent: from -1 to 1, zero at zero, saturates at both ends",
      .formula = R"(\tanh z = \frac{e^z - e^{-z}}{e^z + e^{-z}})",
      .slope_formula = R"(1 - \tanh^2 z)",
      .source = "LeCun, Bottou, Orr and Müller 1998",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .fast_max_ulp = 0.8,
      .fast_slope_max_ulp = 1.6,
      .fastest_max_ulp = 3.0,
      .fastest_slope_max_ulp = 4.0,
      .initializer = "glorot_uniform",
  };

  // As written, the quotient overflows beyond 88 in float and cancels near zero.
  // With e = e^(-2|z|), which is at most 1:
  //
  //     tanh |z| = (1 - e) / (1 + e),    1 - tanh^2 z = 4 e / (1 + e)^2
  //
  // and 1 - e comes from the exponential's own tail, which is exact near zero.
  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V one = hn::Set(d, 1.0);
    const auto [e, e_minus_1] = EvalExponential(d, hn::Mul(hn::Set(d, -2.0), hn::Abs(z)));
    const V inverse = hn::Div(one, hn::Add(one, e));
    slope = hn::Mul(hn::Mul(hn::Set(d, 4.0), e), hn::Mul(inverse, inverse));
    return hn::CopySign(hn::Mul(e_minus_1, inverse), z);
  }
  // [tanh]

  // With n = 1 - e^(-2z), of either sign: tanh z = n / (2 - n). Beyond 5.5 too little is left of
  // 1 - tanh^2 z.
  static constexpr QuickInputs kQuickInputs = {.above = -5.5f, .below = 5.5f};
  template <class D, class V>
  static HWY_INLINE V EvalQuick(D d, V z, V& slope) {
    const V n = EvalQuickFall<true>(d, z).OneLess(d);
    const V value = hn::CopySign(hn::Div(n, hn::Sub(hn::Set(d, 2.0), n)), z);  // of zero
    slope = FmaNegated(d, value, value, hn::Set(d, 1.0));
    return value;
  }

  // The same with n = (1 - e) / 2, which is tanh |z| where that is small:
  //
  //     tanh |z| = n / (1 - n),    1 - tanh^2 z = e / (1 - n)^2.
  //
  // e = 2^k (1 - 2 h) and n = (1 - 2^k) / 2 + 2^k h. Beyond 53 nothing is left of e.
  template <class D, class V>
  static HWY_INLINE V EvalFast(D d, V z, V& slope) {
    const hn::RebindToUnsigned<D> du;
    const V one = hn::Set(d, 1.0f), half = hn::Set(d, 0.5f), lower = hn::Set(d, kLower);
    const V x = FloatAtMost(d, hn::Abs(z), 53.0f);
    // As FloatExpSplit() of -2 x, for r = -2 w.
    const V magic = hn::Set(d, 0x1.8p23f + 127.0f + 32.0f);
    const V shifted = Fma(d, x, hn::Set(d, -0x1.715476p1f), magic);
    const V k = hn::Sub(shifted, magic);
    V w = Fma(d, k, hn::Set(d, 0x1.62e43p-2f), x);
    w = FmaNegated(d, k, hn::Set(d, 0x1.05c61p-30f), w);
    const V square = hn::Mul(w, w);
    const V third = Fma(d, w, hn::Set(d, 0x1.555554p-1f), hn::Set(d, -1.0f));
    const V fifth = Fma(d, w, hn::Set(d, 0x1.11130cp-3f), hn::Set(d, -0x1.5554f2p-2f));
    const V seventh = Fma(d, w, hn::Set(d, 0x1.9dff4ep-7f), hn::Set(d, -0x1.6d414ap-5f));
    const V q = Fma(d, square, Fma(d, square, seventh, fifth), third);
    const auto h = FmaSum(d, square, q, w);
    const V raised = hn::BitCast(d, hn::ShiftLeft<23>(hn::BitCast(du, shifted)));
    const V scale = hn::Mul(raised, lower);
    const V share = FmaNegated(d, scale, half, half);
    const V share_low = FmaNegated(d, scale, half, hn::Sub(half, share));
    auto n = FmaSum(d, scale, h.high, share);
    n.low = hn::Add(Fma(d, scale, h.low, n.low), share_low);
    const V inverse = hn::Div(one, hn::Sub(one, n.high));
    V rest = Fma(d, inverse, n.high, hn::Sub(one, inverse));
    rest = Fma(d, inverse, n.low, rest);
    const auto square_inverse = ProductOf(d, inverse, inverse);
    const V more = Fma(d, square_inverse.high, hn::Add(rest, rest), square_inverse.low);
    const V e = FmaNegated(d, h.high, hn::Add(lower, lower), lower);
    slope = hn::Mul(Fma(d, e, square_inverse.high, hn::Mul(e, more)), raised);
    const V value = Fma(d, n.high, inverse, hn::Mul(inverse, Fma(d, n.high, rest, n.low)));
    return hn::CopySign(value, z);
  }

  // From e = e^(-2|z|) = 2^k (1 - 2 h), kRaise times as large: n = 1 - e rises and 1 + e = 2 - n
  // falls, so the product of n and the inverse rises. With share = 2 e / (1 + e) = 1 - tanh |z| the
  // slope is share (2 - share), less wrong than share.
  template <class D, class V>
  static HWY_INLINE V EvalFastest(D d, V z, V& slope) {
    // (1 - e^(-2 w)) / 2 = w + w^2 q: kFloatExpm1Series of -2 w.
    static constexpr float kSeries[] = {-0x1.fffffep-1f, 0x1.5554bp-1f, -0x1.555716p-2f,
                                        0x1.122796p-3f, -0x1.6b7354p-5f};
    const V up = hn::Set(d, kRaise);
    const auto fall = FloatSplit<-2, 32>(d, FloatAtMost(d, hn::Abs(z), 54.0f));
    const V w = fall.rest, scale = fall.scale, twice = hn::Add(scale, scale);
    const V h = Fma(d, hn::Mul(w, w), Horner(d, w, kSeries), w);
    const V n = Fma(d, twice, h, hn::Sub(up, scale));
    const V inverse = hn::Div(hn::Set(d, 1.0f), hn::Sub(hn::Set(d, 2.0f * kRaise), n));
    const V share = hn::Mul(FmaNegated(d, twice, h, scale), hn::Add(inverse, inverse));
    slope = FmaNegated(d, share, share, hn::Add(share, share));
    return hn::CopySign(hn::Mul(n, inverse), z);
  }
};

/// The arc tangent: from -pi/2 to pi/2.
struct Arctan {
  using Lane = double;
  template <class T>
  static T Value(T z) {
    using std::atan;
    return atan(z);
  }
  template <class T>
  static T Slope(T z) {
    return 1 / (1 + z * z);
  }
  static constexpr HardCase kHardValues[] = {{0x1.1ad646p-4, 0x1.1a6386p-4}};
  static constexpr ActivationInfo kInfo = {
      .name = "arctan",
      .aliases = "atan",
      .summary = "arc tangent: from -pi/2 to pi/2, saturates slowly",
      .formula = R"(\arctan z)",
      .slope_formula = R"(\frac{1}{1 + z^2})",
      .source = "-",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .fast_max_ulp = 1.3,
      .fast_slope_max_ulp = 1.5,
      .initializer = "glorot_uniform",
      .hard_values = kHardValues,
  };

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V one = hn::Set(d, 1.0);
    slope = hn::Div(one, Fma(d, z, z, one));
    const V x = hn::Abs(z);
    return hn::CopySign(PatchHardCases(d, x, kHardValues, ArcTangent(d, x)), z);
  }

  // With x = |z|: 1 / (1 + x^2) and, beyond 1, 1 / x by one division.
  static constexpr std::array<double, 13> kQuickSeries = {
      -0x1.5555554e4cadap-2, 0x1.99999515d1abbp-3, -0x1.2491c6b461431p-3, 0x1.c70d7ea0e3c4p-4,
      -0x1.73da4333ee5f9p-4, 0x1.38283004e2716p-4, -0x1.0588843667e9fp-4, 0x1.a057b670eddc4p-5,
      -0x1.24ee967229556p-5, 0x1.4ded3a84d37e6p-6, -0x1.16956d6b033ap-7,  0x1.271e25cf9ee6fp-9,
      -0x1.25a6c4d11ac7ap-12};
  static constexpr QuickInputs kQuickInputs = {.above = -0x1p60f, .below = 0x1p60f};
  template <class D, class V>
  static HWY_INLINE V EvalQuick(D d, V z, V& slope) {
    const V one = hn::Set(d, 1.0), x = hn::Abs(z);
    const auto far = hn::Gt(x, one);
    const V by = hn::IfThenElse(far, x, one), more = Fma(d, x, x, one);
    const V inverse = hn::Div(one, hn::Mul(by, more));
    slope = hn::Mul(by, inverse);
    const V t = hn::IfThenElse(far, hn::Mul(more, inverse), x), square = hn::Mul(t, t);
    const V arc = Fma(d, hn::Mul(t, square), QuickPolynomial(d, square, kQuickSeries), t);
    const V quarter = hn::Set(d, 0x1.921fb54442d18p+0);
    return hn::CopySign(hn::IfThenElse(far, hn::Sub(quarter, arc), arc), z);
  }

  // Beyond 1 by t = 1 / |z|, arctan |z| = pi/2 - arctan t.
  template <class D, class V>
  static HWY_INLINE V EvalFast(D d, V z, V& slope) {
    static constexpr float kSeries[] = {0x1.9991ecp-3f,  -0x1.24211ap-3f, 0x1.c0946cp-4f,
                                        -0x1.5825f2p-4f, 0x1.da9c2ep-5f,  -0x1.fe7d24p-6f,
                                        0x1.6551e2p-7f,  -0x1.d5a1aap-10f};
    const V one = hn::Set(d, 1.0f);
    const V x = hn::Abs(z);
    const auto far = hn::Gt(x, one);
    const V t = hn::IfThenElse(far, hn::Div(one, x), x);
    const V square = hn::Mul(t, t);
    const V q = Fma(d, square, Polynomial(d, square, kSeries), hn::Set(d, -0x1.55553ep-2f));
    const V series = hn::Mul(hn::Mul(t, square), q);
    const auto beyond = SumOfOrdered(hn::Set(d, 0x1.921fb6p+0f), hn::Neg(t));
    // What the quotient lacks, as far as it is seen: the slope is at most 1.
    const V lost = hn::Mul(FmaNegated(d, t, FloatAtMost(d, x, 0x1p30f), one), t);
    const V less = hn::Add(series, hn::Add(lost, hn::Set(d, 0x1.777a5cp-25f)));
    const V low = hn::Sub(beyond.low, less);
    // Its square would overflow long before nothing is left of the slope.
    const V down = hn::IfThenElse(hn::Gt(x, hn::Set(d, 0x1p60f)), hn::Set(d, 0x1p-44f), one);
    const V y = hn::Mul(x, down);
    slope = hn::Mul(hn::Mul(hn::Div(one, Fma(d, y, y, one)), down), down);
    return hn::CopySign(hn::IfThenElse(far, hn::Add(beyond.high, low), hn::Add(t, series)), z);
  }
};

/// The family, in the order of tables and of plots.
using SigmoidalList = OpList<Sigmoid, HardSigmoid, LogSigmoid, Tanh, HardTanh, Softsign, Arctan>;

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
