// SPDX-License-Identifier: Apache-2.0
#include "experiments/descent/variance.h"

#include <vector>

#include "experiments/statistics/statistics.h"

namespace lanegrad {

VarianceParts SplitVariance(std::span<const double> y, std::array<std::size_t, 3> levels) {
  const double mean = Mean(y), all = static_cast<double>(y.size());
  double total = 0.0;
  for (const double value : y) total += (value - mean) * (value - mean);
  const std::array<std::size_t, 3> strides = {levels[1] * levels[2], levels[2], 1};
  std::array<double, 3> squares = {};  // sum of squares of each cause
  double rest = total, freedom = all - 1.0;
  for (std::size_t k = 0; k < 3; ++k) {
    const double each = all / static_cast<double>(levels[k]);  // results a level
    std::vector<double> sums(levels[k]);
    for (std::size_t i = 0; i < y.size(); ++i) sums[i / strides[k] % levels[k]] += y[i];
    for (const double sum : sums) squares[k] += each * (sum / each - mean) * (sum / each - mean);
    rest -= squares[k];
    freedom -= static_cast<double>(levels[k] - 1);
  }
  VarianceParts parts = {.causes = {}, .rest = rest / freedom};
  for (std::size_t k = 0; k < 3; ++k) {
    const double each = all / static_cast<double>(levels[k]);
    parts.causes[k] = (squares[k] / static_cast<double>(levels[k] - 1) - parts.rest) / each;
  }
  return parts;
}

}  // namespace lanegrad
