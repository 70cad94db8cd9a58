/// @file
/// Activations that pass positive inputs on and hold negative ones back.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/activation.h"
#include "kernels/op_list.h"

#if defined(LANEGRAD_KERNELS_ACTIVATION_RECTIFIER_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_ACTIVATION_RECTIFIER_INL_H_
#undef LANEGRAD_KERNELS_ACTIVATION_RECTIFIER_INL_H_
#else
#define LANEGRAD_KERNELS_ACTIVATION_RECTIFIER_INL_H_
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

/// The rectifier. Its slope at zero is a convention: we take 0.
// [relu]
struct Relu {
  using Lane = float;
  template <class T>
  static T Value(T z) {
    return z < 0 ? T(0) : z;
  }
  template <class T>
  static T Slope(T z) {
    return z > 0 ? T(1) : z <= 0 ? T(0) : z;
  }
  static constexpr ActivationInfo kInfo = {
      .name = "relu",
      .proper = "ReLU",
      .aliases = "rectifier",
      .summary = "rectifier: negative inputs become zero",
      .formula = R"(\max(0, z))",
      .slope_formula = R"([z > 0])",
      .source = "Nair and Hinton 2010",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .initializer = "he_uniform",
  };

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V zero = hn::Zero(d);
    slope = BySign(d, z, hn::Set(d, 1.0f), zero);
    return hn::IfThenElse(hn::Lt(z, zero), zero, z);
  }
};
// [relu]

/// A rectifier with a ceiling.
struct Relu6 {
  using Lane = float;
  template <class T>
  static T Value(T z) {
    return z < 0 ? T(0) : z > 6 ? T(6) : z;
  }
  template <class T>
  static T Slope(T z) {
    return z > 0 && z < 6 ? T(1) : T(0);
  }
  static constexpr ActivationInfo kInfo = {
      .name = "relu6",
      .proper = "ReLU6",
      .summary = "rectifier with a ceiling at 6",
      .formula = R"(\min(6, \max(0, z)))",
      .slope_formula = R"([0 < z < 6])",
      .source = "Krizhevsky 2010",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .initializer = "he_uniform",
  };

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V zero = hn::Zero(d);
    const V six = hn::Set(d, 6.0f);
    const V below = hn::IfThenElse(hn::Lt(z, six), hn::Set(d, 1.0f), zero);
    slope = BySign(d, z, below, zero);
    const V low = hn::IfThenElse(hn::Lt(z, zero), zero, z);
    return hn::IfThenElse(hn::Gt(low, six), six, low);
  }
};

/// A rectifier that leaks, so that no unit is dead for good.
struct LeakyRelu {
  using Lane = float;
  template <class T>
  static T Value(T z, T leak) {
    return z < 0 ? T(leak * z) : z;
  }
  template <class T>
  static T Slope(T z, T leak) {
    return z > 0 ? T(1) : z <= 0 ? leak : z;
  }
  static constexpr ActivationInfo kInfo = {
      .name = "leaky_relu",
      .proper = "leaky ReLU",
      .aliases = "lrelu",
      .summary = "rectifier that lets a share of negative inputs through",
      .formula = R"(\max(\alpha z, z))",
      .slope_formula = R"([z > 0] + \alpha\,[z \le 0])",
      .source = "Maas, Hannun and Ng 2013",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .initializer = "he_uniform",
      .parameter = {.name = "alpha",
                    .summary = "share of negative inputs that passes",
                    .default_value = 0.01f,
                    .min = 0.0f,
                    .max = 1.0f},
  };

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V alpha, V& slope) {
    slope = BySign(d, z, hn::Set(d, 1.0f), alpha);
    return hn::IfThenElse(hn::Lt(z, hn::Zero(d)), hn::Mul(alpha, z), z);
  }
};

