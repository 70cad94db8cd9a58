/// @file
/// Losses of yes-or-no answers: each output is a question of its own.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/loss.h"
#include "kernels/op_list.h"

#if defined(LANEGRAD_KERNELS_LOSS_ANSWER_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_LOSS_ANSWER_INL_H_
#undef LANEGRAD_KERNELS_LOSS_ANSWER_INL_H_
#else
#define LANEGRAD_KERNELS_LOSS_ANSWER_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/activation_parts-inl.h"
#include "kernels/elementary-inl.h"
#include "kernels/exact-inl.h"
#include "kernels/loss_parts-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// Binary cross-entropy from logits: each output is a yes-or-no question. This is
/// the formula of section 3.4, whose name there is just "cross-entropy".
struct BinaryCrossEntropy {
  static double Smooth(double y, double smoothing) {
    return (1.0 - smoothing) * y + 0.5 * smoothing;
  }
  static double Value(double z, double target, double smoothing) {
    const double y = Smooth(target, smoothing);
    return (z > 0.0 ? z : 0.0) - y * z + std::log1p(std::exp(-std::fabs(z)));
  }
  static double Slope(double z, double target, double smoothing) {
    const double y = Smooth(target, smoothing);
    return (1.0 - y) / (1.0 + std::exp(-z)) - y / (1.0 + std::exp(z));
  }
  static constexpr LossInfo kInfo = {
      .name = "binary_cross_entropy",
      .proper = "binary cross-entropy",
      .aliases = "bce log_loss logistic_loss",
      .summary = "binary cross-entropy from logits, one question an output",
      .formula = R"(E = \frac{1}{n} \sum_j \max(z_j, 0) - y_j z_j + \ln(1 + e^{-|z_j|}))",
      .slope_formula = R"(\frac{\partial E}{\partial z_j} = \frac{1}{n} (\sigma(z_j) - y_j))",
      .plain =
          "E = {mean}Σⱼ (max(zⱼ, 0) − sⱼ·zⱼ + ln(1 + e^−|zⱼ|))\n"
          "sⱼ = {1-parameter}·yⱼ + ½·{parameter}\n"
          "∂E/∂zⱼ = {mean}(σ(zⱼ) − sⱼ)",
      .source = "Cox 1958; Solla, Levin and Fleisher 1988",
      .outputs = Outputs::kLogits,
      .output = "identity",
      .min_outputs = 1,
      .threshold = 0.0f,
      .value = &MeanOfElements<BinaryCrossEntropy>,
      .slope = &SlopesOfElements<BinaryCrossEntropy>,
      .max_error = 1e-14,
      .slope_max_ulp = 0.501,
      .parameter = {.name = "smoothing",
                    .summary = "share of a target that goes to the other answer",
                    .default_value = 0.0f,
                    .min = 0.0f,
                    .max = 1.0f},
  };

  // [binary-cross-entropy]
  // With a = sigma(z):  -y ln a - (1 - y) ln(1 - a)  =  max(z, 0) + ln(1 + e^-|z|) - y z.
  // The right side neither overflows nor takes the logarithm of zero. Its slope
  // a - y would cancel where the answer is right and sure; since 1 - a = sigma(-z),
  // it is (1 - y) sigma(z) - y sigma(-z), which does not.
  //
  // Label smoothing moves each target a little towards a half [Szegedy et al. 2016].
  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V target, V smoothing, V& slope) {
    const V y =
        Fma(d, hn::Sub(hn::Set(d, 1.0), smoothing), target, hn::Mul(hn::Set(d, 0.5), smoothing));
    const V zero = hn::Zero(d);
    const V one = hn::Set(d, 1.0);
    const V tail = Exp(d, hn::Neg(hn::Abs(z)));
    const V sure = hn::Div(one, hn::Add(one, tail));
    const V unsure = hn::Mul(tail, sure);
    const auto positive = hn::Gt(z, zero);
    const V yes = hn::IfThenElse(positive, sure, unsure);
    const V no = hn::IfThenElse(positive, unsure, sure);
    slope = hn::Sub(hn::Mul(hn::Sub(one, y), yes), hn::Mul(y, no));
    const V rest = hn::Sub(hn::IfThenElse(positive, z, zero), hn::Mul(y, z));
    return hn::Add(rest, Log1p(d, tail));
  }
  // [binary-cross-entropy]
};

