/// @file
/// Label noise: samples that are taught wrongly on purpose, to see which losses
/// forgive it. See chapter 3.4.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_LABEL_NOISE_H_
#define LANEGRAD_NETWORK_LABEL_NOISE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "network/dataset.h"

namespace lanegrad {

/// The label that each sample of `data.train` is taught with: its own, or, with
/// probability `share` for the samples `chosen`, another, all others being equally
/// likely. It depends on seed and sample alone.
std::vector<std::uint8_t> TaughtLabels(const Dataset& data, std::span<const std::uint32_t> chosen,
                                       double share, std::uint64_t seed);

/// Rewrites the targets of the samples chosen[r] for the rows r of `rows`, which
/// Gather() has filled by their own labels, where they are taught with others.
void Mislabel(const Samples& samples, std::span<const std::uint8_t> taught,
              std::span<const std::uint32_t> chosen, Range rows, Panels y);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_LABEL_NOISE_H_
