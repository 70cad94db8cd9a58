/// @file
/// Losses of one answer out of n: the softmax is inside them, and the outputs are
/// logits. They need all outputs of a sample together.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/loss.h"
#include "kernels/op_list.h"

#if defined(LANEGRAD_KERNELS_LOSS_SOFTMAX_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_LOSS_SOFTMAX_INL_H_
#undef LANEGRAD_KERNELS_LOSS_SOFTMAX_INL_H_
#else
#define LANEGRAD_KERNELS_LOSS_SOFTMAX_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/elementary-inl.h"
#include "kernels/exact-inl.h"
#include "kernels/loss_parts-inl.h"
#include "kernels/softmax_block-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// Softmax and cross-entropy as one, from logits: one question with n answers.
struct SoftmaxCrossEntropy {
  static double Smooth(double y, double smoothing, size_t n) {
    return (1.0 - smoothing) * y + smoothing / static_cast<double>(n);
  }
  static double Value(const double* z, const double* y, size_t n, double smoothing) {
    long double largest = z[0], sum = 0.0L, loss = 0.0L;
    for (size_t j = 1; j < n; ++j) largest = std::fmax(largest, static_cast<long double>(z[j]));
    for (size_t j = 0; j < n; ++j) sum += std::exp(z[j] - largest);
    for (size_t j = 0; j < n; ++j) {
      loss += Smooth(y[j], smoothing, n) * (std::log(sum) + largest - z[j]);
    }
    return static_cast<double>(loss);
  }
  static void Slope(const double* z, const double* y, size_t n, double smoothing, double* slope) {
    for (size_t j = 0; j < n; ++j) {
      // p_j sum_i y_i - y_j = sum_i (p_j y_i - p_i y_j), without cancellation at i = j.
      const double own = Smooth(y[j], smoothing, n);
      long double sum = 0.0L, total = 0.0L;
      for (size_t i = 0; i < n; ++i) {
        const long double relative = std::exp(static_cast<long double>(z[i]) - z[j]);
        total += relative;
        if (i != j) sum += Smooth(y[i], smoothing, n) - relative * own;
      }
      slope[j] = static_cast<double>(sum / total);
    }
  }
  static constexpr LossInfo kInfo = {
      .name = "softmax_cross_entropy",
      .proper = "softmax cross-entropy",
      .aliases = "cross_entropy categorical_cross_entropy nll",
      .summary = "softmax and cross-entropy from logits, one question with n answers",
      .formula = R"(E = \sum_j y_j \left( \ln \sum_i e^{z_i} - z_j \right))",
      .slope_formula =
          R"(\frac{\partial E}{\partial z_j} = p_j \sum_i y_i - y_j, \quad p = \mathrm{softmax}(z))",
      .plain =
          "E = Σⱼ sⱼ·(ln Σᵢ e^zᵢ − zⱼ)\n"
          "sⱼ = {1-parameter}·yⱼ + {parameter}/n\n"
          "∂E/∂zⱼ = pⱼ − sⱼ, p = softmax(z)",
      .source = "Bridle 1990",
      .outputs = Outputs::kLogits,
      .output = "identity",
      .min_outputs = 2,
      .threshold = 0.0f,
      .value = &SoftmaxCrossEntropy::Value,
      .slope = &SoftmaxCrossEntropy::Slope,
      .max_error = 1e-14,
      .slope_max_ulp = 0.501,
      .parameter = {.name = "smoothing",
                    .summary = "share of a target that is spread over all answers",
                    .default_value = 0.0f,
                    .min = 0.0f,
                    .max = 1.0f},
  };