/// The hinge of support vector machines: an answer that is right by a margin of 1
/// costs nothing. A target of 0 is the answer -1.
struct Hinge {
  static double Value(double a, double y) { return std::fmax(0.0, 1.0 - (2.0 * y - 1.0) * a); }
  static double Slope(double a, double y) {
    const double sign = 2.0 * y - 1.0;
    return sign * a < 1.0 ? -sign : 0.0;
  }
  static constexpr LossInfo kInfo = {
      .name = "hinge",
      .summary = "nothing where the answer is right by a margin, else linear",
      .formula = R"(E = \frac{1}{n} \sum_j \max(0, 1 - s_j a_j), \quad s_j = 2 y_j - 1)",
      .slope_formula = R"(\frac{\partial E}{\partial a_j} = -\frac{1}{n} s_j [s_j a_j < 1])",
      .plain =
          "E = {mean}Σⱼ max(0, 1 − sⱼ·aⱼ)\n"
          "sⱼ = 2·yⱼ − 1\n"
          "∂E/∂aⱼ = −{mean}sⱼ where sⱼ·aⱼ < 1, else 0",
      .source = "Cortes and Vapnik 1995",
      .outputs = Outputs::kSigned,
      .output = "identity",
      .min_outputs = 1,
      .threshold = 0.0f,
      .value = &MeanOfElements<Hinge>,
      .slope = &SlopesOfElements<Hinge>,
      .max_error = 1e-15,
      .slope_max_ulp = 0.501,
  };

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V a, V y, V& slope) {
    const V one = hn::Set(d, 1.0);
    const V sign = Fma(d, hn::Set(d, 2.0), y, hn::Neg(one));
    const V lack = FmaNegated(d, sign, a, one);
    const V zero = hn::Zero(d);
    slope = BySign(d, lack, hn::Neg(sign), zero);
    return BySign(d, lack, lack, zero);
  }
};

/// The hinge squared: smooth where the margin is reached.
struct SquaredHinge {
  static double Value(double a, double y) {
    const double lack = Hinge::Value(a, y);
    return lack * lack;
  }
  static double Slope(double a, double y) { return 2.0 * Hinge::Value(a, y) * Hinge::Slope(a, y); }
  static constexpr LossInfo kInfo = {
      .name = "squared_hinge",
      .summary = "nothing where the answer is right by a margin, else quadratic",
      .formula = R"(E = \frac{1}{n} \sum_j \max(0, 1 - s_j a_j)^2, \quad s_j = 2 y_j - 1)",
      .slope_formula = R"(\frac{\partial E}{\partial a_j} = -\frac{2}{n} s_j \max(0, 1 - s_j a_j))",
      .plain =
          "E = {mean}Σⱼ max(0, 1 − sⱼ·aⱼ)²\n"
          "sⱼ = 2·yⱼ − 1\n"
          "∂E/∂aⱼ = −{mean}2·sⱼ·max(0, 1 − sⱼ·aⱼ)",
      .source = "Lee and Mangasarian 2001",
      .outputs = Outputs::kSigned,
      .output = "identity",
      .min_outputs = 1,
      .threshold = 0.0f,
      .value = &MeanOfElements<SquaredHinge>,
      .slope = &SlopesOfElements<SquaredHinge>,
      .max_error = 1e-14,
      .slope_max_ulp = 0.501,
  };

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V a, V y, V& slope) {
    V side = hn::Zero(d);
    const V lack = Hinge::Eval(d, a, y, side);
    slope = hn::Mul(hn::Mul(hn::Set(d, 2.0), lack), side);
    return hn::Mul(lack, lack);
  }
};

/// The losses of this file, in the order of tables and of plots.
using AnswerList = OpList<BinaryCrossEntropy, Hinge, SquaredHinge>;

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
