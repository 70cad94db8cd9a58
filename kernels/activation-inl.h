/// @file
/// The activations, one struct each; the list at the foot is the catalogue.
///
/// An Eval works on one register and returns value and slope together: they share
/// the exponential, and the backward pass is then one product. `Lane` says in what
/// precision it works. Float is for what is exact there; all else reads a float,
/// computes in double and is rounded once, hence the same bits on every target.
///
/// NaN in gives NaN out, for value and slope: a ruined run must not look healthy.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/activation.h"
#include "kernels/op_list.h"

#if defined(LANEGRAD_KERNELS_ACTIVATION_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_ACTIVATION_INL_H_
#undef LANEGRAD_KERNELS_ACTIVATION_INL_H_
#else
#define LANEGRAD_KERNELS_ACTIVATION_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/elementary-inl.h"
#include "kernels/exact-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// x, but at least `low`. A NaN is not below, and passes.
template <class D, class V>
HWY_INLINE V AtLeast(D d, V x, double low) {
  const V bound = hn::Set(d, low);
  return hn::IfThenElse(hn::Lt(x, bound), bound, x);
}
/// x, but at most `high`. A NaN is not above, and passes.
template <class D, class V>
HWY_INLINE V AtMost(D d, V x, double high) {
  const V bound = hn::Set(d, high);
  return hn::IfThenElse(hn::Gt(x, bound), bound, x);
}
/// `positive` where z > 0, `negative` where z <= 0, NaN where z is NaN.
template <class D, class V>
HWY_INLINE V BySign(D d, V z, V positive, V negative) {
  const V zero = hn::Zero(d);
  return hn::IfThenElse(hn::Gt(z, zero), positive,
                        hn::IfThenElse(hn::Le(z, zero), negative, z));
}

/// The logistic sigmoid and its complement: s = 1 / (1 + e^-z), c = 1 - s, both of
/// full relative accuracy. z is cut at -150, below which s is no float.
template <class V>
struct Logistic {
  V s;  ///< sigma(z).
  V c;  ///< sigma(-z).
};
template <class D, class V>
HWY_INLINE Logistic<V> EvalLogistic(D d, V z) {
  const V one = hn::Set(d, 1.0);
  const V e = Exp(d, AtMost(d, hn::Neg(z), 150.0));
  const V s = hn::Div(one, hn::Add(one, e));
  return {s, hn::Mul(e, s)};
}

/// The weighted input itself: a layer with it is linear, and so is any stack of
/// such layers.
struct Identity {
  using Lane = float;
  static double Value(double z) { return z; }
  static double Slope(double z) { return std::isnan(z) ? z : 1.0; }
  static constexpr ActivationInfo kInfo = {
      "identity", "the weighted input itself", "z", "1", "-", &Value, &Slope, 0.5, 0.5,
      "lecun_uniform"};

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    slope = hn::IfThenElse(hn::Eq(z, z), hn::Set(d, 1.0f), z);
    return z;
  }
};

/// The logistic sigmoid. Its slope is at most 1/4, reached at zero, so four such
/// layers shrink a gradient at least 256-fold.
// [sigmoid]
struct Sigmoid {
  using Lane = double;
  static double Value(double z) { return 1.0 / (1.0 + std::exp(-z)); }
  static double Slope(double z) { return Value(z) * Value(-z); }
  static constexpr ActivationInfo kInfo = {
      "sigmoid",
      "logistic sigmoid: from 0 to 1, saturates at both ends",
      R"(\sigma(z) = \frac{1}{1 + e^{-z}})",
      R"(\sigma(z)\, \sigma(-z))",
      "Verhulst 1845; Rumelhart, Hinton and Williams 1986",
      &Value,
      &Slope,
      0.501,
      0.501,
      "glorot_uniform"};

  // The slope is s (1 - s), but 1 - s cancels where s is near 1: the saved output
  // of a saturated unit would give a slope of zero. Its complement does not.
  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const auto logistic = EvalLogistic(d, z);
    slope = hn::Mul(logistic.s, logistic.c);
    return logistic.s;
  }
};
// [sigmoid]

/// The hyperbolic tangent: a sigmoid that is zero at zero.
// [tanh]
struct Tanh {
  using Lane = double;
  static double Value(double z) { return std::tanh(z); }
  static double Slope(double z) { return 1.0 / (std::cosh(z) * std::cosh(z)); }
  static constexpr ActivationInfo kInfo = {
      "tanh",
      "hyperbolic tangent: from -1 to 1, zero at zero, saturates at both ends",
      R"(\tanh z = \frac{e^z - e^{-z}}{e^z + e^{-z}})",
      R"(1 - \tanh^2 z)",
      "LeCun, Bottou, Orr and Mueller 1998",
      &Value,
      &Slope,
      0.501,
      0.501,
      "glorot_uniform"};