  // With m the largest logit, at `top`, and e_j = exp(z_j - m), so that
  // e_top = 1:
  //
  //     others = sum of e_j over j != top,  in class order
  //     E      = sum_j y_j ((m - z_j) + log1p(others))
  //     p_j - 1 = -(sum of the other e) / (1 + others)        where y_j = 1
  //
  // log1p and the last line keep a sure and right answer from being rounded to
  // perfect: its loss is about `others`, however small.
  //
  // Label smoothing takes a share of each target and spreads it evenly [Szegedy et
  // al. 2016].
  static void EvalRows(ConstPanels z, ConstPanels y, Range rows, double smoothing, double scale,
                       double* losses, Panels delta) {
    for (size_t first = rows.begin; first < rows.end; first += kPanel) {
      const Range block = {first, HWY_MIN(first + kPanel, rows.end)};
      SoftmaxBlock(z, y, block, smoothing).Eval(scale, losses + first, delta);
    }
  }
};

/// Kullback-Leibler divergence of the softmax from the targets, which are
/// probabilities: the cross-entropy less what no answer could save.
struct KlDivergence {
  static double Value(const double* z, const double* y, size_t n, double) {
    double loss = SoftmaxCrossEntropy::Value(z, y, n, 0.0);
    for (size_t j = 0; j < n; ++j) loss += y[j] > 0.0 ? y[j] * std::log(y[j]) : 0.0;
    return loss;
  }
  static void Slope(const double* z, const double* y, size_t n, double, double* slope) {
    SoftmaxCrossEntropy::Slope(z, y, n, 0.0, slope);
  }
  static constexpr LossInfo kInfo = {
      .name = "kl_divergence",
      .proper = "KL divergence",
      .aliases = "kl",
      .summary = "how far the softmax is from targets that are probabilities",
      .formula = R"(E = \sum_j y_j \ln (y_j / p_j), \quad p = \mathrm{softmax}(z))",
      .slope_formula = R"(\frac{\partial E}{\partial z_j} = p_j \sum_i y_i - y_j)",
      .plain =
          "E = Σⱼ yⱼ·ln(yⱼ / pⱼ), p = softmax(z)\n"
          "∂E/∂zⱼ = pⱼ − yⱼ",
      .source = "Kullback and Leibler 1951",
      .outputs = Outputs::kLogits,
      .output = "identity",
      .min_outputs = 2,
      .threshold = 0.0f,
      .value = &KlDivergence::Value,
      .slope = &KlDivergence::Slope,
      .max_error = 1e-14,
      .slope_max_ulp = 0.501,
  };

  static void EvalRows(ConstPanels z, ConstPanels y, Range rows, double, double scale,
                       double* losses, Panels delta) {
    SoftmaxCrossEntropy::EvalRows(z, y, rows, 0.0, scale, losses, delta);
    for (size_t row = rows.begin; row < rows.end; ++row) {
      double negentropy = 0.0;
      for (size_t j = 0; j < y.cols; ++j) {
        const double target = static_cast<double>(y.At(row, j));
        // ln y = -log1p(1 / y - 1); nothing where y is 0 or 1.
        if (target > 0.0 && target < 1.0) negentropy -= target * Log1pOf(1.0 / target - 1.0);
      }
      losses[row] += negentropy;
    }
  }
};

