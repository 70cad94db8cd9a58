/// @file
/// Evaluation: how well a network does on samples that it does not learn from.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_EVALUATION_H_
#define LANEGRAD_NETWORK_EVALUATION_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "network/dataset.h"
#include "network/input_scaling.h"
#include "network/network.h"
#include "network/parallel.h"

namespace lanegrad {

/// Samples a chunk when evaluating. Any number gives the same bits.
inline constexpr std::size_t kEvaluationChunk = 128;

/// Loss (mean) and accuracy of a network on chosen samples.
struct Evaluation {
  double loss = 0.0;      ///< Mean over the samples.
  double accuracy = 0.0;  ///< Share of the samples that were right.
};

/// Evaluates `network` on the samples `chosen`, scaled by `scaling`; of none, both are 0. `parts`
/// members of `team`, one or all, take whole chunks each; the losses are then added in the order of
/// the samples. To be called by the leader.
Evaluation EvaluateNetwork(const Network& network, Loss loss, const Samples& samples,
                           std::span<const std::uint32_t> chosen, Team& team, std::size_t parts,
                           const InputScaling& scaling = {});

/// The same on one thread.
Evaluation EvaluateNetwork(const Network& network, Loss loss, const Samples& samples,
                           std::span<const std::uint32_t> chosen, const InputScaling& scaling = {});

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_EVALUATION_H_
