// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison/time_to_target.h"

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

}  // namespace lanegrad
