/// @file
/// One run on all threads, with all that a single run can do: begin with the weights of a file,
/// keep its state in one, go on from there, and end with a network to export.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_TRAINING_SINGLE_RUN_H_
#define LANEGRAD_EXPERIMENTS_TRAINING_SINGLE_RUN_H_

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/records/run_record.h"
#include "experiments/weights/safetensors.h"
#include "network/checkpoint.h"
#include "network/dataset.h"
#include "network/network.h"
#include "network/run_result.h"
#include "network/settings.h"

namespace lanegrad {

/// The files of a single run; empty: none.
struct RunFiles {
  std::string imported;    ///< Weights to begin with.
  std::string exported;    ///< Weights in the end.
  std::string checkpoint;  ///< The state of the run.
  std::string resume;      ///< A state to go on from.
  std::size_t every = 0;   ///< Steps from one state to the next; 0: at each epoch's end.
  /// Whether a record cannot stand for the run, because a file is to come of it.
  bool any_output() const { return !exported.empty() || !checkpoint.empty(); }
};

/// Where a run begins.
struct Beginning {
  std::optional<ImportedNetwork> imported;  ///< With the weights of a file.
  std::optional<Checkpoint> checkpoint;     ///< After so many steps.
};

/// Reads where to begin, and completes `settings` from there: those that are not `given` are the
/// file's. Where there is no `resume`, a `checkpoint` that is there is gone on from. Throws
/// UsageError for files that contradict each other, DataError for one that cannot be read.
Beginning ReadBeginning(const RunFiles& files, const std::vector<std::string_view>& given,
                        Settings& settings);

/// Throws where the files of a run could not be written: before the first step rather than after
/// the last.
void RequireOutputs(const RunFiles& files);

/// What does not decide what comes of a run.
struct SingleRunOptions {
  std::size_t threads = 1;        ///< At most so many.
  bool profile = false;           ///< Measure phases.
  bool test_every_epoch = false;  ///< As RunOptions has it.
  /// Seconds that it may take; then it ends, out of time.
  double limit = std::numeric_limits<double>::infinity();
  bool say = false;  ///< A line an epoch on standard error.
};

/// Trains, writes checkpoints and the weights, and returns the record, with its confusion. One
/// that was interrupted has the status; it is nothing to be recorded.
RunRecord TrainOnce(const Settings& settings, const Dataset& data, const Beginning& beginning,
                    const RunFiles& files, const SingleRunOptions& options);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_TRAINING_SINGLE_RUN_H_
