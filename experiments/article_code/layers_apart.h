/// @file
/// Two layers trained apart, each against the final target, as section 4.2 of the article would
/// have it, and together, by back-propagation: 2-2-2 sigmoids with biases on xor, a target a class.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_ARTICLE_CODE_LAYERS_APART_H_
#define LANEGRAD_EXPERIMENTS_ARTICLE_CODE_LAYERS_APART_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace lanegrad {

/// How the layers are trained.
enum class LayerOrder {
  kStale,     ///< The first alone; the second alone, on what the first answered *before*.
  kApart,     ///< The first alone; the second alone, on what the first answers now.
  kTogether,  ///< Both in every step, by one error carried back.
};

/// Weights and biases of one layer of two units on two inputs: w[i * 2 + j], then b[j].
struct PairLayer {
  std::array<double, 4> w{};  ///< From input i to unit j: number i * 2 + j.
  std::array<double, 2> b{};  ///< Of unit j.
};

/// Both layers.
struct PairNetwork {
  PairLayer first;   ///< From the inputs to the hidden units.
  PairLayer second;  ///< From the hidden units to the answers.
};

/// How a training ended.
struct PairEnd {
  double loss = 0.0;   ///< Mean squared error over four rows and two answers.
  double right = 0.0;  ///< Rows whose larger answer is that of their class: 0 to 4.
};

/// Weights uniform with Glorot and Bengio's limit, biases 0, from stream kWeights of `seed`.
PairNetwork MakePairNetwork(std::uint64_t seed);

/// The loss of a network, and its gradient with its parts in the members of a network.
double PairLoss(const PairNetwork& network);
/// By back-propagation. [Rumelhart, Hinton and Williams 1986]
PairNetwork PairGradient(const PairNetwork& network);

/// Trains with `steps` steps a layer.
PairEnd TrainPair(PairNetwork network, LayerOrder order, double rate, std::size_t steps);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_ARTICLE_CODE_LAYERS_APART_H_
