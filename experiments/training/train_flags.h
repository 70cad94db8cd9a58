/// @file
/// The command line of `train`.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_TRAINING_TRAIN_FLAGS_H_
#define LANEGRAD_EXPERIMENTS_TRAINING_TRAIN_FLAGS_H_

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "experiments/cli/command_line.h"
#include "experiments/cli/program_options.h"
#include "experiments/cli/time_limit.h"
#include "experiments/training/seed_design.h"
#include "experiments/training/single_run.h"
#include "network/settings.h"
#include "network/stopwatch.h"

namespace lanegrad {

/// What the flags of `train` say.
struct TrainFlags {
  CommonOptions common;           ///< What all programs share.
  Settings settings;              ///< Of the settings' flags.
  RunFiles files;                 ///< Of `--import`, `--export`, `--checkpoint`, `--resume`.
  TimeLimits limits;              ///< `--limit` and its like.
  double begin = Now();           ///< When the command began.
  std::size_t seeds = 1;          ///< Of `--seeds`.
  std::size_t folds = 0;          ///< Of `--folds`; 0: none.
  std::size_t seed_variance = 0;  ///< Of `--seed-variance`; 0: not asked for.
  std::optional<SeedDesign> design = {};  ///< Of `seed_variance`, once data are there.
  bool explain = false;                   ///< `--explain`.
  bool profile = false;                   ///< `--profile`.
  bool test_every_epoch = false;          ///< `--test-every-epoch`.
  bool force = false;                     ///< `--force`.
  bool no_record = false;                 ///< `--no-record`.
  /// How many runs are asked for.
  std::size_t runs() const {
    return design ? design->runs.size() : seeds * std::max<std::size_t>(1, folds);
  }
  /// When all must be over, as Now() counts.
  double deadline() const { return begin + limits.all; }
  /// Whether progress is said.
  bool say() const { return !common.quiet && !common.json; }
};

/// Adds the flags, examples included.
void AddTrainFlags(CommandLine& line, TrainFlags& flags);

/// The settings that the command line gives.
std::vector<std::string_view> GivenSettings(const CommandLine& line);

/// Throws UsageError for flags that contradict each other.
void CheckTrainFlags(const CommandLine& line, const TrainFlags& flags);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_TRAINING_TRAIN_FLAGS_H_
