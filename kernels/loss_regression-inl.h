/// @file
/// Losses of numbers: how far an output is from its target.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/loss.h"
#include "kernels/op_list.h"

#if defined(LANEGRAD_KERNELS_LOSS_REGRESSION_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_LOSS_REGRESSION_INL_H_
#undef LANEGRAD_KERNELS_LOSS_REGRESSION_INL_H_
#else
#define LANEGRAD_KERNELS_LOSS_REGRESSION_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/activation_parts-inl.h"
#include "kernels/elementary-inl.h"
#include "kernels/exact-inl.h"
#include "kernels/loss_parts-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// Mean squared error, the mean over outputs and samples: the reading of section
/// 3.4 that its program takes, and PyTorch's.
struct Mse {
  static double Value(double a, double y) { return (a - y) * (a - y); }
  static double Slope(double a, double y) { return 2.0 * (a - y); }
  static constexpr LossInfo kInfo = {
      .name = "mse",
      .proper = "MSE",
      .aliases = "quadratic squared_error l2_loss mean_squared_error",
      .summary = "mean squared error",
      .formula = R"(E = \frac{1}{n} \sum_j (a_j - y_j)^2)",
      .slope_formula = R"(\frac{\partial E}{\partial a_j} = \frac{2}{n} (a_j - y_j))",
      .plain =
          "E = {mean}Σⱼ (aⱼ − yⱼ)²\n"
          "∂E/∂aⱼ = {mean}2·(aⱼ − yⱼ)",
      .source = "Legendre 1805; Rumelhart, Hinton and Williams 1986, Nature",
      .outputs = Outputs::kAny,
      .output = "sigmoid",
      .min_outputs = 1,
      .threshold = 0.5f,
      .value = &MeanOfElements<Mse>,
      .slope = &SlopesOfElements<Mse>,
      .max_error = 1e-15,
      .slope_max_ulp = 0.501,
  };

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V a, V y, V& slope) {
    const V error = hn::Sub(a, y);
    slope = hn::Mul(hn::Set(d, 2.0), error);
    return hn::Mul(error, error);
  }
};

/// Mean absolute error. Its slope does not shrink with the error, so single wrong
/// labels weigh no more than right ones.
struct Mae {
  static double Value(double a, double y) { return std::fabs(a - y); }
  static double Slope(double a, double y) { return a > y ? 1.0 : a < y ? -1.0 : 0.0; }
  static constexpr LossInfo kInfo = {
      .name = "mae",
      .proper = "MAE",
      .aliases = "absolute_error l1_loss mean_absolute_error",
      .summary = "mean absolute error",
      .formula = R"(E = \frac{1}{n} \sum_j |a_j - y_j|)",
      .slope_formula =
          R"(\frac{\partial E}{\partial a_j} = \frac{1}{n} \operatorname{sign}(a_j - y_j))",
      .plain =
          "E = {mean}Σⱼ |aⱼ − yⱼ|\n"
          "∂E/∂aⱼ = {mean}sign(aⱼ − yⱼ)",
      .source = "Laplace 1774; Boscovich 1757",
      .outputs = Outputs::kAny,
      .output = "sigmoid",
      .min_outputs = 1,
      .threshold = 0.5f,
      .value = &MeanOfElements<Mae>,
      .slope = &SlopesOfElements<Mae>,
      .max_error = 1e-15,
      .slope_max_ulp = 0.501,
  };

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V a, V y, V& slope) {
    const V one = hn::Set(d, 1.0);
    const V error = hn::Sub(a, y);
    // A NaN is neither above nor below: it must stay a NaN, not become a zero.
    slope = hn::IfThenElse(hn::Gt(a, y), one, hn::IfThenElse(hn::Lt(a, y), hn::Neg(one), error));
    return hn::Abs(error);
  }
};

