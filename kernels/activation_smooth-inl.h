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
#include "kernels/activation_parts-inl.h"
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
};

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
};

/// The activations of this file, in the order of tables and of plots.
using SmoothList = OpList<Silu, HardSwish, Gelu, GeluTanh, Mish, Gaussian>;

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
