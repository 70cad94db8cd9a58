/// @file
/// The report of a training: what came of it, how it learned, where it errs, and what is wrong with
/// it.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_TRAINING_TRAINING_REPORT_H_
#define LANEGRAD_EXPERIMENTS_TRAINING_TRAINING_REPORT_H_

#include <filesystem>
#include <string>

#include "experiments/training/trained_runs.h"

namespace lanegrad {

/// Writes report.html into `directory`, beside it tables as CSV and figures/, each a drawing, its
/// data and a specification. `command` makes it again. Throws WriteError.
void WriteTrainingReport(const std::filesystem::path& directory, const TrainedRuns& trained,
                         const std::string& command);

/// Removes from `directory` what a report of an earlier command left there and this one may have no
/// use for, such as the curves of a run without an epoch: it would pass for its own.
void RemoveEarlierReport(const std::filesystem::path& directory);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_TRAINING_TRAINING_REPORT_H_