  // As written, the quotient overflows beyond 88 in float and cancels near zero.
  // With e = e^(-2|z|), which is at most 1:
  //
  //     tanh |z| = (1 - e) / (1 + e),    1 - tanh^2 z = 4 e / (1 + e)^2
  //
  // and 1 - e comes from the exponential's own tail, which is exact near zero.
  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const auto parts = ExpSplit(d, hn::Mul(hn::Set(d, -2.0), hn::Abs(z)));
    const V one = hn::Set(d, 1.0);
    const V e = Fma(d, parts.scale, parts.tail, parts.scale);
    const V e_minus_1 = Fma(d, parts.scale, parts.tail, hn::Sub(parts.scale, one));
    const V inverse = hn::Div(one, hn::Add(one, e));
    slope = hn::Mul(hn::Mul(hn::Set(d, 4.0), e), hn::Mul(inverse, inverse));
    return hn::CopySign(hn::Mul(e_minus_1, inverse), z);
  }
};
// [tanh]

/// The rectifier. Its slope at zero is a convention: we take 0.
// [relu]
struct Relu {
  using Lane = float;
  static double Value(double z) { return z < 0.0 ? 0.0 : z; }
  static double Slope(double z) { return z > 0.0 ? 1.0 : z <= 0.0 ? 0.0 : z; }
  static constexpr ActivationInfo kInfo = {
      "relu",
      "rectifier: negative inputs become zero",
      R"(\max(0, z))",
      R"([z > 0])",
      "Nair and Hinton 2010",
      &Value,
      &Slope,
      0.5,
      0.5,
      "he_uniform"};

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V zero = hn::Zero(d);
    slope = BySign(d, z, hn::Set(d, 1.0f), zero);
    return hn::IfThenElse(hn::Lt(z, zero), zero, z);
  }
};
// [relu]

/// A rectifier that leaks, so that no unit is dead for good. The leak is the float
/// nearest to 0.01.
struct LeakyRelu {
  using Lane = float;
  static constexpr float kLeak = 0.01f;
  static double Value(double z) { return z < 0.0 ? static_cast<double>(kLeak) * z : z; }
  static double Slope(double z) { return z > 0.0 ? 1.0 : z <= 0.0 ? double{kLeak} : z; }
  static constexpr ActivationInfo kInfo = {
      "leaky_relu",
      "rectifier that lets a hundredth of negative inputs through",
      R"(\max(0.01 z, z))",
      R"([z > 0] + 0.01\,[z \le 0])",
      "Maas, Hannun and Ng 2013",
      &Value,
      &Slope,
      0.5,
      0.5,
      "he_uniform"};

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V leak = hn::Set(d, kLeak);
    slope = BySign(d, z, hn::Set(d, 1.0f), leak);
    return hn::IfThenElse(hn::Lt(z, hn::Zero(d)), hn::Mul(leak, z), z);
  }
};

/// Exponential linear unit: saturates at -1, smooth in value and slope at zero.
struct Elu {
  using Lane = double;
  static double Value(double z) { return z > 0.0 ? z : std::expm1(z); }
  static double Slope(double z) { return z > 0.0 ? 1.0 : std::exp(z); }
  static constexpr ActivationInfo kInfo = {
      "elu",
      "exponential linear unit: saturates softly at -1",
      R"([z > 0]\, z + [z \le 0]\, (e^z - 1))",
      R"([z > 0] + [z \le 0]\, e^z)",
      "Clevert, Unterthiner and Hochreiter 2016",
      &Value,
      &Slope,
      0.501,
      0.501,
      "he_uniform"};

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V one = hn::Set(d, 1.0);
    const auto parts = ExpSplit(d, AtMost(d, z, 0.0));
    const V e = Fma(d, parts.scale, parts.tail, parts.scale);
    const V e_minus_1 = Fma(d, parts.scale, parts.tail, hn::Sub(parts.scale, one));
    slope = BySign(d, z, one, e);
    return BySign(d, z, z, hn::CopySign(e_minus_1, z));
  }
};

