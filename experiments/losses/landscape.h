/// @file
/// Loss landscapes: the loss of a network along lines and planes through its weights.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LOSSES_LANDSCAPE_H_
#define LANEGRAD_EXPERIMENTS_LOSSES_LANDSCAPE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "network/dataset.h"
#include "network/network.h"

namespace lanegrad {

/// What a landscape is the loss of.
struct LossOf {
  Loss loss;                              ///< Which.
  const Samples& samples;                 ///< Of what.
  std::span<const std::uint32_t> chosen;  ///< On which of them.
  /// The mean loss of a network.
  double operator()(const Network& network) const;
};

/// Its values with the numbers (parameters.h) (1 - t) a + t b in place of its own, for each t.
/// Cost: a forward pass a place.
std::vector<double> LossesAlong(const Network& network, std::span<const float> a,
                                std::span<const float> b, std::span<const double> places,
                                const LossOf& loss);

/// A random direction in the weights of `network`: normal numbers, of which those that lead into
/// one unit are together as long as the unit's own weights, so that a step of 1 changes every
/// unit by its own size; biases stay. [Li et al. 2018, section 4]
std::vector<float> UnitWiseDirection(const Network& network, std::uint64_t seed,
                                     std::uint64_t which);

/// The mean loss on a plane through the network's own numbers: at u d1 + v d2 for u and v of
/// `places`, row after row, v falling from row to row.
std::vector<double> LossesOnPlane(const Network& network, std::span<const float> d1,
                                  std::span<const float> d2, std::span<const double> places,
                                  const LossOf& loss);

/// How far the largest loss of a path lies above the higher one of its ends.
double BarrierOf(std::span<const double> losses);

/// The largest rise of a path above the least loss that it has had before: 0 where it never rises.
double LargestRise(std::span<const double> losses);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LOSSES_LANDSCAPE_H_
