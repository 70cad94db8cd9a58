/// @file
/// The epochs that a training has finished, and what they decide.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_EPOCH_HISTORY_H_
#define LANEGRAD_NETWORK_EPOCH_HISTORY_H_

#include <cstddef>
#include <vector>

#include "kernels/optimizer.h"
#include "network/run_result.h"
#include "network/schedule.h"
#include "network/settings.h"

namespace lanegrad {

/// The loss of each finished epoch by which a run is steered: that of validation where
/// samples are held out, else that of training. All decisions are functions of these
/// and of the settings, so a run that is resumed decides as if it had never stopped.
class EpochHistory {
 public:
  /// No epoch yet. `settings` must be resolved and outlive it; `schedule` is theirs.
  EpochHistory(const Settings& settings, Schedule schedule);
  void Add(const EpochMetrics& epoch);  ///< The next epoch is finished.
  /// What step number `step`, from 1, of up to `rows` samples is made with. `at` is where it
  /// begins: its epochs in all and its losses are those that are known here.
  StepScalars Scalars(std::size_t step, Progress at, std::size_t rows) const;
  /// The epoch of the least loss, from 0; the first of several. One must be finished.
  std::size_t Best() const;
  /// Whether the last epoch is the best.
  bool LastIsBest() const { return Best() + 1 == losses_.size(); }
  /// Whether a stopping condition is met: --patience, --stop-loss, --stop-accuracy.
  bool Ended() const;

 private:
  const Settings& settings_;
  const Schedule schedule_;
  std::vector<double> losses_;
  EpochMetrics last_;
};

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_EPOCH_HISTORY_H_