/// Squared near the target, absolute far from it: smooth, and not ruled by outliers.
struct Huber {
  static double Value(double a, double y, double delta) {
    const double x = std::fabs(a - y);
    return x <= delta ? 0.5 * x * x : delta * (x - 0.5 * delta);
  }
  static double Slope(double a, double y, double delta) {
    return std::fmin(delta, std::fmax(-delta, a - y));
  }
  static constexpr LossInfo kInfo = {
      .name = "huber",
      .proper = "Huber",
      .aliases = "smooth_l1",
      .summary = "squared near the target, absolute far from it",
      .formula =
          R"(E = \frac{1}{n} \sum_j h(a_j - y_j), \quad h(x) = [|x| \le \delta] \tfrac12 x^2 + [|x| > \delta]\, \delta (|x| - \tfrac12 \delta))",
      .slope_formula =
          R"(\frac{\partial E}{\partial a_j} = \frac{1}{n} \min(\delta, \max(-\delta, a_j - y_j)))",
      .plain =
          "E = {mean}Σⱼ h(aⱼ − yⱼ)\n"
          "h(x) = ½·x² where |x| ≤ {parameter}, else {parameter}·(|x| − ½·{parameter})\n"
          "∂E/∂aⱼ = {mean}min({parameter}, max(−{parameter}, aⱼ − yⱼ))",
      .source = "Huber 1964",
      .outputs = Outputs::kAny,
      .output = "sigmoid",
      .min_outputs = 1,
      .threshold = 0.5f,
      .value = &MeanOfElements<Huber>,
      .slope = &SlopesOfElements<Huber>,
      .max_error = 1e-15,
      .slope_max_ulp = 0.501,
      .parameter = {.name = "delta",
                    .summary = "error beyond which it grows linearly",
                    .default_value = 1.0f,
                    .min = 1e-6f,
                    .max = 1e6f},
  };

  // With c = min(|x|, delta), both branches are c (|x| - c / 2).
  template <class D, class V>
  static HWY_INLINE V Eval(D d, V a, V y, V delta, V& slope) {
    const V error = hn::Sub(a, y);
    const V size = hn::Abs(error);
    const V cut = hn::IfThenElse(hn::Gt(size, delta), delta, size);
    slope = hn::CopySign(cut, error);
    return hn::Mul(cut, FmaNegated(d, hn::Set(d, 0.5), cut, size));
  }
};

/// Logarithm of the hyperbolic cosine of the error: like half the square near the
/// target, like the absolute error far from it, smooth in every derivative.
struct LogCosh {
  static double Value(double a, double y) {
    const double x = std::fabs(a - y), s = std::sinh(0.5 * std::fmin(x, 40.0));
    return x < 20.0 ? std::log1p(2.0 * s * s) : x - 0.69314718055994530942;
  }
  static double Slope(double a, double y) { return std::tanh(a - y); }
  static constexpr LossInfo kInfo = {
      .name = "log_cosh",
      .proper = "log-cosh",
      .summary = "logarithm of the hyperbolic cosine of the error",
      .formula = R"(E = \frac{1}{n} \sum_j \ln \cosh(a_j - y_j))",
      .slope_formula = R"(\frac{\partial E}{\partial a_j} = \frac{1}{n} \tanh(a_j - y_j))",
      .plain =
          "E = {mean}Σⱼ ln cosh(aⱼ − yⱼ)\n"
          "∂E/∂aⱼ = {mean}tanh(aⱼ − yⱼ)",
      .source = "Green 1990",
      .outputs = Outputs::kAny,
      .output = "sigmoid",
      .min_outputs = 1,
      .threshold = 0.5f,
      .value = &MeanOfElements<LogCosh>,
      .slope = &SlopesOfElements<LogCosh>,
      .max_error = 1e-14,
      .slope_max_ulp = 0.501,
  };

  // cosh x overflows beyond 710. With e = e^-|x|, cosh x = 1 + (e - 1)^2 / (2 e), and
  // the exponential's own tail keeps e - 1 accurate near zero; beyond 20 it is e^|x| / 2 to 2^-57.
  // tanh |x| = -u / (2 + u), u = e^(-2|x|) - 1.
  template <class D, class V>
  static HWY_INLINE V Eval(D d, V a, V y, V& slope) {
    const V error = hn::Sub(a, y);
    const V size = hn::Abs(error);
    const V u = Expm1(d, hn::Mul(hn::Set(d, -2.0), size));
    slope = hn::CopySign(hn::Div(u, hn::Add(u, hn::Set(d, 2.0))), error);
    const V bound = hn::Set(d, 20.0);
    const auto t = EvalExponential(d, hn::Neg(hn::IfThenElse(hn::Gt(size, bound), bound, size)));
    const V square = hn::Mul(t.e_minus_1, t.e_minus_1);
    const V near = Log1p(d, hn::Div(square, hn::Add(t.e, t.e)));
    const V far = hn::Sub(size, hn::Set(d, 0.69314718055994530942));
    return hn::IfThenElse(hn::Gt(size, bound), far, near);
  }
};

