/// @file
/// Networks of several hidden layers that learn small pictures, each activation and depth at a
/// learning rate chosen with equal effort; and what becomes of their units on the way.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_ACTIVATIONS_DEEP_LEARNING_H_
#define LANEGRAD_EXPERIMENTS_ACTIVATIONS_DEEP_LEARNING_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "network/dataset.h"
#include "network/settings.h"

namespace lanegrad {

/// Pictures at half their width and height: each pixel is the mean of four, from 0 to 1, correctly
/// rounded. Of the first `train` and the first `test` pictures, or of all where there are fewer.
/// Throws DataError where `data` has no pictures of bytes with even sides.
Dataset HalvedImages(const Dataset& data, std::size_t train, std::size_t test);

/// What every network is given, whatever its activation and depth.
struct DepthBudget {
  std::size_t train = 4000;         ///< Pictures that it learns from.
  std::size_t held_out = 2000;      ///< Pictures to choose the rate by.
  std::size_t test = 10000;         ///< Pictures to be judged by, once.
  std::size_t width = 64;           ///< Units of a hidden layer.
  std::size_t epochs = 8;           ///< Passes.
  std::vector<double> rates;        ///< Rates tried, ascending.
  std::size_t tuning_seeds = 2;     ///< Seeds a rate is tried with.
  std::size_t final_seeds = 10;     ///< Fresh seeds at the chosen rate.
  std::vector<std::size_t> depths;  ///< Numbers of hidden layers.
};

/// A network to be trained.
struct DeepNetwork {
  std::string activation;         ///< Of hidden layers.
  std::size_t hidden_layers = 2;  ///< How many, of DepthBudget::width units each.
};

/// How it is trained on such data: plain gradient descent, batches of 32, softmax with
/// cross-entropy, initial weights that suit the activation.
Settings DeepSettings(const DeepNetwork& network, const DepthBudget& budget, const Dataset& images,
                      double rate, std::uint64_t seed);

/// What tuning and the fresh runs at the chosen rate say.
struct DeepResult {
  std::vector<double> held_out;  ///< Mean held-out accuracy, a rate each.
  std::size_t best = 0;          ///< The chosen rate's place: of equals the smallest rate.
  std::vector<double> accuracy;  ///< Test accuracy, a fresh seed each.
  std::size_t diverged = 0;      ///< How many of these runs diverged; they count as chance.
};

/// Tries every rate with the tuning seeds 1, 2, ..., chooses by held-out pictures, and trains with
/// the fresh seeds 1001, 1002, ... at the chosen rate. Only these read the test pictures. At most
/// `threads` trainings at once; no bit depends on it. Cost: rates * tuning_seeds + final_seeds
/// trainings.
DeepResult LearnDeep(const DeepNetwork& network, const DepthBudget& budget, const Dataset& images,
                     std::size_t threads);

/// The units of the hidden layers at one moment of a training.
struct UnitCount {
  double dead = 0.0;          ///< Share of units that no gradient can reach (network/health.h).
  double saturated = 0.0;     ///< Share of units that are flat for nearly all samples.
  std::vector<double> zeros;  ///< Share of outputs that are exactly 0, a hidden layer each.
};

/// The units of one training.
struct UnitHistory {
  std::vector<UnitCount> moments;  ///< Before the first step, then after each epoch that was
                                   ///< finished with finite weights.
  bool diverged = false;           ///< Whether it ended early.
};

/// Trains with fresh seed `seed` at `rate`, and looks at the units after every epoch, by the same
/// 128 training pictures.
UnitHistory WatchUnits(const DeepNetwork& network, const DepthBudget& budget, const Dataset& images,
                       double rate, std::uint64_t seed);

/// How far good rates reach around the best one.
struct Plateau {
  double decades = 0.0;  ///< Width.
  bool open = false;     ///< Whether it reaches an end of the rates: at least so wide.
};

/// Width, in decades of the learning rate, of the interval around the best rate in which accuracy
/// is at most `drop` below the best. Between neighbouring rates accuracy is taken to be linear in
/// the logarithm of the rate. Rates ascend and are as many as accuracies; not finite counts as 0.
Plateau RatePlateau(const std::vector<double>& rates, const std::vector<double>& accuracies,
                    double drop = 0.01);

/// The first seed that has chosen no rate.
inline constexpr std::uint64_t kFirstFreshSeed = 1001;

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_ACTIVATIONS_DEEP_LEARNING_H_
