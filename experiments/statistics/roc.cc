// SPDX-License-Identifier: Apache-2.0
#include "experiments/statistics/roc.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace lanegrad {

// [area-under-curve]
double ProbabilityLarger(std::span<const double> flagged, std::span<const double> others) {
  if (flagged.empty() || others.empty()) return std::nan("");
  std::vector<double> sorted(others.begin(), others.end());
  std::sort(sorted.begin(), sorted.end());
  double below = 0.0;  // pairs in which the flagged number is larger, and half of the equal ones
  for (const double each : flagged) {
    const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), each);
    below += static_cast<double>(first - sorted.begin()) + 0.5 * static_cast<double>(last - first);
  }
  return below / (static_cast<double>(flagged.size()) * static_cast<double>(others.size()));
}
// [area-under-curve]

}  // namespace lanegrad
