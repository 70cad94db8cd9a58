/// @file
/// How long until a run reaches a stated accuracy; never, for those that do not.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_TIME_TO_TARGET_H_
#define LANEGRAD_EXPERIMENTS_TIME_TO_TARGET_H_

#include <cstddef>
#include <span>
#include <vector>

#include "experiments/compared_run.h"
#include "experiments/statistics.h"

namespace lanegrad {

/// How long one run took; infinite where it never got there.
struct TimeToTarget {
  double epochs;   ///< The first epoch after which the accuracy was reached, from 1.
  double steps;    ///< The steps up to there.
  double seconds;  ///< The same share of its training time. Decides nothing, and no digest.
};

/// When `run` first reached `target` on held-out samples. Epochs are what is recorded, so
/// the answer is a whole number of them. Having been there counts, also for a run that
/// diverged later.
TimeToTarget ReachTarget(const ComparedRun& run, double target);

/// The middle of times of which some may be infinite: the median, infinite where half of the
/// runs or more did not get there. NaN of nothing.
double MedianTime(std::vector<double> times);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_TIME_TO_TARGET_H_
