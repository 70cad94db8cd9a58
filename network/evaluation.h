/// @file
/// Evaluation: how well a network does on samples that it does not learn from.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_EVALUATION_H_
#define LANEGRAD_NETWORK_EVALUATION_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "network/dataset.h"
#include "network/network.h"

namespace lanegrad {

/// Samples a chunk when evaluating. Any number gives the same bits.
inline constexpr std::size_t kEvaluationChunk = 128;

/// Loss (mean) and accuracy of a network on chosen samples.
struct Evaluation {
  double loss = 0.0;      ///< Mean over the samples.
  double accuracy = 0.0;  ///< Share of the samples that were right.
};

/// Evaluates `network` on the samples `chosen`, in order, on one thread.
Evaluation EvaluateNetwork(const Network& network, Loss loss, const Samples& samples,
                           std::span<const std::uint32_t> chosen);

/// Runs the samples chosen[places] through the network in chunks, writes each one's
/// loss to its place in `losses` and returns how many were right. Different places
/// may be evaluated by different threads.
std::size_t EvaluateSlice(const Network& network, Loss loss, const Samples& samples,
                          std::span<const std::uint32_t> chosen, Range places, double* losses);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_EVALUATION_H_
