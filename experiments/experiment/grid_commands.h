/// @file
/// What a grid's command line can do besides running the grid: explain it, archive its results,
/// and verify an archive. Each returns the exit code.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPERIMENT_GRID_COMMANDS_H_
#define LANEGRAD_EXPERIMENTS_EXPERIMENT_GRID_COMMANDS_H_

#include "experiments/comparison/plan.h"
#include "experiments/experiment/grid_flags.h"
#include "network/dataset.h"

namespace lanegrad {

/// Prints losses and steps of the cells as formulas, each once. What varies within a cell, the rate
/// or what is tuned, stays a letter.
int ExplainCommand(const Protocol& protocol, const TuningPlan& plan, const Dataset& data);

/// Writes the results of `--output` into the file of `--archive`, with what was asked for
/// (plan.json) and on what this program runs (environment.json).
int ArchiveCommand(const GridFlags& flags);

/// Checks the files of the archive of `--verify` against their checksums, then runs a sample of its
/// runs again and compares digests. Data are those that the records name, where they are synthetic
/// and none are `data_given`.
int VerifyArchiveCommand(const GridFlags& flags, bool data_given);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPERIMENT_GRID_COMMANDS_H_
