/// @file
/// What a terminal says of a training: on the way, and in the end.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_TRAINING_TRAINING_TEXT_H_
#define LANEGRAD_EXPERIMENTS_TRAINING_TRAINING_TEXT_H_

#include <cstddef>
#include <string>

#include "experiments/records/score.h"
#include "experiments/training/trained_runs.h"

namespace lanegrad {

/// What came of it, the answer first, in lines of at most `columns` columns, broken at words. A
/// table that is wider loses its last columns.
std::string TrainingText(const TrainedRuns& trained, std::size_t columns);

/// Where the time of a run went, phase by phase; empty where that was not measured.
std::string ProfileText(const RunRecord& run);

/// How far a run is: "epoch 3/10: loss 0.4123, 85.20 % right, held out 84.10 %; 41 s left", where
/// `pace` is in samples a second.
std::string EpochText(const Settings& settings, std::size_t epoch, const EpochMetrics& metrics,
                      double pace, Score score = Score::kAccuracy);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_TRAINING_TRAINING_TEXT_H_
