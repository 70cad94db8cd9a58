/// @file
/// A plan in words: what `--dry-run` says.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPARISON_PLAN_TEXT_H_
#define LANEGRAD_EXPERIMENTS_COMPARISON_PLAN_TEXT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "experiments/comparison/plan.h"

namespace lanegrad {

/// The numbers of a plan.
struct PlanCounts {
  std::size_t cells = 0;         ///< Legal ones.
  std::size_t tuning = 0;        ///< Runs that choose rates.
  std::size_t finals = 0;        ///< Runs after.
  std::size_t tuning_known = 0;  ///< Of the former, recorded.
  std::size_t finals_known = 0;  ///< Of the latter, recorded.
  std::size_t tuning_left = 0;   ///< Of the former, for this shard to run.
  std::size_t finals_left = 0;   ///< Of the latter, for this shard to run once all rates are tried.
};

/// Counts.
PlanCounts CountPlan(const Protocol& protocol, const TuningPlan& plan, const RemainingWork& work,
                     const Shard& shard);

/// The runs that are left for a shard. Those after the choice of rates are not known
/// before it but for their rate, which costs nothing: there they have another.
std::vector<PlannedRun> RunsLeft(const Protocol& protocol, const TuningPlan& plan,
                                 const RemainingWork& work, const Shard& shard);

/// The plan: axes with their values, counts, and the time that it will take; for a terminal of so
/// many columns, 0: none.
std::string PlanText(const Protocol& protocol, const TuningPlan& plan, const RemainingWork& work,
                     const Shard& shard, const Dataset& data, std::size_t threads,
                     std::size_t columns = 0);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPARISON_PLAN_TEXT_H_
