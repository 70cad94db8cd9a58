/// @file
/// Which of the seeds of a run causes how much of the spread between runs: every combination of
/// some levels of each is trained, and the variance is split.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_TRAINING_SEED_VARIANCE_H_
#define LANEGRAD_EXPERIMENTS_TRAINING_SEED_VARIANCE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "experiments/report/figure.h"
#include "experiments/report/text_table.h"
#include "experiments/statistics/variance_components.h"
#include "experiments/training/seed_design.h"
#include "experiments/training/trained_runs.h"

namespace lanegrad {

/// The runs of a design, in its order, and their data.
struct SeedVariance {
  const TrainedRuns& runs;   ///< What came of them.
  const SeedDesign& design;  ///< What was drawn.
  bool held_out = false;     ///< Whether scores are of held-out samples, else of test samples.
  /// A run each; one that diverged or ran out of time counts as guessing.
  std::vector<double> Scores() const;
  /// The variance of a score.
  VarianceSplit Split() const;
};

/// A line a cause, standard deviations of the score: by itself, and with all that it does together
/// with others; then of all together. Accuracies are in points.
Table SeedVarianceTable(const SeedVariance& variance);

/// A line a set of causes: the variances that add up to that of one run, as shares of it.
Table VarianceShareTable(const SeedVariance& variance);

/// The same as the first table, drawn.
DotFigure SeedVarianceFigure(const SeedVariance& variance);

/// How far apart two runs are, and whose fault that is, in sentences.
std::vector<std::string> SeedVarianceSentences(const SeedVariance& variance);

/// What these numbers do not hold, and what is confounded in them, in sentences.
std::vector<std::string> SeedVarianceLimits(const SeedVariance& variance);

/// All that for a terminal of so many columns.
std::string SeedVarianceText(const TrainedRuns& runs, const SeedDesign& design,
                             std::size_t columns);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_TRAINING_SEED_VARIANCE_H_
