/// @file
/// What came of a run: how it ended, its metrics, its digest, and its times.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_RUN_RESULT_H_
#define LANEGRAD_NETWORK_RUN_RESULT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "network/health.h"
#include "network/settings.h"

namespace lanegrad {

/// What is known of a network after an epoch. Values are exact: the same bits
/// whatever the threads.
struct EpochMetrics {
  double train_loss = 0.0;  ///< Mean over the epoch's samples, each before its step.
  /// Share of them that were right, before the step. Of a regression, here and below, R2: how
  /// much better than naming the mean (RSquared()); 1 is perfect, and larger is better as well.
  double train_accuracy = 0.0;
  std::optional<double> validation_loss;      ///< After the epoch; none where nothing is held out.
  std::optional<double> validation_accuracy;  ///< After the epoch; none where nothing is held out.
  /// After the epoch, where RunOptions::test_every_epoch asks for them: to be looked at, never to
  /// choose by. In no digest, and in no checkpoint.
  std::optional<double> test_loss = {};
  std::optional<double> test_accuracy = {};  ///< Likewise.
};

/// How a run ended.
enum class Status {
  kOk,           ///< All epochs done.
  kStopped,      ///< The stopping condition was met.
  kDiverged,     ///< A loss or a weight was not finite.
  kInterrupted,  ///< Asked to stop.
  kOutOfTime,    ///< RunOptions::deadline came first. How far it got depends on the machine.
};

/// "ok", "stopped", "diverged", "interrupted" or "out_of_time".
std::string_view StatusName(Status status);

/// Where a step's time goes.
enum class Phase { kGather, kForward, kLoss, kBackward, kUpdate, kWait, kEvaluate, kSave };
/// How many phases there are.
inline constexpr std::size_t kPhases = 8;
/// "gather", "forward", ...
std::string_view PhaseName(Phase phase);

/// What came of a run.
struct RunResult {
  Settings settings;                 ///< Resolved: nothing "auto" in it.
  Status status = Status::kOk;       ///< How it ended.
  std::vector<EpochMetrics> epochs;  ///< One an epoch that was finished.
  std::size_t steps = 0;             ///< Steps taken.
  std::size_t bad_step = 0;          ///< Where diverged: the step that showed it; 0: before any.
  double test_loss = 0.0;            ///< After the last epoch, where asked for.
  double test_accuracy = 0.0;        ///< After the last epoch, where asked for.
  double test_rmse = 0.0;            ///< Of a regression, in the target's units.
  std::size_t test_samples = 0;      ///< That were read.
  bool tested = false;               ///< Whether the test set was read.
  std::size_t kept_epoch = 0;        ///< Whose weights were restored, from 1; 0: none.
  Health health;                     ///< Of the final weights. Not in the digest.
  InputScaling scaling;              ///< Of inputs, as settings and training samples made it.
  /// 128 bits over settings, data, metrics and weights; empty where it ran out of time: its weights
  /// are then a matter of how fast the machine was.
  std::string digest;

  std::size_t threads = 1;                         ///< At most so many worked. Decides nothing.
  double train_seconds = 0.0;                      ///< Wall clock of the training steps.
  double samples_per_second = 0.0;                 ///< Training samples over that time.
  bool profiled = false;                           ///< Whether phases were timed.
  std::array<double, kPhases> phase_seconds = {};  ///< Of thread 0, where profiled.
};

/// Calls a run diverged where a loss that was computed beside its steps, on held-out or test
/// samples or to examine it, is not finite: a rectifier can hide it from the samples that
/// are learned from. Such a loss steers no step, so digests are made before: whether a run
/// is looked at may not change its digest.
void FindDivergence(RunResult& result);

/// The digest of a run: a 128-bit hash of key, status, steps, metrics and the network's
/// weights. Nothing about time or machine is in it, nor what is only derived.
std::string DigestOf(const RunResult& result, const Dataset& data, const Network& network);

/// Fills RunResult::health from the rest of it and from the network, which was taught by
/// `loss` `labels` of the samples `chosen` of the training data, scaled by `scaling`.
void Diagnose(RunResult& result, const Network& network, Loss loss, const Dataset& data,
              std::span<const std::uint8_t> labels, std::span<const std::uint32_t> chosen,
              const InputScaling& scaling);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_RUN_RESULT_H_
