/// @file
/// Noise on purpose: samples that are taught wrongly, to see which losses forgive it
/// (chapter 3.4), and inputs that are blurred, to see what a network leans on.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_NOISE_H_
#define LANEGRAD_NETWORK_NOISE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "network/dataset.h"

namespace lanegrad {

/// The label that each sample of `data.train` is taught with: its own, or, with
/// probability `share` for the samples `chosen`, another, all others being equally
/// likely. It depends on seed and sample alone. Of a share above 0 there must be at least
/// two classes, which Resolve() sees to.
std::vector<std::uint8_t> TaughtLabels(const Dataset& data, std::span<const std::uint32_t> chosen,
                                       double share, std::uint64_t seed);

/// Rewrites the targets of the samples chosen[r] for the rows r of `rows`, which
/// Gather() has filled by their own labels, where they are taught with others.
void Mislabel(const Samples& samples, std::span<const std::uint8_t> taught,
              std::span<const std::uint32_t> chosen, Range rows, Panels y);

/// Adds normal noise of this deviation to the inputs x(r, .) for the rows r of
/// `rows`: other noise for each sample chosen[r] in each epoch, the same whatever its
/// place in the batch. Cost: a normal variate an element, some 20 ns.
void AddNoise(float deviation, std::uint64_t seed, std::size_t epoch,
              std::span<const std::uint32_t> chosen, Range rows, Panels x);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_NOISE_H_
