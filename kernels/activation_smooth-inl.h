/// @file
/// Activations that are the input times a gate, and bumps.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/activation.h"
#include "kernels/op_list.h"

#if defined(LANEGRAD_KERNELS_ACTIVATION_SMOOTH_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_ACTIVATION_SMOOTH_INL_H_
#undef LANEGRAD_KERNELS_ACTIVATION_SMOOTH_INL_H_
#else
#define LANEGRAD_KERNELS_ACTIVATION_SMOOTH_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/activation_float-inl.h"
#include "kernels/activation_gelu-inl.h"
#include "kernels/activation_parts-inl.h"
#include "kernels/activation_quick-inl.h"
#include "kernels/elementary-inl.h"
#include "kernels/exact-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// The input times its own sigmoid (swish): smooth, and not monotonic.
struct Silu {
  using Lane = double;
  // Far left the quotient is 0 times infinity by way of e^-z; its limit is -0.
  template <class T>
  static T Value(T z) {
    using std::exp;
    return z < -750 ? T(-0.0) : T(z / (1 + exp(-z)));
  }
  template <class T>
  static T Slope(T z) {
    using std::exp;
    if (z > 750) return T(1);
    if (z < -750) return T(-0.0);
    const T e = exp(-z);
    return (1 + e + z * e) / ((1 + e) * (1 + e));
  }
  static constexpr HardCase kHardSlopes[] = {{-0x1.4749c4p+0, -0x1.178e94p-20}};
  static constexpr ActivationInfo kInfo = {
      .name = "silu",
      .proper = "SiLU",
      .aliases = "swish",
      .summary = "sigmoid linear unit (swish): the input times its sigmoid",
      .formula = R"(z\, \sigma(z))",
      .slope_formula = R"(\sigma(z)\, (1 + z\, \sigma(-z)))",
      .source = "Elfwing, Uchibe and Doya 2018; Ramachandran, Zoph and Le 2017",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .fast_max_ulp = 1.0,
      .fast_slope_max_ulp = 1.6,
      .initializer = "he_uniform",
      .hard_slopes = kHardSlopes,
  };

  // Beyond 180 either factor has made up its mind; cut there, infinity times zero
  // does not come up.
  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V low = AtLeast(d, z, -180.0);
    const auto logistic = EvalLogistic(d, ClampMagnitudeFromBelow(d, z));
    const V inner = Fma(d, AtMost(d, low, 180.0), logistic.c, hn::Set(d, 1.0));
    slope = BreakTieTowardsHalf(d, z, hn::Mul(logistic.s, inner));
    slope = PatchHardCases(d, z, kHardSlopes, slope);  // beside its root
    return hn::Mul(low, logistic.s);
  }

  // s + z s (1 - s).
  static constexpr QuickInputs kQuickInputs = {
      .above = -80.0f, .below = 80.0f, .tiny = false, .root = -0x1.4749c4p+0f};
  template <class D, class V>
  static HWY_INLINE V EvalQuick(D d, V z, V& slope) {
    const V one = hn::Set(d, 1.0);
    const auto e = EvalQuickExp<-1>(d, z, kExpSeriesOfGates);
    const V s = hn::Div(one, Fma(d, e.scale, e.series, one));
    const V value = hn::Mul(z, s);
    slope = Fma(d, value, hn::Sub(one, s), s);
    return value;
  }

  static constexpr FloatRoot<4> kRoot = {
      -0x1.474974p+0f,
      0x1.bdf6fap-27f,
      0.145f,
      0x1.be141p-3f,
      {0x1.2c5634p-3f, 0x1.35403ap-6f, -0x1.f2be2ep-7f, -0x1.b0b9b6p-8f}};
  template <class D, class V>
  static HWY_INLINE V EvalFast(D d, V z, V& slope) {
    const V x = FloatFall(d, z), one = hn::Set(d, 1.0f), lower = hn::Set(d, kLower);
    const auto logistic = EvalFloatLogistic(d, FloatExp(d, x));
    const auto gate = logistic.RaisedLower(d);
    const V product = hn::Mul(Fma(d, x, gate.high, hn::Mul(x, gate.low)), lower);
    // 1 + x sigma(-x), which cancels only where NearRoot() has its place.
    const V inner = Fma(d, x, logistic.inverse, one);
    const V inner_low = hn::Mul(hn::Mul(x, logistic.inverse), logistic.rest);
    const V fall = hn::Mul(ProductOfSums(d, gate, {inner, inner_low}), lower);
    return OfFall(d, z, hn::Lt(z, hn::Zero(d)), NearRoot(d, x, kRoot, fall), product, slope);
  }
};

