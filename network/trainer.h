/// @file
/// Minibatch training: one run, from settings to weights, metrics and digest.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_TRAINER_H_
#define LANEGRAD_NETWORK_TRAINER_H_

#include <atomic>
#include <cstddef>
#include <functional>
#include <limits>

#include "network/checkpoint.h"
#include "network/dataset.h"
#include "network/initial_weights.h"
#include "network/network.h"
#include "network/run_result.h"
#include "network/settings.h"

namespace lanegrad {

/// What decides nothing about a run's result.
struct RunOptions {
  std::size_t threads = 1;        ///< At most so many; fewer where the problem is small.
  bool test = true;               ///< Read the test set at the end.
  bool test_every_epoch = false;  ///< Read it after each epoch as well: not to choose by.
  bool profile = false;           ///< Measure phases.
  bool health = true;             ///< Examine the network at the end.
  /// Called by one thread after each epoch, with the samples a second so far.
  std::function<void(std::size_t epoch, const EpochMetrics&, double samples_per_second)> progress;
  /// Set it to end the run at the next step.
  const std::atomic<bool>* stop = nullptr;
  /// The time of Now() (stopwatch.h) at which the run ends at the next step, kOutOfTime: it reads
  /// no test data then.
  double deadline = std::numeric_limits<double>::infinity();
  /// The weights to begin with, where settings.initializer is theirs; null: drawn ones.
  const InitialWeights* weights = nullptr;
  /// Where to go on from; null: begin. Result and digest are those of a run that never
  /// stopped.
  const Checkpoint* resume = nullptr;
  /// Called by one thread between two steps with the state of the run: when it is due,
  /// and when the run ends, also by `stop`. What it throws ends the run and is rethrown.
  std::function<void(const Checkpoint&)> save;
  std::size_t save_every = 0;  ///< Steps from one to the next; 0: at each epoch's end.
};

/// Trains a network and returns what came of it; `network`, where not null,
/// receives the network itself. Throws UsageError for settings that make no
/// sense with the data or are not those of the checkpoint, DataError for a checkpoint
/// that contradicts itself.
RunResult Train(const Settings& settings, const Dataset& data, const RunOptions& options = {},
                Network* network = nullptr);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_TRAINER_H_
