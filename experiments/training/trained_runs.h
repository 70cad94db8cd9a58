/// @file
/// The runs of one command of `train`: of the same settings, each from a seed of its own.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_TRAINING_TRAINED_RUNS_H_
#define LANEGRAD_EXPERIMENTS_TRAINING_TRAINED_RUNS_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "experiments/records/compared_run.h"
#include "experiments/records/run_record.h"
#include "experiments/statistics/statistics.h"
#include "network/dataset.h"
#include "network/network.h"

namespace lanegrad {

/// At most so many of the worst mistakes are recorded.
inline constexpr std::size_t kWorstMistakes = 24;

/// What was trained.
struct TrainedRuns {
  const Dataset& data;          ///< On what.
  std::vector<RunRecord> runs;  ///< By fold, then by growing seed; at least one.
};

/// A share with what is known of how sure it is.
struct SharedMean {
  double mean = NAN;            ///< Over the runs; a diverged one counts as guessing.
  Interval interval;            ///< 95 %: Student's over seeds; Wilson's of samples, of one run.
  std::vector<double> by_seed;  ///< One a run.
};

/// Adds what test samples were taken for to the record of a run that was tested and did not
/// diverge. They are the samples that its test accuracy is of, read with it.
void AddConfusion(const Network& network, const RunResult& result, const Dataset& data,
                  RunRecord& record);

/// How many test samples a run has read; of folds that differ in size, the first.
std::size_t TestCount(const TrainedRuns& trained);

/// How many folds the runs are of; 0: no cross-validation.
std::size_t FoldsOf(const TrainedRuns& trained);

/// "5 seeds", or "5 folds with 2 seeds each".
std::string RunsText(const TrainedRuns& trained);

/// The runs as statistics see them.
std::vector<ComparedRun> Views(const TrainedRuns& trained);

/// The share of test samples that are named rightly; of a regression R2. Of folds the interval is
/// the corrected one (resampled.h).
SharedMean TestAccuracy(const TrainedRuns& trained);

/// The share of the test samples of a class that are named rightly; NaN where no run that was
/// recorded with its confusion has any. Diverged runs are left out.
SharedMean TestRecall(const TrainedRuns& trained, std::size_t label);

/// What test samples were taken for, of all runs together; the mistakes are those of the first.
/// None where no run has any.
std::optional<Confusion> JointConfusion(const TrainedRuns& trained);

/// What is known of the epoch whose weights the network has: the last, or the one that was kept.
/// The run has finished an epoch.
const EpochMetrics& LastEpoch(const RunRecord& run);

/// What a class is called: its name, or "class 3".
std::string ClassName(const Dataset& data, std::size_t label);

/// How many runs diverged.
std::size_t CountDiverged(const TrainedRuns& trained);

/// The joint digest of several runs; of one, its own.
std::string DigestOf(const TrainedRuns& trained);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_TRAINING_TRAINED_RUNS_H_