/// Cross-entropy in which answers that are nearly right count for less, so that
/// many easy samples do not drown the hard ones. The paper has it with a sigmoid
/// for two classes; this is its form for n.
struct Focal {
  // ln p and ln (1 - p) of each class without cancellation, by long double.
  static void Logarithms(const double* z, size_t n, size_t j, long double& p, long double& q) {
    long double others = 0.0L;
    for (size_t i = 0; i < n; ++i) {
      if (i != j) others += std::exp(static_cast<long double>(z[i]) - z[j]);
    }
    p = -std::log1p(others);
    q = -std::log1p(1.0L / others);
  }
  static double Value(const double* z, const double* y, size_t n, double focus) {
    long double loss = 0.0L;
    for (size_t j = 0; j < n; ++j) {
      long double p, q;
      Logarithms(z, n, j, p, q);
      if (y[j] != 0.0) loss -= y[j] * std::exp(focus * q) * p;
    }
    return static_cast<double>(loss);
  }
  static void Slope(const double* z, const double* y, size_t n, double focus, double* slope) {
    for (size_t j = 0; j < n; ++j) {
      long double pj, qj, sum = 0.0L;
      Logarithms(z, n, j, pj, qj);
      for (size_t t = 0; t < n; ++t) {
        if (y[t] == 0.0) continue;
        long double p, q;
        Logarithms(z, n, t, p, q);
        const long double c = focus * std::exp(p + (focus - 1.0) * q) * p -
                              std::exp(static_cast<long double>(focus) * q);
        sum += y[t] * c * (t == j ? std::exp(qj) : -std::exp(pj));
      }
      slope[j] = static_cast<double>(sum);
    }
  }
  static constexpr LossInfo kInfo = {
      .name = "focal",
      .summary = "softmax cross-entropy in which easy samples count for less",
      .formula = R"(E = -\sum_j y_j (1 - p_j)^\gamma \ln p_j, \quad p = \mathrm{softmax}(z))",
      .slope_formula =
          R"(\frac{\partial E}{\partial z_j} = c_j - p_j \sum_i c_i, \quad c_j = y_j \left( \gamma p_j (1 - p_j)^{\gamma - 1} \ln p_j - (1 - p_j)^\gamma \right))",
      .plain =
          "E = −Σⱼ yⱼ·(1 − pⱼ)^{parameter}·ln pⱼ, p = softmax(z)\n"
          "cⱼ = yⱼ·({parameter}·pⱼ·(1 − pⱼ)^({parameter} − 1)·ln pⱼ − (1 − pⱼ)^{parameter})\n"
          "∂E/∂zⱼ = cⱼ − pⱼ·Σᵢ cᵢ",
      .source = "Lin, Goyal, Girshick, He and Dollar 2017",
      .outputs = Outputs::kLogits,
      .output = "identity",
      .min_outputs = 2,
      .threshold = 0.0f,
      .value = &Focal::Value,
      .slope = &Focal::Slope,
      .max_error = 1e-13,
      .slope_max_ulp = 0.501,
      .parameter = {.name = "gamma",
                    .summary = "how much less an easy sample counts",
                    .default_value = 2.0f,
                    .min = 0.0f,
                    .max = 16.0f},
  };

  // With r the sum of all e but e_t:  ln (1 - p_t) = -log1p(e_t / r), and ln p_t =
  // (z_t - m) - log1p(others) as in the cross-entropy. The slope is written c_j (1 -
  // p_j) - p_j (sum of the other c), which does not cancel where p_j is near 1.
  static HWY_INLINE double EvalRow(ConstPanels z, ConstPanels y, size_t row, double gamma,
                                   double scale, Panels delta) {
    const LogitRow logits(z, row);
    const double total = logits.Total();
    const double log_total = Log1pOf(logits.others);
    const auto log_p = [&](size_t j) {
      return static_cast<double>(z.At(row, j)) - logits.m - log_total;
    };
    const auto pull = [&](size_t j, double e) {
      const double target = static_cast<double>(y.At(row, j));
      if (target == 0.0) return 0.0;
      const double log_q = -Log1pOf(e / logits.Rest(j, e));
      const double slower = gamma * (e / total) * ExpOf((gamma - 1.0) * log_q) * log_p(j);
      return target * (slower - ExpOf(gamma * log_q));
    };
    double loss = 0.0, pulls = 0.0;
    logits.ForEach([&](size_t j, double e) {
      const double target = static_cast<double>(y.At(row, j));
      if (target == 0.0) return;
      loss -= target * ExpOf(-gamma * Log1pOf(e / logits.Rest(j, e))) * log_p(j);
      pulls += pull(j, e);
    });
    if (delta.data != nullptr) {
      logits.ForEach([&](size_t j, double e) {
        const double own = pull(j, e);
        const double slope = own * (logits.Rest(j, e) / total) - (e / total) * (pulls - own);
        delta.Row(j / kPanel, row)[j % kPanel] = static_cast<float>(scale * slope);
      });
      ZeroPadding(delta, row);
    }
    // A NaN anywhere in the row must show, also where the target is zero.
    return loss + 0.0 * logits.others;
  }
};

/// The losses of this file, in the order of tables and of plots.
using SoftmaxList = OpList<SoftmaxCrossEntropy, KlDivergence, Focal>;

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
