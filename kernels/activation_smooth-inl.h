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
  static double Value(double z) { return z < -750.0 ? -0.0 : z / (1.0 + std::exp(-z)); }
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

/// silu with a hard sigmoid for the sigmoid.
struct HardSwish {
  using Lane = double;
  static double Value(double z) { return z <= -3.0 ? -0.0 : z >= 3.0 ? z : z * (z + 3.0) / 6.0; }
  static double Slope(double z) { return z <= -3.0 ? 0.0 : z >= 3.0 ? 1.0 : (2.0 * z + 3.0) / 6.0; }
  static constexpr ActivationInfo kInfo = {"hard_swish",
                                           "silu with a hard sigmoid",
                                           R"(z \min(1, \max(0, (z + 3) / 6)))",
                                           R"([|z| < 3] (2z + 3) / 6 + [z \ge 3])",
                                           "Howard et al. 2019",
                                           &Value,
                                           &Slope,
                                           0.501,
                                           0.501,
                                           "he_uniform"};

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V three = hn::Set(d, 3.0);
    const V one = hn::Set(d, 1.0);
    const V inside = hn::Div(Fma(d, hn::Set(d, 2.0), z, three), hn::Set(d, 6.0));
    const V low = hn::IfThenElse(hn::Le(z, hn::Neg(three)), hn::Zero(d), inside);
    slope = hn::IfThenElse(hn::Ge(z, three), one, low);
    const V share = hn::Div(hn::Add(AtLeast(d, z, -3.0), three), hn::Set(d, 6.0));
    return hn::IfThenElse(hn::Ge(z, three), z, hn::Mul(AtLeast(d, z, -3.0), share));
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

/// gelu by the approximation that its authors proposed for speed.
struct GeluTanh {
  using Lane = double;
  static constexpr double kInner = 0.79788456080286535587989211986876;  // sqrt(2 / pi)
  static constexpr double kCubic = 0.044715;
  static long double Logistic(long double z) {  // of twice the inner function
    return 1.0L / (1.0L + std::exp(-2.0L * kInner * (z + kCubic * z * z * z)));
  }
  static double Value(double z) {
    return z < -40.0 ? -0.0 : z > 40.0 ? z : static_cast<double>(z * Logistic(z));
  }
  static double Slope(double z) {
    if (std::fabs(z) > 40.0) return z > 0.0 ? 1.0 : -0.0;
    const long double s = Logistic(z), c = Logistic(-static_cast<long double>(z));
    return static_cast<double>(s + z * s * c * 2.0L * kInner * (1.0L + 3.0L * kCubic * z * z));
  }
  static constexpr ActivationInfo kInfo = {
      "gelu_tanh",
      "gelu approximated by a tanh",
      R"(z\, \sigma(2u), \quad u = \sqrt{2/\pi}\, (z + 0.044715 z^3))",
      R"(\sigma(2u) + z\, \sigma(2u)\, \sigma(-2u)\, 2u')",
      "Hendrycks and Gimpel 2016",
      &Value,
      &Slope,
      0.501,
      0.52,
      "he_uniform"};

  // (1 + tanh u) / 2 = sigma(2u): no cancellation in the left tail.
  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V one = hn::Set(d, 1.0);
    const V x = AtMost(d, AtLeast(d, z, -30.0), 30.0);
    const V square = hn::Mul(x, x);
    const V cubic = hn::Set(d, kCubic);
    const V twice = hn::Set(d, 2.0 * kInner);
    const V u = hn::Mul(hn::Mul(twice, x), Fma(d, cubic, square, one));
    const auto logistic = EvalLogistic(d, u);
    const V rise = hn::Mul(twice, Fma(d, hn::Set(d, 3.0 * kCubic), square, one));
    slope = Fma(d, hn::Mul(hn::Mul(x, logistic.s), logistic.c), rise, logistic.s);
    return hn::Mul(AtLeast(d, z, -30.0), logistic.s);
  }
};

/// The input times the tanh of its softplus.
struct Mish {
  using Lane = double;
  static double Value(double z) {
    return z < -750.0 ? -0.0 : z * std::tanh(std::log1p(std::exp(z < 700.0 ? z : 700.0)));
  }
  static double Slope(double z) {
    if (std::fabs(z) > 750.0) return z > 0.0 ? 1.0 : -0.0;
    const long double e = std::exp(static_cast<long double>(z < 40.0 ? z : 40.0));
    const long double n = e * (e + 2.0L);
    return static_cast<double>(n / (n + 2.0L) +
                               4.0L * z * e * (e + 1.0L) / ((n + 2.0L) * (n + 2.0L)));
  }
  static constexpr ActivationInfo kInfo = {
      "mish",
      "the input times the tanh of its softplus",
      R"(z \tanh(\ln(1 + e^z)))",
      R"(\frac{n}{n+2} + \frac{4 z e^z (e^z + 1)}{(n+2)^2}, \quad n = e^z (e^z + 2))",
      "Misra 2019",
      &Value,
      &Slope,
      0.501,
      0.55,
      "he_uniform"};

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
    slope = Fma(d, x, rise, share);
    return hn::Mul(low, share);
  }
};

/// The bell curve: the one activation that is largest where its input is zero.
struct Gaussian {
  using Lane = double;
  static double Value(double z) { return std::exp(-z * z); }
  static double Slope(double z) { return std::isinf(z) ? 0.0 : -2.0 * z * std::exp(-z * z); }
  static constexpr ActivationInfo kInfo = {"gaussian",
                                           "bell curve: largest at zero, local",
                                           R"(e^{-z^2})",
                                           R"(-2 z e^{-z^2})",
                                           "Broomhead and Lowe 1988",
                                           &Value,
                                           &Slope,
                                           0.501,
                                           0.501,
                                           "lecun_uniform"};

  // z^2 is exact in double. Beyond 15 nothing is left of it.
  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V x = AtMost(d, AtLeast(d, z, -15.0), 15.0);
    const V value = Exp(d, hn::Neg(hn::Mul(x, x)));
    slope = hn::Mul(hn::Mul(hn::Set(d, -2.0), x), value);
    return value;
  }
};

/// The activations of this file, in the order of tables and of plots.
using SmoothList = OpList<Silu, HardSwish, Gelu, GeluTanh, Mish, Gaussian>;

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
