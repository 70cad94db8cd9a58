/// @file
/// From runs of cross-validation to the values that its statistics are of.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPARISON_FOLD_VALUES_H_
#define LANEGRAD_EXPERIMENTS_COMPARISON_FOLD_VALUES_H_

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "experiments/records/compared_run.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {

/// Values of runs, ready to be judged.
struct FoldValues {
  std::vector<double> values;    ///< A run each; in cross-validation a fold each.
  double test_over_train = 0.0;  ///< As CorrectedMeanInterval() takes it; 0: independent.
  /// The 95 % interval of their mean: Student's, or the corrected one.
  Interval MeanInterval() const;
  /// The p value of a mean of zero: Student's, or the corrected one.
  double ZeroMeanP() const;
};

/// `values` belong to `runs`, one each. Without folds they stay as they are. With folds that are
/// the same for all seeds, the seeds of a fold are one value, their mean: they share all test
/// samples, and as many values they would pass for as many folds. Where each seed has folds of
/// its own (--split-seed seed) every run is a value, as in repeated cross-validation [Bouckaert and
/// Frank 2004].
FoldValues ByFold(std::span<const ComparedRun* const> runs, std::span<const double> values);

/// "seed", or in cross-validation "fold and seed": what pairs runs.
const char* PairedBy(std::size_t folds);

/// Folds may differ in size by one sample, and so may what their runs learn from, by which runs of
/// one cell would pass for runs of two: takes the smaller number for all.
void LevelFolds(std::vector<RunRecord>& records);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPARISON_FOLD_VALUES_H_
