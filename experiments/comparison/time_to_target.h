/// @file
/// How long until a run reaches a stated accuracy; never, for those that do not.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPARISON_TIME_TO_TARGET_H_
#define LANEGRAD_EXPERIMENTS_COMPARISON_TIME_TO_TARGET_H_

#include "experiments/records/compared_run.h"

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
/// The median of several is infinite where half of the runs or more did not get there.
TimeToTarget ReachTarget(const ComparedRun& run, double target);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPARISON_TIME_TO_TARGET_H_
