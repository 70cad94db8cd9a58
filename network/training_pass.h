/// @file
/// A pass over the training samples: an epoch, step by step.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_TRAINING_PASS_H_
#define LANEGRAD_NETWORK_TRAINING_PASS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "kernels/optimizer.h"
#include "network/batch.h"
#include "network/dataset.h"
#include "network/epoch_history.h"
#include "network/gradient_norm.h"
#include "network/network.h"
#include "network/parallel.h"
#include "network/resolved_settings.h"
#include "network/stopwatch.h"

namespace lanegrad {

/// The order in which an epoch takes the samples, what a step needs, and what the steps
/// have come to so far. The members of a team take a step together; everything else is
/// for their leader, between two steps.
class TrainingPass {
 public:
  /// Of the samples `chosen` of the training data, by teams of at most `members`.
  /// Everything that is given must outlive it, but for `scaling`: what an imported scale stands
  /// for; null: none.
  TrainingPass(const ResolvedSettings& resolved, const Dataset& data,
               std::span<const std::uint32_t> chosen, const EpochHistory& history, Network& network,
               std::size_t members, const InputScaling* scaling = nullptr);

  /// Samples of the pass.
  std::size_t size() const { return order_.size(); }
  /// Samples of a whole step; the last one may have fewer.
  std::size_t step_size() const { return batch_.rows(); }
  /// The labels of all training samples, as they are taught.
  std::span<const std::uint8_t> labels() const { return batch_.labels(); }

  /// How inputs are scaled, by the samples of the pass.
  const InputScaling& scaling() const { return batch_.scaling(); }

  /// Begins epoch number `epoch`, from 0: draws its order. Where it goes on with one, its
  /// first samples had these `losses` (as SavedLosses() has them), and `correct` were right.
  void Begin(std::size_t epoch, std::span<const double> losses, std::size_t correct);
  /// One member's share of a step: forward, loss, backward, update. `samples` are places in
  /// the order, `taken` the steps that the run has taken before. Adds its phases to `watch`.
  /// No member may begin the next one before all have returned.
  void Step(const Member& member, Range samples, std::size_t taken, Stopwatch& watch);
  /// Whether a loss of the last step was not finite.
  bool LastStepWasBad() const;

  /// Losses of the first `count` samples, each before its step; of a regression their squared
  /// errors behind them: what an epoch goes on with.
  std::vector<double> SavedLosses(std::size_t count) const;
  /// How many samples were right so far, before their step.
  std::size_t Correct() const;
  /// Mean loss of all samples.
  double MeanLoss() const;
  /// Share of all samples that were right; of a regression R2.
  double Accuracy() const;

 private:
  void PrepareStep(std::size_t first, std::size_t taken);
  RowsAhead After(Range samples, const Member& member) const;

  // Each member's own, on its own cache lines.
  struct alignas(128) Tally {
    std::size_t correct = 0;  // samples that were right
    bool bad = false;         // whether a loss of its last step was not finite
  };

  // Given. Nobody writes these while there are steps; the history grows between epochs.
  const Settings& settings_;
  const Loss loss_;
  const Optimizer optimizer_;
  const EpochHistory& history_;
  const std::span<const std::uint32_t> chosen_;
  const Samples& samples_;

  // The leader writes these between two steps, and the first alone in a step besides:
  // before its first barrier. All read them, that one after this barrier.
  StepScalars scalars_;
  std::vector<std::uint32_t> order_;
  std::size_t epoch_ = 0;

  // In a step each member writes its own rows or columns of these, and reads those of
  // others after a barrier.
  Network& network_;
  Batch batch_;
  Workspace space_;
  std::optional<GradientNorm> gradient_norm_;
  std::vector<double> losses_;   // by place in the order
  std::vector<double> squares_;  // likewise, of a regression: squared errors
  std::vector<Tally> tallies_;   // by member; the leader reads them all after the step
};

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_TRAINING_PASS_H_
