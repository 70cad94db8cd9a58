/// @file
/// What the records of a comparison say: cells, their best rate, their rank.
///
/// A cell is one combination of everything but rate, seed and fold. The protocol: for
/// each cell, every rate is tried with a few seeds and judged on held-out
/// samples; the best rate is run again with fresh seeds, and only those runs read
/// the test set, once. In cross-validation all of this is done in each fold by itself.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPARISON_COMPARISON_H_
#define LANEGRAD_EXPERIMENTS_COMPARISON_COMPARISON_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "experiments/comparison/fold_values.h"
#include "experiments/records/compared_run.h"
#include "experiments/records/run_record.h"
#include "experiments/runs/grid.h"
#include "experiments/statistics/statistics.h"
#include "network/settings.h"

namespace lanegrad {

/// The trials of one rate in one cell, or of one combination of settings that were searched for.
struct RateTrials {
  float rate = 0.0f;               ///< The learning rate.
  Settings settings = {};          ///< Of the first trial.
  std::vector<double> accuracies;  ///< On held-out samples, a seed each.
  OutcomeCounts outcomes;          ///< Those that diverged count as chance.
  std::vector<ComparedRun> runs;   ///< The same trials, whole.
  /// Mean over the seeds.
  double mean() const { return Mean(accuracies); }
};

/// One cell.
struct ComparisonCell {
  Settings settings;                ///< With the best rate, once there are trials.
  std::vector<std::string> labels;  ///< Its value on each axis but rate.
  std::vector<RateTrials> trials;   ///< By growing rate; of a search, in its order.
  std::size_t best = 0;             ///< The row of `trials` with the highest mean.
  std::vector<double> test;         ///< Test accuracy, a fresh seed each, in seed order.
  std::vector<ComparedRun> finals;  ///< The same runs, whole.
  FoldValues test_values;           ///< Those of `test` that its interval is of.
  OutcomeCounts test_outcomes;      ///< Of those runs.
  std::vector<double> from_first;   ///< Test accuracy minus that of the first, a common seed each.
  FoldValues from_first_values;     ///< Those of `from_first` that its interval is of.
  double better = 0.5;              ///< Probability of exceeding the first in rank, paired.
  double p = 1.0;                   ///< Adjusted p value of the difference from the first.
  std::string verdict;              ///< Against the first in rank, in words.
  std::vector<std::string> searched = {};  ///< What was searched for; empty: the rate alone.
  /// Its labels, joined.
  std::string Name() const;
  /// What its "accuracy" is.
  Score score() const;
  /// The 95 % interval of the mean of `test`: Student's, in cross-validation the corrected one.
  Interval TestInterval() const;
  /// What was best of what was tried: "rate 0.1", or "rate 0.1, momentum 0.93".
  std::string BestText() const;
};

/// The cell's settings with the rate, or what was searched for, that is best in one fold alone, by
/// its own trials: those of other folds have learned from its test samples.
Settings BestOfFold(const ComparisonCell& cell, std::size_t fold);

/// The verdict on what may well be equal.
inline constexpr std::string_view kNoDifference = "no difference shown";

/// The verdict on a cell that has no seed in common with the first: nothing was compared.
inline constexpr std::string_view kNoCommonSeed = "no seed in common";

/// A mean of paired differences, and how far its 95 % interval reaches to either side.
struct PairedDifference {
  double mean;  ///< NaN where no seed is common.
  double half;  ///< Student's; NaN where fewer than two seeds, or no spread, say nothing of it.
};

/// The difference of a ranked cell to the first in rank. The interval is that of this cell alone;
/// the verdict is adjusted for all pairs, and may show no difference where it leaves zero out.
PairedDifference DifferenceToFirst(const ComparisonCell& cell);

/// The axes of a grid that tell its cells apart: all but rate, and those tied to another.
std::vector<Axis> AxesButRate(std::span<const Axis> grid);

/// Builds the cells that the tuning records tell of, in the order of the grid's values, and
/// finds their best rates. Values that a grid left to be chosen ("auto") appear as what was
/// chosen, behind the named ones. `chance` is the accuracy that a diverged run counts as. Of
/// equally good rates the smallest is best. Where several settings were `searched` for, it is
/// their best combination that is found; of equally good ones the first that was tried.
std::vector<ComparisonCell> CellsFromTrials(std::span<const Axis> grid,
                                            std::span<const RunRecord> records, double chance,
                                            std::span<const std::string> searched = {});

/// Adds the records of the final runs to their cells, ranks the cells by mean test
/// accuracy and gives each its verdict against the first: "best", "worse", or "no
/// difference shown", or "no seed in common" where there is nothing to pair. Runs are paired by
/// seed (and fold); p values are Student's (of folds the corrected ones: resampled.h), adjusted by
/// Holm over *all* pairs of cells: the first was picked by its results, and a pair with it is no
/// fairer a choice than the two farthest apart of all. "worse" means at most 0.05.
void RankByTest(std::vector<ComparisonCell>& cells, std::span<const RunRecord> records,
                double chance);

/// The values of cells over the seeds that all of them have, a row a cell, by growing seed:
/// what Friedman's test takes. In cross-validation none: folds are no independent blocks.
std::vector<std::vector<double>> TestBlocks(std::span<const ComparisonCell> cells);

/// How the finished runs of a comparison ended.
OutcomeCounts CountOutcomes(const ComparisonCell& cell);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPARISON_COMPARISON_H_
