/// @file
/// The heads, one struct each; the list at the foot is the catalogue.
///
/// Outputs() is given a row of logits and writes a row; Back() is given the outputs
/// and the error signals of a row, and replaces the latter.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/head.h"
#include "kernels/op_list.h"

#if defined(LANEGRAD_KERNELS_HEAD_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_HEAD_INL_H_
#undef LANEGRAD_KERNELS_HEAD_INL_H_
#else
#define LANEGRAD_KERNELS_HEAD_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/elementary-inl.h"
#include "kernels/loss_parts-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// Probabilities of n answers that exclude each other.
struct Softmax {
  static void Value(const double* z, size_t n, double* a) {
    for (size_t j = 0; j < n; ++j) {
      long double total = 0.0L;
      for (size_t i = 0; i < n; ++i) total += std::exp(static_cast<long double>(z[i]) - z[j]);
      a[j] = static_cast<double>(1.0L / total);
    }
  }
  static constexpr HeadInfo kInfo = {
      .name = "softmax",
      .summary = "probabilities of answers that exclude each other",
      .formula = R"(a_j = e^{z_j} / \sum_i e^{z_i})",
      .slope_formula = R"(a_j ([i = j] - a_i))",
      .source = "Bridle 1990",
      .value = &Value,
      .max_ulp = 0.501,
  };

  static HWY_INLINE void Outputs(const LogitRow& logits, size_t row, Panels a) {
    const LogitRow::Tag d;
    const hn::Rebind<float, LogitRow::Tag> df;
    const auto total = hn::Set(d, logits.Total());
    logits.ForEachPanel([&](size_t panel, const double* e) HWY_ATTR {
      float* to = a.Row(panel, row);
      for (size_t j = 0; j < kPanel; j += hn::Lanes(d)) {
        hn::Store(Narrow(df, hn::Div(hn::Load(d, e + j), total)), df, to + j);
      }
    });
  }

  //     delta_i  <-  a_i (delta_i - sum_j delta_j a_j)
  static HWY_INLINE void Back(ConstPanels a, size_t row, Panels delta) {
    double mean = 0.0;
    for (size_t j = 0; j < a.cols; ++j) {
      mean += static_cast<double>(delta.At(row, j)) * static_cast<double>(a.At(row, j));
    }
    for (size_t j = 0; j < a.cols; ++j) {
      float& to = delta.Row(j / kPanel, row)[j % kPanel];
      to = static_cast<float>(static_cast<double>(a.At(row, j)) * (static_cast<double>(to) - mean));
    }
  }
};

/// Logarithms of the softmax, which must not be taken of the softmax: that is zero
/// where this is -104.
struct LogSoftmax {
  static void Value(const double* z, size_t n, double* a) {
    size_t top = 0;
    for (size_t j = 1; j < n; ++j) {
      if (z[j] > z[top]) top = j;
    }
    long double others = 0.0L;
    for (size_t j = 0; j < n; ++j) {
      if (j != top) others += std::exp(static_cast<long double>(z[j]) - z[top]);
    }
    for (size_t j = 0; j < n; ++j) a[j] = static_cast<double>(z[j] - z[top] - std::log1p(others));
  }
  static constexpr HeadInfo kInfo = {
      .name = "log_softmax",
      .proper = "log-softmax",
      .summary = "logarithms of those probabilities",
      .formula = R"(a_j = z_j - \ln \sum_i e^{z_i})",
      .slope_formula = R"([i = j] - e^{a_i})",
      .source = "Bridle 1990",
      .value = &Value,
      .max_ulp = 0.501,
  };

  static HWY_INLINE void Outputs(const LogitRow& logits, size_t row, Panels a) {
    const double log_total = Log1pOf(logits.others);
    for (size_t j = 0; j < a.cols; ++j) {
      float& to = a.Row(j / kPanel, row)[j % kPanel];
      to = static_cast<float>(static_cast<double>(to) - logits.m - log_total);
    }
  }

  //     delta_i  <-  delta_i - e^(a_i) sum_j delta_j
  static HWY_INLINE void Back(ConstPanels a, size_t row, Panels delta) {
    double sum = 0.0;
    for (size_t j = 0; j < a.cols; ++j) sum += static_cast<double>(delta.At(row, j));
    for (size_t j = 0; j < a.cols; ++j) {
      float& to = delta.Row(j / kPanel, row)[j % kPanel];
      const double p = ExpOf(static_cast<double>(a.At(row, j)));
      to = static_cast<float>(static_cast<double>(to) - p * sum);
    }
  }
};

/// Every head there is, in the order of tables.
using HeadList = OpList<Softmax, LogSoftmax>;

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
