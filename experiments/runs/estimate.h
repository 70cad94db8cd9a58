/// @file
/// How long a plan will take: from the times of its records, or measured.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RUNS_ESTIMATE_H_
#define LANEGRAD_EXPERIMENTS_RUNS_ESTIMATE_H_

#include <cstddef>
#include <span>
#include <string>

#include "experiments/runs/runner.h"

namespace lanegrad {

/// A time and where it is known from.
struct Estimate {
  double seconds = 0.0;  ///< Wall clock; at most so long, since runs may end early.
  std::string source;    ///< "measured on 4 of its runs in 1.0 s", ...
};

/// Estimates the wall clock of `runs`, `threads` of them side by side. Where at least
/// eight of `records` say how long they took, theirs is the
/// pace; else pieces of some runs, evenly spread, are trained for about `budget` seconds
/// in all, no more of them at once than this machine has processors. Nothing of that is kept.
Estimate EstimateTime(std::span<const PlannedRun> runs, const PlanRecords& records,
                      const Dataset& data, std::size_t threads, double budget = 1.0);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RUNS_ESTIMATE_H_
