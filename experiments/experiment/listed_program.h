/// @file
/// Runs the cells that a file lists, and says which published numbers come out again.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPERIMENT_LISTED_PROGRAM_H_
#define LANEGRAD_EXPERIMENTS_EXPERIMENT_LISTED_PROGRAM_H_

#include <cstddef>
#include <string>

#include "experiments/cli/progress.h"
#include "experiments/cli/time_limit.h"
#include "experiments/comparison/protocol.h"
#include "experiments/runs/engine.h"
#include "experiments/runs/grid_file.h"
#include "network/dataset.h"

namespace lanegrad {

/// How it is run, and where results go.
struct ListedOptions {
  std::string experiment;                ///< Name in the records.
  std::string output;                    ///< Directory of the results.
  std::size_t threads = 1;               ///< Runs side by side.
  bool force = false;                    ///< Run again what is recorded.
  TimeLimits limits = {};                ///< Of each run, and of all.
  bool plan_only = false;                ///< Only say what would be run.
  bool report_only = false;              ///< Run nothing.
  bool json = false;                     ///< Records on standard output instead of the table.
  bool pdf = false;                      ///< Plain figures as PDF besides.
  Loudness loudness = Loudness::kUsual;  ///< Of the progress.
  Engine* engine = nullptr;              ///< Who trains; null: threads of this process.
};

/// Searches the cells where the protocol says so, runs every cell with its seeds, records each run,
/// writes report.html, published.csv and the figure, and prints the table. Returns the exit code: 1
/// where a published number differs from ours by more than spread and tolerance explain, 6 where a
/// time limit ended something. Throws WriteError, UsageError for a cell that makes no sense, and
/// DataError where `report_only` lacks runs.
int RunListed(const Protocol& protocol, const GridFile& file, const Dataset& data,
              const ListedOptions& options);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPERIMENT_LISTED_PROGRAM_H_