/// silu with a hard sigmoid for the sigmoid.
struct HardSwish {
  using Lane = double;
  template <class T>
  static T Value(T z) {
    return z <= -3 ? T(-0.0) : z >= 3 ? z : T(z * (z + 3) / 6);
  }
  template <class T>
  static T Slope(T z) {
    return z <= -3 ? T(0) : z >= 3 ? T(1) : T((2 * z + 3) / 6);
  }
  static constexpr ActivationInfo kInfo = {
      .name = "hard_swish",
      .aliases = "hardswish",
      .summary = "silu with a hard sigmoid",
      .formula = R"(z \min(1, \max(0, (z + 3) / 6)))",
      .slope_formula = R"([|z| < 3] (2z + 3) / 6 + [z \ge 3])",
      .source = "Howard et al. 2019",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .initializer = "he_uniform",
  };

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V three = hn::Set(d, 3.0);
    const V one = hn::Set(d, 1.0);
    const V inside = hn::Div(Fma(d, hn::Set(d, 2.0), z, three), hn::Set(d, 6.0));
    const V low = hn::IfThenElse(hn::Le(z, hn::Neg(three)), hn::Zero(d), inside);
    slope = hn::IfThenElse(hn::Ge(z, three), one, low);
    const V share =
        hn::Div(hn::Add(ClampMagnitudeFromBelow(d, AtLeast(d, z, -3.0)), three), hn::Set(d, 6.0));
    return hn::IfThenElse(hn::Ge(z, three), z, hn::Mul(AtLeast(d, z, -3.0), share));
  }

  // In float lanes. Of the slope that is enough; of the value a few floats lie so near to the
  // middle between two that it is not.
  using QuickLane = float;
  static constexpr QuickInputs kQuickInputs = {
      .above = -0x1p127f, .below = 0x1p127f, .tiny = false};
  template <class D, class V, class M>
  static HWY_INLINE V EvalQuick(D d, V z, V& slope, M& doubt) {
    const V three = hn::Set(d, 3.0f), one = hn::Set(d, 1.0f);
    const V x = hn::Min(hn::Max(z, hn::Neg(three)), three);
    // Ordered or not: 3 is a multiple of the last digit of 2 x.
    const auto rise = SixthOf(d, SumOfOrdered(three, hn::Add(x, x)));
    const V low = hn::IfThenElseZero(hn::Gt(z, hn::Neg(three)), hn::Add(rise.high, rise.low));
    const auto right = hn::Ge(z, three);
    slope = hn::IfThenElse(right, one, low);
    const auto share = SumOfOrdered(three, x);
    auto product = ProductOf(d, x, share.high);
    product.low = Fma(d, x, share.low, product.low);
    const V value = Rounded(d, SixthOf(d, product), doubt);
    return hn::IfThenElse(right, z, hn::CopySign(value, z));
  }
};

/// The input times the tanh of its softplus.
struct Mish {
  using Lane = double;
  template <class T>
  static T Value(T z) {
    using std::exp;
    if (z > 750) return z;
    if (z < -750) return T(-0.0);
    // tanh(ln(1 + e)) = n / (n + 2), n = e (e + 2), for e = e^z; from e^-z for z > 0.
    if (z > 0) {
      const T e = exp(-z);
      return z * (1 + 2 * e) / (1 + 2 * e + 2 * e * e);
    }
    const T e = exp(z), n = e * (e + 2);
    return z * (n / (n + 2));
  }
  template <class T>
  static T Slope(T z) {
    using std::exp;
    if (z > 750) return T(1);
    if (z < -750) return T(-0.0);
    const T e = exp(z < 40 ? z : T(40)), n = e * (e + 2);
    return n / (n + 2) + 4 * z * e * (e + 1) / ((n + 2) * (n + 2));
  }
  static constexpr HardCase kHardValues[] = {{-0x1.4p-24, -0x1.7ffffep-25}};
  static constexpr HardCase kHardSlopes[] = {{-0x1.31432cp+0, 0x1.beb774p-31}};
  static constexpr ActivationInfo kInfo = {
      .name = "mish",
      .proper = "Mish",
      .summary = "the input times the tanh of its softplus",
      .formula = R"(z \tanh(\ln(1 + e^z)))",
      .slope_formula =
          R"(\frac{n}{n+2} + \frac{4 z e^z (e^z + 1)}{(n+2)^2}, \quad n = e^z (e^z + 2))",
      .source = "Misra 2019",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .fast_max_ulp = 1.0,
      .fast_slope_max_ulp = 3.0,
      .initializer = "he_uniform",
      .hard_values = kHardValues,
      .hard_slopes = kHardSlopes,
  };

