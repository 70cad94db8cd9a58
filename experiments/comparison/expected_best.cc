// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison/expected_best.h"

#include <algorithm>

namespace lanegrad {

std::vector<double> ExpectedBest(std::span<const double> values) {
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  const double n = static_cast<double>(sorted.size());
  std::vector<double> best;
  for (double k = 1; k <= n; ++k) {
    // From the largest value down: the chance that it is the largest of the k, which is
    // k / n for the first, and shrinks by (n - k - i) / (n - 1 - i) from place i to the next.
    double chance = k / n, sum = 0.0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      sum += chance * sorted[i];
      const double place = static_cast<double>(i);
      if (n - 1 - place > 0) chance *= std::max(0.0, n - k - place) / (n - 1 - place);
    }
    best.push_back(sum);
  }
  return best;
}

}  // namespace lanegrad
