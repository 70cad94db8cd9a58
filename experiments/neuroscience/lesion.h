/// @file
/// Lesions: what is left of a trained network when a part of it is gone.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_NEUROSCIENCE_LESION_H_
#define LANEGRAD_EXPERIMENTS_NEUROSCIENCE_LESION_H_

#include <cstdint>

#include "network/network.h"

namespace lanegrad {

/// What is removed.
enum class LesionKind {
  kUnits,    ///< Hidden units, the same share of each layer: their outgoing weights become zero.
  kWeights,  ///< Weights of all layers, the same share of each.
};

/// A copy of `network` without the given share, 0 to 1, of its units or weights, chosen at random;
/// nothing is learned afterwards. With the same seed a larger lesion contains every smaller one.
/// Cost: a copy, and a permutation.
Network WithLesion(const Network& network, LesionKind kind, double share, std::uint64_t seed);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_NEUROSCIENCE_LESION_H_
