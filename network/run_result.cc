// SPDX-License-Identifier: Apache-2.0
#include "network/run_result.h"

#include <cmath>
#include <cstdint>

#include "network/hash.h"

namespace lanegrad {

std::string_view StatusName(Status status) {
  constexpr std::string_view kNames[] = {"ok", "stopped", "diverged", "interrupted", "out_of_time"};
  return kNames[static_cast<std::size_t>(status)];
}

std::string_view PhaseName(Phase phase) {
  constexpr std::string_view kNames[kPhases] = {"gather", "forward", "loss",     "backward",
                                                "update", "wait",    "evaluate", "save"};
  return kNames[static_cast<std::size_t>(phase)];
}

void FindDivergence(RunResult& result) {
  if (result.status != Status::kOk && result.status != Status::kStopped) return;
  const auto diverges = [&](std::size_t step) {
    result.status = Status::kDiverged;
    result.bad_step = step;
  };
  const std::size_t batch = result.settings.batch, samples = result.settings.samples;
  for (std::size_t epoch = 0; epoch < result.epochs.size(); ++epoch) {
    if (std::isfinite(result.epochs[epoch].validation_loss.value_or(0.0))) continue;
    return diverges((epoch + 1) * ((samples + batch - 1) / batch));
  }
  if (!std::isfinite(result.test_loss) || result.health.diverged) diverges(result.steps);
}

std::string DigestOf(const RunResult& result, const Dataset& data, const Network& network) {
  Hasher hasher;
  hasher.Add(RunKey(result.settings, data));
  hasher.Add(StatusName(result.status));
  hasher.Add(std::uint64_t{result.steps});
  for (const EpochMetrics& epoch : result.epochs) {
    hasher.Add(epoch.train_loss);
    hasher.Add(epoch.train_accuracy);
    // As it was before "none" was known: digests last.
    hasher.Add(epoch.validation_loss.value_or(0.0));
    hasher.Add(epoch.validation_accuracy.value_or(0.0));
  }
  network.AddTo(hasher);
  return hasher.Hex();
}

void Diagnose(RunResult& result, const Network& network, Loss loss, const Dataset& data,
              std::span<const std::uint8_t> labels, std::span<const std::uint32_t> chosen,
              const InputScaling& scaling) {
  // Of weights that are not finite there is nothing more to say.
  if (result.status != Status::kDiverged) {
    result.health = Examine(network, loss, data.train, labels, chosen, scaling);
  }
  std::vector<double> accuracies;
  for (const EpochMetrics& epoch : result.epochs) accuracies.push_back(epoch.train_accuracy);
  FindDivergence(result);
  const bool diverged = result.status == Status::kDiverged;
  if (diverged) {
    result.health.layers.clear();
    result.health.classes.clear();
  }
  Conclude(result.health, diverged ? std::optional(result.bad_step) : std::nullopt, accuracies,
           data.regression() ? 0.0 : LargestShare(labels, chosen, data.classes), chosen.size());
}

}  // namespace lanegrad
