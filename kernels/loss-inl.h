/// @file
/// The losses, one struct each; the list at the foot is the catalogue.
///
/// Two kinds. An elementwise loss is a mean over the n outputs; its Eval works on
/// one register of doubles. A row-wise loss (softmax) needs all outputs of a
/// sample together; its EvalRow works on one row of a matrix.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/loss.h"
#include "kernels/op_list.h"

#if defined(LANEGRAD_KERNELS_LOSS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_LOSS_INL_H_
#undef LANEGRAD_KERNELS_LOSS_INL_H_
#else
#define LANEGRAD_KERNELS_LOSS_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/elementary-inl.h"
#include "kernels/exact-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// Oracles of an elementwise loss from those of one element.
template <class Op>
double MeanOfElements(const double* a, const double* y, size_t n) {
  double sum = 0.0;
  for (size_t j = 0; j < n; ++j) sum += Op::Value(a[j], y[j]);
  return sum / static_cast<double>(n);
}
template <class Op>
void SlopesOfElements(const double* a, const double* y, size_t n, double* slope) {
  for (size_t j = 0; j < n; ++j) slope[j] = Op::Slope(a[j], y[j]) / static_cast<double>(n);
}

/// Mean squared error, the mean over outputs and samples: the reading of section
/// 3.4 that its program takes, and PyTorch's.
struct Mse {
  static double Value(double a, double y) { return (a - y) * (a - y); }
  static double Slope(double a, double y) { return 2.0 * (a - y); }
  static constexpr LossInfo kInfo = {"mse",
                                     "mean squared error",
                                     R"(E = \frac{1}{n} \sum_j (a_j - y_j)^2)",
                                     R"(\frac{\partial E}{\partial a_j} = \frac{2}{n} (a_j - y_j))",
                                     "Legendre 1805; Rumelhart, Hinton and Williams 1986",
                                     Outputs::kAny,
                                     "sigmoid",
                                     1,
                                     0.5f,
                                     &MeanOfElements<Mse>,
                                     &SlopesOfElements<Mse>,
                                     1e-15,
                                     0.501};

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
      "mae",
      "mean absolute error",
      R"(E = \frac{1}{n} \sum_j |a_j - y_j|)",
      R"(\frac{\partial E}{\partial a_j} = \frac{1}{n} \operatorname{sign}(a_j - y_j))",
      "Laplace 1774; Boscovich 1757",
      Outputs::kAny,
      "sigmoid",
      1,
      0.5f,
      &MeanOfElements<Mae>,
      &SlopesOfElements<Mae>,
      1e-15,
      0.501};

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V a, V y, V& slope) {
    const V one = hn::Set(d, 1.0);
    const V error = hn::Sub(a, y);
    // A NaN is neither above nor below: it must stay a NaN, not become a zero.
    slope = hn::IfThenElse(hn::Gt(a, y), one, hn::IfThenElse(hn::Lt(a, y), hn::Neg(one), error));
    return hn::Abs(error);
  }
};

/// Binary cross-entropy from logits: each output is a yes-or-no question. This is
/// the formula of section 3.4, whose name there is just "cross-entropy".
struct BinaryCrossEntropy {
  static double Value(double z, double y) {
    return (z > 0.0 ? z : 0.0) - y * z + std::log1p(std::exp(-std::fabs(z)));
  }
  static double Slope(double z, double y) {
    return (1.0 - y) / (1.0 + std::exp(-z)) - y / (1.0 + std::exp(z));
  }
  static constexpr LossInfo kInfo = {
      "binary_cross_entropy",
      "binary cross-entropy from logits, one question an output",
      R"(E = \frac{1}{n} \sum_j \max(z_j, 0) - y_j z_j + \ln(1 + e^{-|z_j|}))",
      R"(\frac{\partial E}{\partial z_j} = \frac{1}{n} (\sigma(z_j) - y_j))",
      "Cox 1958; Solla, Levin and Fleisher 1988",
      Outputs::kLogits,
      "identity",
      1,
      0.0f,
      &MeanOfElements<BinaryCrossEntropy>,
      &SlopesOfElements<BinaryCrossEntropy>,
      1e-14,
      0.501};

  // With a = sigma(z):  -y ln a - (1 - y) ln(1 - a)  =  max(z, 0) + ln(1 + e^-|z|) - y z.
  // The right side neither overflows nor takes the logarithm of zero. Its slope
  // a - y would cancel where the answer is right and sure; since 1 - a = sigma(-z),
  // it is (1 - y) sigma(z) - y sigma(-z), which does not.
  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V y, V& slope) {
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
};

