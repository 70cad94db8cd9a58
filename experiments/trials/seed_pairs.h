/// @file
/// Comparisons by pairs of equal seeds that a chapter makes, judged together.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_TRIALS_SEED_PAIRS_H_
#define LANEGRAD_EXPERIMENTS_TRIALS_SEED_PAIRS_H_

#include <string>
#include <string_view>
#include <vector>

#include "experiments/statistics/statistics.h"

namespace lanegrad {

/// Two things that were measured with the same seeds.
struct SeedPairs {
  std::string family;           ///< What is asked: "schedule", ...
  std::string name;             ///< Of which: "cosine".
  std::vector<double> a;        ///< Of this, a seed each.
  std::vector<double> b;        ///< Of what it is compared with.
  double margin = 0.0;          ///< a may be worse by less than this and counts as good.
  PairedComparison found = {};  ///< Of a and b.
  double p = 1.0;               ///< That a is b minus the margin; Holm's, over all of the chapter.
  /// a is shown to be more than b minus the margin; it needs no showing where both are the same
  /// runs, and there is a margin.
  bool above() const {
    return (margin > 0.0 && a == b) || (p <= 0.05 && found.difference + margin > 0.0);
  }
  /// a is shown to be less.
  bool below() const { return p <= 0.05 && found.difference + margin < 0.0; }
};

/// Compares every pair and adjusts the p values over all of them. Where there are too few seeds
/// to say anything p is 1. [Holm 1979]
void JudgeTogether(std::vector<SeedPairs>& pairs);

/// Those of a family, in their order.
std::vector<SeedPairs> FamilyOf(std::vector<SeedPairs> pairs, std::string_view family);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_TRIALS_SEED_PAIRS_H_
