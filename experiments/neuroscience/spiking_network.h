/// @file
/// A trained network of rectifiers, run by neurons that only spike.
///
/// A neuron that adds up its weighted input spikes, fires when the sum passes 1 and then subtracts
/// 1 from it, fires on average at a rate of max(0, z): a rectifier, read over time. So the weights
/// of a trained network serve as they are, once each layer's activations are scaled to at most one
/// spike a step [Diehl et al. 2015; Rueckauer et al. 2017].
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_NEUROSCIENCE_SPIKING_NETWORK_H_
#define LANEGRAD_EXPERIMENTS_NEUROSCIENCE_SPIKING_NETWORK_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "network/dataset.h"
#include "network/network.h"

namespace lanegrad {

/// The accuracy of a spiking network after some steps, and what it has done until then.
struct SpikingResult {
  std::size_t steps = 0;         ///< Time steps.
  double accuracy = 0.0;         ///< Of the answers that stand after so many.
  double spikes = 0.0;           ///< Spikes a sample, inputs included.
  double synaptic_events = 0.0;  ///< Spikes times the connections they go down, a sample.
};

/// Scales weights and biases of a network with relu in its hidden layers so that a share `quantile`
/// of the activations of each hidden layer on the given samples is at most 1. What comes out of
/// the last layer keeps its order. Throws UsageError where a hidden layer is no relu.
Network ScaledForSpiking(const Network& network, const Samples& samples,
                         std::span<const std::uint32_t> chosen, double quantile);

/// Runs such a network on the samples `chosen`. At each step an input spikes with probability equal
/// to its value, between 0 and 1; each hidden neuron adds its weighted input spikes and its bias to
/// its voltage, and spikes when that is at least 1; the outputs add up. The answer is the largest
/// sum. Results after each of `read_at`, which grow. Random numbers of `seed`.
/// Cost: read_at.back() forward passes a sample, and a random word an input and step.
std::vector<SpikingResult> RunSpiking(const Network& scaled, const Samples& samples,
                                      std::span<const std::uint32_t> chosen,
                                      std::span<const std::size_t> read_at, std::uint64_t seed);

/// Multiplications by a number that is not zero, a sample, when the network runs as it was trained:
/// inputs and activations that are not zero, times their outgoing weights.
double NonzeroProducts(const Network& network, const Samples& samples,
                       std::span<const std::uint32_t> chosen);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_NEUROSCIENCE_SPIKING_NETWORK_H_
