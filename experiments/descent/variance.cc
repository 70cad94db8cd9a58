// SPDX-License-Identifier: Apache-2.0
#include "experiments/descent/variance.h"

#include <vector>

#include "experiments/statistics/statistics.h"
#include "kernels/random.h"

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

double LargestCauseShare(std::span<const double> y, std::array<std::size_t, 3> levels,
                         std::size_t cause, std::size_t resamples) {
  std::size_t largest = 0;
  std::vector<double> drawn(y.size());
  for (std::size_t r = 0; r < resamples; ++r) {
    RandomStream random(1, Stream::kBootstrap, r);
    std::array<std::vector<std::size_t>, 3> chosen;
    for (std::size_t k = 0; k < 3; ++k) {
      for (std::size_t i = 0; i < levels[k]; ++i) chosen[k].push_back(random.Below(levels[k]));
    }
    std::size_t at = 0;
    for (const std::size_t a : chosen[0]) {
      for (const std::size_t b : chosen[1]) {
        for (const std::size_t c : chosen[2]) {
          drawn[at++] = y[(a * levels[1] + b) * levels[2] + c];
        }
      }
    }
    const std::array<double, 3> parts = SplitVariance(drawn, levels).causes;
    largest += parts[cause] > parts[(cause + 1) % 3] && parts[cause] > parts[(cause + 2) % 3];
  }
  return static_cast<double>(largest) / static_cast<double>(resamples);
}

}  // namespace lanegrad
