/// @file
/// The command line of a grid of trainings.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPERIMENT_GRID_FLAGS_H_
#define LANEGRAD_EXPERIMENTS_EXPERIMENT_GRID_FLAGS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "experiments/cli/command_line.h"
#include "experiments/cli/program_options.h"
#include "experiments/cli/progress.h"
#include "experiments/cli/time_limit.h"
#include "experiments/comparison/protocol.h"
#include "experiments/experiment/experiment.h"
#include "experiments/runs/engine.h"

namespace lanegrad {

/// What the flags of a grid of trainings say.
struct GridFlags {
  const Experiment* experiment = nullptr;  ///< Whose they are.
  std::string program;                     ///< What the program is called.
  Engine* engine = nullptr;                ///< Who trains; null: threads of this process.
  CommonOptions common;                    ///< What all programs share.
  Settings base;                           ///< Of the settings' flags.
  Request request;                         ///< What is asked for.
  std::string grid;                        ///< Of `--grid`; empty: none.
  std::string shard;                       ///< Of `--shard`; empty: all.
  std::vector<std::string> merge;          ///< Of `--merge`.
  bool quick = false;                      ///< `--quick`.
  bool full = false;                       ///< `--full`.
  bool force = false;                      ///< `--force`.
  bool explain = false;                    ///< `--explain`.
  bool plan_only = false;                  ///< `--dry-run`.
  bool skip_illegal = false;               ///< `--skip-illegal`.
  bool verbose = false;                    ///< `--verbose`.
  bool report_only = false;                ///< `--report-only`.
  bool export_tables = false;              ///< `--export`.
  TimeLimits limits;                       ///< `--limit` and its like.
  std::size_t verify = 0;                  ///< Of `--verify`: how many; 0: all.
  std::string verify_archive;              ///< Of `--verify`, where it is no number.
  std::size_t sample = 10;                 ///< Of `--sample`: runs of an archive.
  std::string archive;                     ///< Of `--archive`; empty: none.
  /// The number of the profile: quick, default, full.
  std::size_t profile() const { return quick ? 0 : full ? 2 : 1; }
  /// How much is said on the way.
  Loudness loudness() const {
    return common.quiet ? Loudness::kQuiet : verbose ? Loudness::kVerbose : Loudness::kUsual;
  }
};

/// Adds the flags, examples included. `flags.experiment` is set.
void AddGridFlags(CommandLine& line, GridFlags& flags);

/// Takes over what a grid file says of data and profile, where no flag of `line` says otherwise,
/// and keeps the file for the protocol.
void TakeGridFile(GridFile file, const CommandLine& line, GridFlags& flags);

/// Whether runs are tested by folds, as flags or the file say: then no samples are set aside.
bool IsFolded(const GridFlags& flags);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPERIMENT_GRID_FLAGS_H_
