// SPDX-License-Identifier: Apache-2.0
#include "network/run_result.h"

#include <cstdint>

#include "network/hash.h"

namespace lanegrad {

std::string_view StatusName(Status status) {
  constexpr std::string_view kNames[] = {"ok", "stopped", "diverged", "interrupted"};
  return kNames[static_cast<std::size_t>(status)];
}

std::string_view PhaseName(Phase phase) {
  constexpr std::string_view kNames[kPhases] = {"gather", "forward", "loss",     "backward",
                                                "update", "wait",    "evaluate", "save"};
  return kNames[static_cast<std::size_t>(phase)];
}

std::string DigestOf(const RunResult& result, const Dataset& data, const Network& network) {
  Hasher hasher;
  hasher.Add(RunKey(result.settings, data));
  hasher.Add(StatusName(result.status));
  hasher.Add(std::uint64_t{result.steps});
  for (const EpochMetrics& epoch : result.epochs) {
    hasher.Add(epoch.train_loss);
    hasher.Add(epoch.train_accuracy);
    hasher.Add(epoch.validation_loss);
    hasher.Add(epoch.validation_accuracy);
  }
  network.AddTo(hasher);
  return hasher.Hex();
}

void Diagnose(RunResult& result, const Network& network, Loss loss, const Dataset& data,
              std::span<const std::uint8_t> labels, std::span<const std::uint32_t> chosen) {
  // Of weights that are not finite there is nothing more to say.
  if (result.status != Status::kDiverged) {
    result.health = Examine(network, loss, data.train, labels, chosen);
  }
  std::vector<double> accuracies;
  for (const EpochMetrics& epoch : result.epochs) accuracies.push_back(epoch.train_accuracy);
  Conclude(result.health, result.bad_step, accuracies, LargestShare(labels, chosen, data.classes),
           chosen.size());
}

}  // namespace lanegrad
