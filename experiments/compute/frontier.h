/// @file
/// The records of chapter 5.1 as budgets, levels and pairs.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPUTE_FRONTIER_H_
#define LANEGRAD_EXPERIMENTS_COMPUTE_FRONTIER_H_

#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/trials/seed_pairs.h"

namespace lanegrad {

/// One network at one budget.
struct BudgetCell {
  double width = 0.0;            ///< Hidden units.
  double held_out = 0.0;         ///< Mean accuracy of the trials of its rate.
  std::vector<double> accuracy;  ///< On test samples, a seed each.
};

/// All networks at one budget.
struct Budget {
  double work = 0.0;               ///< Multiply-adds of a training.
  std::vector<BudgetCell> cells;   ///< By growing width; at least one.
  const BudgetCell& Best() const;  ///< The width that is best on held-out samples.
};

/// All budgets, growing.
std::vector<Budget> BudgetsOf(const Evidence& evidence);

/// What one width needs to reach the level.
struct Reach {
  double width = 0.0;           ///< Hidden units.
  double reached = 0.0;         ///< How many seeds did.
  std::vector<double> samples;  ///< That each seed saw.
  std::vector<double> work;     ///< The same in multiply-adds.
  std::vector<double> seconds;  ///< Of its training, on the machine as it was.
};

/// All widths, growing.
std::vector<Reach> ReachesOf(const Evidence& evidence);

/// Every comparison by pairs of equal seeds that the chapter makes, judged together. Families:
/// "tenfold" (ten times the budget against the budget), "less" (a tenfold's gain against the next
/// one's), "wider" (a width against the next narrower one, for equal work), "grows" (narrow against
/// wide at the least budget, wide against narrow at the greatest), "samples" and "work" (what a
/// width needs against what the next wider one does).
std::vector<SeedPairs> ComputePairs(const Evidence& evidence);

/// Those of one family.
std::vector<SeedPairs> ComputeFamily(const Evidence& evidence, std::string_view family);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPUTE_FRONTIER_H_
