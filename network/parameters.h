/// @file
/// All numbers of a network in one row: to keep them, to compare them, to put them back.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_PARAMETERS_H_
#define LANEGRAD_NETWORK_PARAMETERS_H_

#include <cstddef>
#include <span>
#include <vector>

#include "network/network.h"

namespace lanegrad {

/// Which numbers of a network.
enum class Numbers {
  kWeights,           ///< Weights and biases.
  kWeightsAndStates,  ///< And what the optimizer keeps beside them.
};

/// How many they are.
std::size_t CountNumbers(const Network& network, Numbers which);

/// Layer by layer: the weights row after row without padding, the biases, then each
/// state of the optimizer likewise.
std::vector<float> TakeNumbers(const Network& network, Numbers which);

/// Puts them back, exactly. `numbers` must be CountNumbers() of them, from a network of
/// the same layers and optimizer.
void PutNumbers(Network& network, Numbers which, std::span<const float> numbers);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_PARAMETERS_H_