  // With e = e^z, tanh(ln(1 + e)) = ((1 + e)^2 - 1) / ((1 + e)^2 + 1) = n / (n + 2),
  // n = e (e + 2): one exponential, and no logarithm. Beyond 40 it is 1.
  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V two = hn::Set(d, 2.0);
    const V low = AtLeast(d, z, -180.0);
    const V x = AtMost(d, low, 40.0);
    const V e = Exp(d, x);
    const V n = hn::Mul(e, hn::Add(e, two));
    const V inverse = hn::Div(hn::Set(d, 1.0), hn::Add(n, two));
    const V share = hn::Mul(n, inverse);
    const V rise = hn::Mul(hn::Mul(hn::Set(d, 4.0), Fma(d, e, e, e)), hn::Mul(inverse, inverse));
    slope = PatchHardCases(d, z, kHardSlopes, Fma(d, x, rise, share));  // beside its root
    return PatchHardCases(d, z, kHardValues, hn::Mul(low, share));
  }

  // With q = 1 / (n + 2) the rise is 4 z q (n - e) q, and n q - e q = (n - e) q.
  static constexpr QuickInputs kQuickInputs = {
      .above = -80.0f, .below = 80.0f, .tiny = false, .root = -0x1.31432cp+0f};
  template <class D, class V>
  static HWY_INLINE V EvalQuick(D d, V z, V& slope) {
    const V two = hn::Set(d, 2.0);
    const auto parts = EvalQuickExp<1>(d, z, kExpSeriesOfGates);
    const V e = hn::Mul(parts.scale, parts.series);
    const V n = hn::Mul(e, hn::Add(e, two));
    const V inverse = hn::Div(hn::Set(d, 1.0), hn::Add(n, two));
    const V share = hn::Mul(n, inverse);
    const V part = hn::Mul(hn::Mul(hn::Set(d, 4.0), inverse), FmaNegated(d, e, inverse, share));
    slope = Fma(d, z, part, share);
    return hn::Mul(z, share);
  }

  // From e = e^-|z|: left of zero n = e (2 + e) and the share is n / (n + 2); right of it
  // n = 1 + 2 e and the share is n / (n + 2 e^2).
  static constexpr FloatRoot<6> kRoot = {-0x1.31432cp+0f,
                                         -0x1.a25b08p-29f,
                                         0.25f,
                                         0x1.115accp-2f,
                                         {0x1.a34a26p-3f, 0x1.574892p-5f, -0x1.4c2b0cp-6f,
                                          -0x1.011118p-6f, -0x1.ac73b2p-9f, -0x1.296ffcp-12f}};
  // From e = e^-|z|. With
  //
  //     left of zero   n = e (2 + e),   below = 2 + n,
  //     right of it    n = 2 e e,       below = 1 + 2 e + n
  //
  // n / below is the share that is left of z, or that is lost. Its slope left of zero is
  //
  //     e (4 (1 + z) (1 + e) + e (below + 2 e)) / below^2;
  //
  // and right of it lacks e e (4 (1 - z) (1 + e) + 4 e e - 2) / below^2 of 1.
  template <class D, class V>
  static HWY_INLINE V EvalFast(D d, V z, V& slope) {
    const V one = hn::Set(d, 1.0f), two = hn::Set(d, 2.0f), four = hn::Set(d, 4.0f);
    const V x = FloatFall(d, z), lower = hn::Set(d, kLower);
    const auto left = hn::Lt(z, hn::Zero(d));
    const auto parts = FloatExp(d, x);
    const auto sum = parts.Scaled(one);
    const V scale = hn::Mul(parts.raised, lower);
    const V e = hn::Mul(sum.high, scale), e_low = hn::Mul(sum.low, scale);
    // below = start + e step, step = 2 + times e.
    const V times = hn::IfThenElse(left, one, two), start = hn::Sub(hn::Set(d, 3.0f), times);
    auto step = FmaSum(d, times, e, two);
    const V more = hn::Mul(times, e), more_low = hn::Mul(times, e_low);
    step.low = hn::Add(step.low, more_low);
    auto below = FmaSum(d, e, step.high, start);
    below.low = Fma(d, e_low, step.high, Fma(d, e, step.low, below.low));
    const V inverse = hn::Div(one, below.high);
    const V rest = FmaNegated(d, below.low, inverse, FmaNegated(d, below.high, inverse, one));
    const V by = hn::IfThenElse(left, step.high, more);
    auto n = ProductOf(d, sum.high, by);
    n.low = Fma(d, sum.high, hn::IfThenElse(left, step.low, more_low), n.low);
    n.low = Fma(d, sum.low, by, n.low);
    auto share = ProductOf(d, inverse, n.high);
    share.low = Fma(d, inverse, Fma(d, n.high, rest, n.low), share.low);
    const V raised = parts.raised;
    const V part = Fma(d, x, share.high, hn::Mul(x, share.low));
    const V product = hn::Or(hn::Mul(hn::Mul(part, raised), lower), hn::Set(d, -0.0f));
    const V next = hn::IfThenElse(left, Fma(d, two, e, below.high), hn::Mul(four, e));
    const V p = Fma(d, x, four, four), last = hn::IfThenElseZero(hn::Not(left), two);
    const V inside = Fma(d, e, next, hn::Sub(Fma(d, p, e, p), last));
    const V power = hn::IfThenElse(left, sum.high, hn::Mul(sum.high, e));
    auto square = ProductOf(d, inverse, inverse);
    square.low = Fma(d, square.high, hn::Add(rest, rest), square.low);
    auto whole = ProductOf(d, inside, power);
    whole.low =
        Fma(d, inside, sum.low, whole.low);  // far too much on the right, where it is nothing
    const V fall = hn::Mul(hn::Mul(ProductOfSums(d, whole, square), raised), lower);
    return OfFall(d, z, left, NearRoot(d, z, kRoot, fall), product, slope);
  }
};