/// Exponential linear unit: saturates at -alpha; with alpha 1 it is smooth in
/// value and slope at zero.
struct Elu {
  using Lane = double;
  template <class T>
  static T Value(T z, T alpha) {
    using std::expm1;
    return z > 0 ? z : T(alpha * expm1(z));
  }
  template <class T>
  static T Slope(T z, T alpha) {
    using std::exp;
    return z > 0 ? T(1) : T(alpha * exp(z));
  }
  static constexpr ActivationInfo kInfo = {
      .name = "elu",
      .proper = "ELU",
      .summary = "exponential linear unit: saturates softly",
      .formula = R"([z > 0]\, z + [z \le 0]\, \alpha (e^z - 1))",
      .slope_formula = R"([z > 0] + [z \le 0]\, \alpha e^z)",
      .source = "Clevert, Unterthiner and Hochreiter 2016",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .fast_max_ulp = 1.1,
      .fast_slope_max_ulp = 1.6,
      .initializer = "he_uniform",
      .parameter = {.name = "alpha",
                    .summary = "its negative is the value far to the left",
                    .default_value = 1.0f,
                    .min = 0.0f,
                    .max = 100.0f},
  };

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V alpha, V& slope) {
    const auto e = EvalExponential(d, AtMost(d, z, 0.0));
    slope = BySign(d, z, hn::Set(d, 1.0), hn::Mul(alpha, e.e));
    return BySign(d, z, z, hn::CopySign(hn::Mul(alpha, e.e_minus_1), z));
  }

  static constexpr QuickInputs kQuickInputs = {
      .above = -60.0f, .below = 0x1p127f, .tiny = false, .least_parameter = 0x1p-20f};
  template <class D, class V>
  static HWY_INLINE V EvalQuick(D d, V z, V alpha, V& slope) {
    const auto right = hn::Gt(z, hn::Zero(d));
    const auto e = EvalQuickFall(d, hn::Abs(z));
    slope = hn::IfThenElse(right, hn::Set(d, 1.0), hn::Mul(alpha, e.Exp(d)));
    return hn::IfThenElse(right, z, hn::CopySign(hn::Mul(alpha, e.OneLess(d)), z));
  }

  template <class D, class V>
  static HWY_INLINE V EvalFast(D d, V z, V alpha, V& slope) {
    const V one = hn::Set(d, 1.0f), x = FloatAtLeast(d, FloatAtMost(d, z, 0.0f), -109.0f);
    V e = one;
    const auto less = FloatExpm1(d, e, x);
    slope = hn::IfThenElse(hn::Gt(z, hn::Zero(d)), one, hn::Mul(alpha, e));
    const V left = Fma(d, alpha, less.high, hn::Mul(alpha, less.low));
    return hn::IfThenElse(hn::Gt(z, hn::Zero(d)), z, hn::CopySign(left, z));
  }
};

