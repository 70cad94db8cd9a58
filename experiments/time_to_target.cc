// SPDX-License-Identifier: Apache-2.0
#include "experiments/time_to_target.h"

#include <algorithm>
#include <limits>

namespace lanegrad {

TimeToTarget ReachTarget(const ComparedRun& run, double target) {
  const double never = std::numeric_limits<double>::infinity();
  for (std::size_t epoch = 0; epoch < run.epochs.size(); ++epoch) {
    if (!(run.epochs[epoch][0] >= target)) continue;
    const double steps = static_cast<double>((epoch + 1) * run.steps_per_epoch);
    // A run that diverged or stopped may have taken part of an epoch more.
    const double all = std::max(steps, static_cast<double>(run.steps));
    return {static_cast<double>(epoch + 1), steps, run.seconds * steps / all};
  }
  return {never, never, never};
}

double MedianTime(std::vector<double> times) {
  const std::size_t n = times.size();
  if (n == 0) return std::numeric_limits<double>::quiet_NaN();
  std::sort(times.begin(), times.end());
  // Of an even number the later of the middle two where it is infinite, so that a time is
  // only stated where more than half got there.
  return n % 2 == 1 ? times[n / 2] : 0.5 * (times[n / 2 - 1] + times[n / 2]);
}

}  // namespace lanegrad