/// The bell curve: the one activation that is largest where its input is zero.
struct Gaussian {
  using Lane = double;
  template <class T>
  static T Value(T z) {
    using std::exp;
    return exp(-z * z);
  }
  template <class T>
  static T Slope(T z) {
    using std::exp;
    return z > 1000 ? T(-0.0) : z < -1000 ? T(0) : T(-2 * z * exp(-z * z));
  }
  static constexpr HardCase kHardValues[] = {{0x1.d9f6ecp+0, 0x1.09e7eap-5}};
  static constexpr ActivationInfo kInfo = {
      .name = "gaussian",
      .proper = "Gaussian",
      .summary = "bell curve: largest at zero, local",
      .formula = R"(e^{-z^2})",
      .slope_formula = R"(-2 z e^{-z^2})",
      .source = "Broomhead and Lowe 1988",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .fast_max_ulp = 1.0,
      .fast_slope_max_ulp = 2.0,
      .initializer = "lecun_uniform",
      .hard_values = kHardValues,
  };

  // z^2 is exact in double. Beyond 15 nothing is left of it.
  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V x = AtMost(d, AtLeast(d, z, -15.0), 15.0);
    const V value = Exp(d, hn::Neg(hn::Mul(x, x)));
    slope = hn::Mul(hn::Mul(hn::Set(d, -2.0), x), value);
    return PatchHardCases(d, hn::Abs(z), kHardValues, value);
  }

  static constexpr QuickInputs kQuickInputs = {.above = -9.0f, .below = 9.0f};
  template <class D, class V>
  static HWY_INLINE V EvalQuick(D d, V z, V& slope) {
    const auto parts = EvalQuickExp<-1>(d, hn::Mul(z, z), kExpSeries);
    const V value = hn::Mul(parts.scale, parts.series);
    slope = hn::Mul(hn::Mul(hn::Set(d, -2.0), z), value);
    return value;
  }

  template <class D, class V>
  static HWY_INLINE V EvalFast(D d, V z, V& slope) {
    const V x = FloatAtMost(d, FloatAtLeast(d, z, -10.4f), 10.4f);
    const auto square = ProductOf(d, hn::Neg(x), x);
    const auto parts = FloatExp(d, square.high, square.low);
    const V e = parts.Sum(), lower = hn::Set(d, kLower);
    slope = hn::Mul(hn::Mul(hn::Mul(hn::Mul(hn::Set(d, -2.0f), x), e), parts.raised), lower);
    return hn::Mul(e, hn::Mul(parts.raised, lower));
  }
};

/// The activations of this file, in the order of tables and of plots.
using SmoothList = OpList<Silu, HardSwish, Gelu, GeluTanh, Mish, Gaussian>;

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