/// The exponential linear unit scaled so that mean 0 and variance 1 are a fixed
/// point through layers. The constants are those of the paper's equation 14.
struct Selu {
  using Lane = double;
  static constexpr long double kScale = 1.0507009873554804934193349852946L;
  static constexpr long double kAlpha = 1.6732632423543772848170429916717L;
  template <class T>
  static T Value(T z) {
    using std::expm1;
    return T(kScale) * (z > 0 ? z : T(kAlpha * expm1(z)));
  }
  template <class T>
  static T Slope(T z) {
    using std::exp;
    return T(kScale) * (z > 0 ? T(1) : T(kAlpha * exp(z)));
  }
  static constexpr ActivationInfo kInfo = {
      .name = "selu",
      .proper = "SELU",
      .summary = "scaled exponential linear unit: keeps mean 0 and variance 1",
      .formula = R"(1.0507\ldots\, ([z > 0]\, z + [z \le 0]\, 1.6732\ldots\, (e^z - 1)))",
      .slope_formula = R"(1.0507\ldots\, ([z > 0] + [z \le 0]\, 1.6732\ldots\, e^z))",
      .source = "Klambauer, Unterthiner, Mayr and Hochreiter 2017",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .fast_max_ulp = 1.1,
      .fast_slope_max_ulp = 2.0,
      .initializer = "lecun_uniform",
  };

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const auto e = EvalExponential(d, AtMost(d, z, 0.0));
    const V scale = hn::Set(d, static_cast<double>(kScale));
    const V product = hn::Set(d, static_cast<double>(kScale * kAlpha));
    slope = BySign(d, z, scale, hn::Mul(product, e.e));
    return BySign(d, z, hn::Mul(scale, z), hn::CopySign(hn::Mul(product, e.e_minus_1), z));
  }

  static constexpr QuickInputs kQuickInputs = {.above = -60.0f, .below = 0x1p127f, .tiny = false};
  template <class D, class V>
  static HWY_INLINE V EvalQuick(D d, V z, V& slope) {
    const V scale = hn::Set(d, static_cast<double>(kScale));
    const V left = hn::Set(d, static_cast<double>(kScale * kAlpha));
    const auto right = hn::Gt(z, hn::Zero(d));
    const auto e = EvalQuickFall(d, hn::Abs(z));
    slope = hn::IfThenElse(right, scale, hn::Mul(left, e.Exp(d)));
    const V less = hn::Mul(left, e.OneLess(d));
    return hn::CopySign(hn::IfThenElse(right, hn::Mul(scale, z), less), z);
  }

  template <class D, class V>
  static HWY_INLINE V EvalFast(D d, V z, V& slope) {
    constexpr float kHigh = static_cast<float>(kScale * kAlpha),
                    kScaleHigh = static_cast<float>(kScale);
    constexpr float kLow = static_cast<float>(kScale * kAlpha - kHigh),
                    kScaleLow = static_cast<float>(kScale - kScaleHigh);
    const V x = FloatAtLeast(d, FloatAtMost(d, z, 0.0f), -109.0f);
    const V high = hn::Set(d, kHigh), low = hn::Set(d, kLow), scale = hn::Set(d, kScaleHigh);
    const auto right = hn::Gt(z, hn::Zero(d));
    V e = scale;
    auto less = FloatExpm1(d, e, x);
    less = SumOfOrdered(less.high, less.low);
    slope = hn::IfThenElse(right, scale, hn::Mul(high, e));
    const V left = Fma(d, high, less.high, Fma(d, low, less.high, hn::Mul(high, less.low)));
    return hn::IfThenElse(right,
                          Fma(d, scale, z, hn::Mul(hn::Set(d, kScaleLow), AtMost(d, z, 0x1p127))),
                          hn::CopySign(left, z));
  }
};

/// An exponential linear unit of another length, smooth in its slope; with alpha 1 it is elu.
struct Celu {
  using Lane = double;
  template <class T>
  static T Value(T z, T alpha) {
    using std::expm1;
    return z > 0 ? z : T(alpha * expm1(z / alpha));
  }
  template <class T>
  static T Slope(T z, T alpha) {
    using std::exp;
    return z > 0 ? T(1) : T(exp(z / alpha));
  }
  static constexpr ActivationInfo kInfo = {
      .name = "celu",
      .proper = "CELU",
      .summary = "exponential linear unit that is smooth for every alpha",
      .formula = R"([z > 0]\, z + [z \le 0]\, \alpha (e^{z/\alpha} - 1))",
      .slope_formula = R"([z > 0] + [z \le 0]\, e^{z/\alpha})",
      .source = "Barron 2017",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .fast_max_ulp = 1.6,
      .fast_slope_max_ulp = 1.1,
      .initializer = "he_uniform",
      .parameter = {.name = "alpha",
                    .summary = "its negative is the value far to the left",
                    .default_value = 2.0f,
                    .min = 0.01f,
                    .max = 100.0f},
  };

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V alpha, V& slope) {
    const auto e = EvalExponential(d, hn::Div(AtMost(d, z, 0.0), alpha));
    slope = BySign(d, z, hn::Set(d, 1.0), e.e);
    return BySign(d, z, z, hn::CopySign(hn::Mul(alpha, e.e_minus_1), z));
  }

  // What the quotient lacks is added beside what is left of it; where |z / alpha| is below 2^-24,
  // it is lost there, and another rounding follows. With alpha a power of two it lacks nothing.
  template <class D, class V>
  static HWY_INLINE V EvalFast(D d, V z, V alpha, V& slope) {
    const V one = hn::Set(d, 1.0f), below = FloatAtMost(d, z, 0.0f);
    const V x = FloatAtLeast(d, hn::Div(below, alpha), -109.0f);
    const V low = FloatAtLeast(d, hn::Div(FmaNegated(d, x, alpha, below), alpha), -0x1p-17f);
    V e = one;
    auto less = FloatExpm1(d, e, x, low);
    less = SumOfOrdered(less.high, less.low);
    const auto right = hn::Gt(z, hn::Zero(d));
    slope = hn::IfThenElse(right, one, e);
    const V left = Fma(d, alpha, less.high, hn::Mul(alpha, less.low));
    return hn::IfThenElse(right, z, hn::CopySign(left, z));
  }
};