/// The pinball loss: its least mean is at the quantile tau of the targets, as that
/// of the absolute error is at their median.
struct Quantile {
  static double Value(double a, double y, double tau) {
    return a > y ? (1.0 - tau) * (a - y) : tau * (y - a);
  }
  static double Slope(double a, double y, double tau) {
    return a > y ? 1.0 - tau : a < y ? -tau : 0.0;
  }
  static constexpr LossInfo kInfo = {
      .name = "quantile",
      .aliases = "pinball",
      .summary = "absolute error with another weight on either side",
      .formula = R"(E = \frac{1}{n} \sum_j \max(\tau (y_j - a_j), (1 - \tau)(a_j - y_j)))",
      .slope_formula =
          R"(\frac{\partial E}{\partial a_j} = \frac{1}{n} ([a_j > y_j] (1 - \tau) - [a_j < y_j]\, \tau))",
      .plain =
          "E = {mean}Σⱼ max({parameter}·(yⱼ − aⱼ), {1-parameter}·(aⱼ − yⱼ))\n"
          "∂E/∂aⱼ = {mean}{1-parameter} where aⱼ > yⱼ, −{mean}{parameter} where aⱼ < yⱼ",
      .source = "Koenker and Bassett 1978",
      .outputs = Outputs::kAny,
      .output = "sigmoid",
      .min_outputs = 1,
      .threshold = 0.5f,
      .value = &MeanOfElements<Quantile>,
      .slope = &SlopesOfElements<Quantile>,
      .max_error = 1e-15,
      .slope_max_ulp = 0.501,
      .parameter = {.name = "tau",
                    .summary = "share of the targets that should lie below",
                    .default_value = 0.5f,
                    .min = 0.0f,
                    .max = 1.0f},
  };

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V a, V y, V tau, V& slope) {
    const V error = hn::Sub(a, y);
    const V weight = hn::IfThenElse(hn::Gt(a, y), hn::Sub(hn::Set(d, 1.0), tau), tau);
    slope = hn::Mul(SignOf(d, error), weight);
    return hn::Mul(hn::Abs(error), weight);
  }
};

/// Poisson regression: an output is the logarithm of the rate at which its target
/// is counted.
struct Poisson {
  static double Value(double z, double y) { return std::exp(z) - y * z; }
  static double Slope(double z, double y) {
    return y == 1.0 ? std::expm1(z)
                    : static_cast<double>(std::exp(static_cast<long double>(z)) - y);
  }
  static constexpr LossInfo kInfo = {
      .name = "poisson",
      .proper = "Poisson",
      .summary = "counts, from the logarithms of their rates",
      .formula = R"(E = \frac{1}{n} \sum_j e^{z_j} - y_j z_j)",
      .slope_formula = R"(\frac{\partial E}{\partial z_j} = \frac{1}{n} (e^{z_j} - y_j))",
      .plain =
          "E = {mean}Σⱼ (e^zⱼ − yⱼ·zⱼ)\n"
          "∂E/∂zⱼ = {mean}(e^zⱼ − yⱼ)",
      .source = "Nelder and Wedderburn 1972",
      .outputs = Outputs::kLogits,
      .output = "identity",
      .min_outputs = 1,
      .threshold = -0.69314718f,
      .value = &MeanOfElements<Poisson>,
      .slope = &SlopesOfElements<Poisson>,
      .max_error = 1e-14,
      .slope_max_ulp = 0.501,
  };

  // e^z - y from the parts of the exponential: scale - y is exact where the
  // difference is small. Beyond 709 the rate is infinite, and so is the loss.
  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V y, V& slope) {
    const V max = hn::Set(d, 709.0);
    const auto over = hn::Gt(z, max);
    const auto e = ExpSplit(d, hn::IfThenElse(over, max, z));
    const V infinity = hn::Set(d, HUGE_VAL);
    const V near = Fma(d, e.scale, e.tail, hn::Sub(e.scale, y));
    slope = hn::IfThenElse(over, infinity, near);
    const V rate = hn::IfThenElse(over, infinity, Fma(d, e.scale, e.tail, e.scale));
    return hn::Sub(rate, hn::Mul(y, z));
  }
};

/// The losses of this file, in the order of tables and of plots.
using RegressionList = OpList<Mse, Mae, Huber, LogCosh, Quantile, Poisson>;

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
