/// @file
/// What a library that trains networks offers, behind one C interface: plain gradient descent on
/// fully connected sigmoid layers and the mean squared error, the article's network, which all
/// of them can do.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_BENCH_PEERS_TRAINING_PEER_H_
#define LANEGRAD_BENCH_PEERS_TRAINING_PEER_H_

#include <cstddef>
#include <cstdint>

namespace lanegrad {

/// A network to begin with: `layers` matrices (in, out), row after row, and biases.
struct InitialNetwork {
  const std::size_t* sizes;     ///< Inputs, hidden ..., outputs: layers + 1 of them.
  std::size_t layers;           ///< Matrices.
  const float* const* weights;  ///< One a layer.
  const float* const* biases;   ///< One a layer.
};

/// One peer. Its network is what `make` returns.
struct TrainingPeer {
  const char* name;  ///< With its version.
  /// Makes such a network; null if it cannot.
  void* (*make)(const InitialNetwork& network);
  /// Takes `count` samples over, as it likes to have them: x (count, inputs), y (count, outputs).
  void (*load)(void* network, std::size_t count, const float* x, const float* y);
  /// Takes a step for each `batch` of the samples in `order`, one thread; count is a multiple.
  void (*train)(void* network, const std::uint32_t* order, std::size_t count, std::size_t batch,
                float rate);
  /// Computes the outputs of a sample.
  void (*predict)(void* network, const float* x, float* a);
  /// Ends it.
  void (*destroy)(void* network);
};

}  // namespace lanegrad

/// What every module exports.
#define LANEGRAD_TRAINING_PEER                                                    \
  extern "C" __attribute__((visibility("default"))) const lanegrad::TrainingPeer* \
  LanegradTrainingPeer()

#endif  // LANEGRAD_BENCH_PEERS_TRAINING_PEER_H_