/// The smooth rectifier; its slope is the sigmoid.
struct Softplus {
  using Lane = double;
  template <class T>
  static T Value(T z) {
    using std::exp, std::log1p;
    return z > 0 ? T(z + log1p(exp(-z))) : T(log1p(exp(z)));
  }
  template <class T>
  static T Slope(T z) {
    using std::exp;
    return 1 / (1 + exp(-z));
  }
  static constexpr HardCase kHardValues[] = {{0x1.d483ap-12, 0x1.63017ap-1}};
  static constexpr ActivationInfo kInfo = {
      .name = "softplus",
      .summary = "smooth rectifier, everywhere above zero",
      .formula = R"(\ln(1 + e^z))",
      .slope_formula = R"(\sigma(z))",
      .source = "Dugas, Bengio, Belisle, Nadeau and Garcia 2001",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .fast_max_ulp = 1.1,
      .fast_slope_max_ulp = 1.0,
      .initializer = "he_uniform",
      .hard_values = kHardValues,
  };

  // ln(1 + e^z) = max(z, 0) + ln(1 + e^-|z|) never overflows.
  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V one = hn::Set(d, 1.0);
    const V e = Exp(d, hn::Neg(hn::Abs(z)));
    const V sure = hn::Div(one, hn::Add(one, e));
    slope = BreakTieTowardsHalf(d, z, BySign(d, z, sure, hn::Mul(e, sure)));
    const V value = hn::Add(BySign(d, z, z, hn::Zero(d)), Log1p(d, e));
    return PatchHardCases(d, z, kHardValues, value);
  }

  static constexpr QuickInputs kQuickInputs = {.above = -80.0f, .below = 80.0f};
  template <class D, class V>
  static HWY_INLINE V EvalQuick(D d, V z, V& slope) {
    const auto parts = EvalQuickSoftplus(d, z);
    const auto right = hn::Gt(z, hn::Zero(d));
    slope = hn::IfThenElse(right, parts.more, parts.less);
    return hn::Add(hn::IfThenElse(right, z, hn::Zero(d)), parts.log);
  }

  template <class D, class V>
  static HWY_INLINE V EvalFast(D d, V z, V& slope) {
    const auto parts = FloatExp(d, FloatFall(d, z));
    const auto logistic = EvalFloatLogistic(d, parts);
    const auto left = hn::Lt(z, hn::Zero(d));
    slope = hn::IfThenElse(left, logistic.Lower(d), logistic.Upper(d));
    const auto e = parts.Scaled(hn::Mul(parts.raised, hn::Set(d, kLower)));
    return FloatLog1p(d, e, hn::IfThenElse(left, hn::Zero(d), z));
  }
};

/// The activations of this file, in the order of tables and of plots.
using RectifierList = OpList<Relu, Relu6, LeakyRelu, Elu, Selu, Celu, Softplus>;

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
