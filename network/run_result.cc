// SPDX-License-Identifier: Apache-2.0
#include "network/run_result.h"

namespace lanegrad {

std::string_view StatusName(Status status) {
  constexpr std::string_view kNames[] = {"ok", "stopped", "diverged", "interrupted"};
  return kNames[static_cast<std::size_t>(status)];
}

std::string_view PhaseName(Phase phase) {
  constexpr std::string_view kNames[kPhases] = {"gather", "forward", "loss",    "backward",
                                                "update", "wait",    "evaluate"};
  return kNames[static_cast<std::size_t>(phase)];
}

}  // namespace lanegrad
