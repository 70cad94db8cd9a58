// SPDX-License-Identifier: Apache-2.0
#include "experiments/conformance/centred_scatter.h"

#include <algorithm>
#include <cstdint>

#include "experiments/statistics/leading_eigenvalues.h"
#include "kernels/gemm.h"

namespace lanegrad {
namespace {

// 256 * 255^2 < 2^24: a block of the kernels' sums is exact.
constexpr std::size_t kRows = kSumBlock;
static_assert(kRows * 255 * 255 < (std::size_t{1} << 24));

// Samples first .. first + rows as floats, not divided by 255.
void LoadBytes(const Samples& samples, std::size_t first, std::size_t rows, Matrix& x) {
  const std::size_t n = samples.features;
  for (std::size_t panel = 0; panel < PanelCount(n); ++panel) {
    const std::size_t begin = panel * kPanel, end = std::min(begin + kPanel, n);
    for (std::size_t r = 0; r < rows; ++r) {
      const std::uint8_t* from = samples.bytes.data() + (first + r) * n;
      float* to = x.view().Row(panel, r);
      for (std::size_t j = begin; j < end; ++j) to[j - begin] = static_cast<float>(from[j]);
    }
  }
}

}  // namespace

std::vector<double> CentredScatter(const Samples& samples) {
  const std::size_t n = samples.features, count = samples.count;
  if (samples.bytes.size() != count * n) throw DataError("the samples are not of bytes");
  if (count > std::size_t{1} << 18) throw DataError("more samples than can be summed exactly");
  std::vector<double> products(n * n), sums(n);
  Matrix x(kRows, n), product(n, n);
  for (std::size_t first = 0; first < count; first += kRows) {
    const std::size_t rows = std::min(kRows, count - first);
    LoadBytes(samples, first, rows, x);
    MultiplyTransposed(x.view(), x.view(), rows, {0, PanelCount(n)}, product.view());
    for (std::size_t panel = 0; panel < PanelCount(n); ++panel) {
      const std::size_t begin = panel * kPanel, end = std::min(begin + kPanel, n);
      for (std::size_t i = 0; i < n; ++i) {
        const float* from = product.view().Row(panel, i);
        for (std::size_t j = begin; j < end; ++j) {
          products[i * n + j] += static_cast<double>(from[j - begin]);
        }
      }
    }
  }
  for (std::size_t s = 0; s < count; ++s) {
    for (std::size_t i = 0; i < n; ++i) sums[i] += static_cast<double>(samples.bytes[s * n + i]);
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      double& each = products[i * n + j];
      each = static_cast<double>(count) * each - sums[i] * sums[j];
    }
  }
  return products;
}

std::vector<double> ExplainedFractions(const Samples& samples, std::size_t count) {
  const std::size_t n = samples.features;
  const std::vector<double> scatter = CentredScatter(samples);
  double total = 0.0;
  for (std::size_t i = 0; i < n; ++i) total += scatter[i * n + i];
  std::vector<double> fractions = LeadingEigenvalues(scatter, n, count);
  for (double& each : fractions) each /= total;
  return fractions;
}

}  // namespace lanegrad