/// The smooth rectifier; its slope is the sigmoid.
struct Softplus {
  using Lane = double;
  static double Value(double z) {
    return (z > 0.0 ? z : 0.0) + std::log1p(std::exp(-std::fabs(z)));
  }
  static double Slope(double z) { return Sigmoid::Value(z); }
  static constexpr ActivationInfo kInfo = {
      "softplus",
      "smooth rectifier, everywhere above zero",
      R"(\ln(1 + e^z))",
      R"(\sigma(z))",
      "Dugas, Bengio, Belisle, Nadeau and Garcia 2001",
      &Value,
      &Slope,
      0.501,
      0.501,
      "he_uniform"};

  // ln(1 + e^z) = max(z, 0) + ln(1 + e^-|z|) never overflows.
  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V one = hn::Set(d, 1.0);
    const V e = Exp(d, hn::Neg(hn::Abs(z)));
    const V sure = hn::Div(one, hn::Add(one, e));
    slope = BySign(d, z, sure, hn::Mul(e, sure));
    return hn::Add(BySign(d, z, z, hn::Zero(d)), Log1p(d, e));
  }
};

/// The input times its own sigmoid (swish): smooth, and not monotonic.
struct Silu {
  using Lane = double;
  static double Value(double z) { return z < -750.0 ? -0.0 : z * Sigmoid::Value(z); }
  static double Slope(double z) {
    if (std::fabs(z) > 750.0) return z > 0.0 ? 1.0 : -0.0;
    const long double e = std::exp(static_cast<long double>(-z));
    return static_cast<double>((1.0L + e + z * e) / ((1.0L + e) * (1.0L + e)));
  }
  static constexpr ActivationInfo kInfo = {
      "silu",
      "sigmoid linear unit (swish): the input times its sigmoid",
      R"(z\, \sigma(z))",
      R"(\sigma(z)\, (1 + z\, \sigma(-z)))",
      "Elfwing, Uchibe and Doya 2018; Ramachandran, Zoph and Le 2017",
      &Value,
      &Slope,
      0.501,
      0.52,
      "he_uniform"};

  // Beyond 180 either factor has made up its mind; cut there, infinity times zero
  // does not come up.
  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V low = AtLeast(d, z, -180.0);
    const auto logistic = EvalLogistic(d, z);
    const V inner = Fma(d, AtMost(d, low, 180.0), logistic.c, hn::Set(d, 1.0));
    slope = hn::Mul(logistic.s, inner);
    return hn::Mul(low, logistic.s);
  }
};

/// The input times the chance that a standard normal variate is below it.
struct Gelu {
  using Lane = double;
  static double Value(double z) {
    return z < -40.0 ? -0.0 : z * 0.5 * std::erfc(-z / std::sqrt(2.0));
  }
  static double Slope(double z) {
    if (std::fabs(z) > 40.0) return z > 0.0 ? 1.0 : -0.0;
    const long double x = z;
    const long double density = std::exp(-x * x / 2) / std::sqrt(2 * 3.14159265358979323846L);
    return static_cast<double>(0.5L * std::erfc(-x / std::sqrt(2.0L)) + x * density);
  }
  static constexpr ActivationInfo kInfo = {
      "gelu",
      "Gaussian error linear unit: the input times its normal probability",
      R"(z\, \Phi(z), \quad \Phi(z) = \tfrac12 \operatorname{erfc}(-z / \sqrt 2))",
      R"(\Phi(z) + z\, \varphi(z), \quad \varphi(z) = e^{-z^2/2} / \sqrt{2\pi})",
      "Hendrycks and Gimpel 2016",
      &Value,
      &Slope,
      0.501,
      0.52,
      "he_uniform"};

  // With x = |z|, the tail 1 - Phi(x) = e^(-x^2/2) r(x) keeps its relative accuracy
  // where 1 + erf has none left, below -5. x^2 is exact in double. Beyond 16 the
  // tail is no float.
  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V x = AtMost(d, hn::Abs(z), 16.0);
    const V e = Exp(d, hn::Mul(hn::Set(d, -0.5), hn::Mul(x, x)));
    const V tail = hn::Mul(e, GaussTail(d, x));
    const V phi = BySign(d, z, hn::Sub(hn::Set(d, 1.0), tail), tail);
    const V density = hn::Mul(e, hn::Set(d, 0x1.9884533d43651p-2));  // 1 / sqrt(2 pi)
    slope = Fma(d, hn::CopySign(x, z), density, phi);
    return hn::Mul(AtLeast(d, z, -16.0), phi);
  }
};

/// Every activation there is. Their order is the order of tables and of plots.
using ActivationList =
    OpList<Identity, Sigmoid, Tanh, Relu, LeakyRelu, Elu, Softplus, Silu, Gelu>;

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
