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
#include "kernels/activation_mish-inl.h"
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
      .fastest_max_ulp = 3.0,
      .fastest_slope_max_ulp = 3.8,
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

  // From x = |z| = root + t, where root is that of the slope left of zero. There it is
  //
  //     lower (1 - x upper) = lower (lower (1 + t - e^t) - t),    lower = 1 / (1 + e^root e^t),
  //
  // since e^root (root - 1) = 1; and t is more than the rest, which falls like its square: nothing
  // cancels. What may be large is 2^-40 times as large. The factor of both parts of the quotient
  // makes roundings small where that matters.
  static constexpr float kFactor = 0.84f;
  template <class D, class V>
  static HWY_INLINE V EvalFastest(D d, V z, V& slope) {
    // The root, of which so few digits are taken first that x less them is exact.
    constexpr float kHigh = 0x1.47498p0f, kLow = -0x1.86f7dcp-21f;
    constexpr float kPower = static_cast<float>(3.59112147666862213664922L * kFactor);  // e^root
    const V down = hn::Set(d, 0x1p-40f), x = FloatAtMost(d, hn::Abs(z), kFloatExpEnd);
    const V far = hn::Sub(x, hn::Set(d, kHigh)), t = hn::Sub(far, hn::Set(d, kLow));
    const auto rise = FloatSplit<1, -40>(d, far, hn::Set(d, -kLow));
    const V r = rise.rest, scale = rise.scale, power = hn::Mul(scale, hn::Set(d, kPower));
    const V q = Fma(d, hn::Mul(r, r), Horner(d, r, kFloatExpm1Series), r);
    const V below = hn::Add(Fma(d, power, q, power), hn::Set(d, kFactor * 0x1p-40f));
    const V raised = hn::Div(hn::Set(d, kFactor), below);          // 2^40 lower
    const V less = FmaNegated(d, scale, q, hn::Sub(down, scale));  // 2^-40 (1 - e^t)
    const V inner = FmaMinus(d, Fma(d, t, down, less), raised, t);
    const V fall = hn::Mul(hn::Mul(inner, raised), down);
    const V product = hn::Mul(hn::Mul(x, raised), hn::Neg(down));
    return OfFall(d, z, hn::Lt(z, hn::Zero(d)), fall, product, slope);
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
