/// @file
/// What the records of a comparison say: cells, their best rate, their rank.
///
/// A cell is one combination of everything but rate and seed. The protocol: for
/// each cell, every rate is tried with a few seeds and judged on held-out
/// samples; the best rate is run again with fresh seeds, and only those runs read
/// the test set, once.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPARISON_H_
#define LANEGRAD_EXPERIMENTS_COMPARISON_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "experiments/grid.h"
#include "experiments/record.h"
#include "experiments/statistics.h"
#include "network/settings.h"

namespace lanegrad {

/// The trials of one rate in one cell.
struct RateTrials {
  float rate = 0.0f;               ///< The learning rate.
  std::vector<double> accuracies;  ///< On held-out samples, a seed each.
  std::size_t diverged = 0;        ///< How many of them diverged; they count as chance.
  /// Mean over the seeds.
  double mean() const { return Mean(accuracies); }
};

/// One cell.
struct ComparisonCell {
  Settings settings;                ///< With the best rate, once there are trials.
  std::vector<std::string> labels;  ///< Its value on each axis but rate.
  std::vector<RateTrials> trials;   ///< By growing rate.
  std::size_t best = 0;             ///< The row of `trials` with the highest mean.
  std::vector<double> test;         ///< Test accuracy, a fresh seed each, in seed order.
  std::size_t test_diverged = 0;    ///< How many of those diverged.
  std::string verdict;              ///< Against the first in rank, in words.
  /// Its labels, joined.
  std::string Name() const;
};

/// Builds the cells of a grid from its tuning records, in grid order, and finds
/// their best rates. `chance` is the accuracy that a diverged run counts as. Of
/// equally good rates the smallest is best.
std::vector<ComparisonCell> CellsFromTrials(const Settings& base, std::span<const Axis> grid,
                                            std::span<const Json> records, double chance);

/// Adds the records of the final runs to their cells, ranks the cells by mean test
/// accuracy and gives each its verdict against the first: paired by seed, Holm's
/// adjustment, at 5%: "best", "worse", or "no difference shown".
void RankByTest(std::vector<ComparisonCell>& cells, std::span<const Json> records, double chance);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPARISON_H_