/// Softmax and cross-entropy as one, from logits: one question with n answers.
struct SoftmaxCrossEntropy {
  static double Value(const double* z, const double* y, size_t n) {
    long double largest = z[0], sum = 0.0L, loss = 0.0L;
    for (size_t j = 1; j < n; ++j) largest = std::fmax(largest, static_cast<long double>(z[j]));
    for (size_t j = 0; j < n; ++j) sum += std::exp(z[j] - largest);
    for (size_t j = 0; j < n; ++j) loss += y[j] * (std::log(sum) + largest - z[j]);
    return static_cast<double>(loss);
  }
  static void Slope(const double* z, const double* y, size_t n, double* slope) {
    for (size_t j = 0; j < n; ++j) {
      // p_j sum_i y_i - y_j = sum_i (p_j y_i - p_i y_j), without cancellation at i = j.
      long double sum = 0.0L, total = 0.0L;
      for (size_t i = 0; i < n; ++i) {
        const long double relative = std::exp(static_cast<long double>(z[i]) - z[j]);
        total += relative;
        if (i != j) sum += y[i] - relative * y[j];
      }
      slope[j] = static_cast<double>(sum / total);
    }
  }
  static constexpr LossInfo kInfo = {
      "softmax_cross_entropy",
      "softmax and cross-entropy from logits, one question with n answers",
      R"(E = \sum_j y_j \left( \ln \sum_i e^{z_i} - z_j \right))",
      R"(\frac{\partial E}{\partial z_j} = p_j \sum_i y_i - y_j, \quad p = \mathrm{softmax}(z))",
      "Bridle 1990",
      Outputs::kLogits,
      "identity",
      2,
      0.0f,
      &SoftmaxCrossEntropy::Value,
      &SoftmaxCrossEntropy::Slope,
      1e-14,
      0.501};

  // One row. With m the largest logit, at `top`, and e_j = exp(z_j - m), so that
  // e_top = 1:
  //
  //     others = sum of e_j over j != top,  in class order
  //     E      = sum_j y_j ((m - z_j) + log1p(others))
  //     p_j - 1 = -(sum of the other e) / (1 + others)        where y_j = 1
  //
  // log1p and the last line keep a sure and right answer from being rounded to
  // perfect: its loss is about `others`, however small. The exponentials are made
  // twice rather than kept, because a row may be of any length.
  static HWY_INLINE double EvalRow(ConstPanels z, ConstPanels y, size_t row, double scale,
                                   Panels delta) {
    const size_t n = z.cols;
    size_t top = 0;
    for (size_t j = 1; j < n; ++j) {
      if (!(z.At(row, j) <= z.At(row, top))) top = j;  // a NaN wins, and stays
    }
    const double m = static_cast<double>(z.At(row, top));
    HWY_ALIGN double e[kPanel];
    double others = 0.0, weight = 0.0, distance = 0.0;
    for (size_t panel = 0; panel < PanelCount(n); ++panel) {
      ExpPanel(z.Row(panel, row), m, e);
      for (size_t j = panel * kPanel; j < HWY_MIN(n, panel * kPanel + kPanel); ++j) {
        if (j != top) others += e[j % kPanel];
        const double target = static_cast<double>(y.At(row, j));
        weight += target;
        if (target != 0.0) distance += target * (m - static_cast<double>(z.At(row, j)));
      }
    }
    const double total = 1.0 + others;
    if (delta.data != nullptr) {
      for (size_t panel = 0; panel < PanelCount(n); ++panel) {
        ExpPanel(z.Row(panel, row), m, e);
        float* out = delta.Row(panel, row);
        for (size_t j = 0; j < kPanel; ++j) {
          const size_t column = panel * kPanel + j;
          if (column >= n) {
            out[j] = 0.0f;
            continue;
          }
          const double target = static_cast<double>(y.At(row, column));
          const double rest = column == top ? others : total - e[j];
          const bool certain = target == 1.0 && weight == 1.0;
          const double slope = certain ? -rest / total : weight * (e[j] / total) - target;
          out[j] = static_cast<float>(scale * slope);
        }
      }
    }
    const hn::CappedTag<double, 1> d;
    return distance + weight * hn::GetLane(Log1p(d, hn::Set(d, others)));
  }

  // e[j] = exp(z[j] - m) for the sixteen columns of a panel.
  static HWY_INLINE void ExpPanel(const float* z, double m, double* e) {
    const hn::CappedTag<double, kPanel> d;
    const hn::Rebind<float, decltype(d)> df;
    for (size_t j = 0; j < kPanel; j += hn::Lanes(d)) {
      const auto x = hn::PromoteTo(d, hn::Load(df, z + j));
      hn::Store(Exp(d, hn::Sub(x, hn::Set(d, m))), d, e + j);
    }
  }
};

/// Every loss there is. Their order is the order of tables and of plots.
using LossList = OpList<Mse, Mae, BinaryCrossEntropy, SoftmaxCrossEntropy>;

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
