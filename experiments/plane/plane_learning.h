/// @file
/// Networks that learn points of the plane, each at a learning rate chosen with equal effort.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_PLANE_PLANE_LEARNING_H_
#define LANEGRAD_EXPERIMENTS_PLANE_PLANE_LEARNING_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "network/dataset.h"
#include "network/network.h"
#include "network/settings.h"

namespace lanegrad {

/// Points to learn: a synthetic set (network/synthetic.h) with its noise.
struct PlaneSet {
  std::string_view data;  ///< "xor", "moons", ...
  float noise = 0.1f;     ///< Standard deviation on each coordinate.
};

/// A network between the two coordinates and the classes.
struct PlaneNetwork {
  std::vector<std::size_t> hidden;  ///< Units of the hidden layers; none: no hidden layer.
  std::string activation = "tanh";  ///< Of hidden layers.
};

/// What every network is given, whichever it is.
struct PlaneBudget {
  std::size_t train = 1000;                    ///< Samples that it learns from.
  std::size_t held_out = 500;                  ///< Samples to choose the rate by.
  std::size_t test = 1000;                     ///< Fresh samples to be judged by, once.
  std::size_t epochs = 200;                    ///< Passes.
  std::vector<float> rates = {0.001f, 0.01f};  ///< Rates tried, ascending.
  std::size_t tuning_seeds = 3;                ///< Seeds a rate is tried with.
};

/// The points of a seed: other points for each, from the same distribution.
Dataset PlanePoints(const PlaneSet& set, const PlaneBudget& budget, std::uint64_t seed);

/// How the network is trained on data of so many classes: Adam, batches of 32, softmax with
/// cross-entropy.
Settings PlaneSettings(const PlaneNetwork& network, const PlaneBudget& budget, std::size_t classes,
                       float rate, std::uint64_t seed);

/// A rate, and how good it is.
struct TunedRate {
  float rate = 0.0f;      ///< The chosen one: of equals the smallest.
  double held_out = 0.0;  ///< Its mean accuracy on held-out samples.
};

/// Tries every rate with seeds 1001, 1002, ..., which no other run has, and chooses by held-out
/// samples. Reads no test sample. Cost: rates * tuning_seeds trainings.
TunedRate ChooseRate(const PlaneSet& set, const PlaneNetwork& network, const PlaneBudget& budget);

/// A network that has learned.
struct PlaneResult {
  Network network;        ///< As training left it.
  double accuracy = 0.0;  ///< Share of the test samples that it answers rightly.
};

/// Trains on the points of `seed` at `rate`, and reads its test samples.
PlaneResult LearnPlane(const Dataset& points, const PlaneNetwork& network,
                       const PlaneBudget& budget, float rate, std::uint64_t seed);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_PLANE_PLANE_LEARNING_H_
