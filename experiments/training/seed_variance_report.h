/// @file
/// The page of which seed causes how much of the spread.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_TRAINING_SEED_VARIANCE_REPORT_H_
#define LANEGRAD_EXPERIMENTS_TRAINING_SEED_VARIANCE_REPORT_H_

#include <filesystem>
#include <string>

#include "experiments/training/seed_design.h"
#include "experiments/training/trained_runs.h"

namespace lanegrad {

/// Writes report.html, seed_variance.csv and the like, figures and runs.csv into `directory`, and
/// removes what an earlier report left there. `runs` are those of `design`, all of them. Throws
/// WriteError.
void WriteSeedVarianceReport(const std::filesystem::path& directory, const TrainedRuns& runs,
                             const SeedDesign& design, const std::string& command);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_TRAINING_SEED_VARIANCE_REPORT_H_
