/// @file
/// The smallest network with a hidden layer: two inputs, a few hidden units, one sigmoid. It
/// learns the four rows of xor by full-batch gradient descent, in plain loops, thousands of times
/// a second.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_XOR_XOR_NETWORK_H_
#define LANEGRAD_EXPERIMENTS_XOR_XOR_NETWORK_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "kernels/activation.h"

namespace lanegrad {

/// Rows of the truth table.
inline constexpr std::size_t kXorRows = 4;
/// Their inputs.
inline constexpr std::array<std::array<float, 2>, kXorRows> kXorInputs = {
    {{0, 0}, {0, 1}, {1, 0}, {1, 1}}};
/// What is to be answered to each.
inline constexpr std::array<float, kXorRows> kXorTargets = {0, 1, 1, 0};
/// Learned means that no answer is farther from its target.
inline constexpr float kXorMargin = 0.1f;
/// Widest hidden layer.
inline constexpr std::size_t kXorMaxWidth = 16;

/// Where a network begins.
enum class XorStart {
  kGlorot,   ///< Weights uniform with Glorot and Bengio's limit, biases 0 and learned.
  kUniform,  ///< Weights uniform in [0, 1), biases 0 and learned.
  kArticle,  ///< Weights uniform in [0, 1), and no biases at all, as in section 4.1.
};

/// What its steps make smaller.
enum class XorLoss {
  kMeanSquaredError,  ///< Mean over the four rows of (a - y)^2.
  kCrossEntropy,      ///< Mean over the four rows of the binary cross-entropy.
};

/// A network 2-width-1.
struct XorNetwork {
  std::size_t width = 2;                     ///< Hidden units, 1 to kXorMaxWidth.
  Activation activation;                     ///< Of hidden units; the output is a sigmoid.
  bool biases = true;                        ///< Whether it has any.
  std::array<float, 2 * kXorMaxWidth> w1{};  ///< From input i to unit j: number i * width + j.
  std::array<float, kXorMaxWidth> b1{};      ///< Of hidden units.
  std::array<float, kXorMaxWidth> w2{};      ///< From hidden units to the output.
  float b2 = 0.0f;                           ///< Of the output.
};

/// What a forward pass leaves behind; row s, unit j is number s * width + j.
struct XorPass {
  std::array<float, kXorRows * kXorMaxWidth> z1{};       ///< Weighted inputs of hidden units.
  std::array<float, kXorRows * kXorMaxWidth> a1{};       ///< Their answers.
  std::array<float, kXorRows * kXorMaxWidth> slopes1{};  ///< Their slopes.
  std::array<float, kXorRows> z2{};                      ///< Weighted input of the output.
  std::array<float, kXorRows> a2{};                      ///< The four answers.
  std::array<float, kXorRows> slopes2{};                 ///< Their slopes.
};

/// How a training ended.
struct XorEnd {
  bool learned = false;                   ///< Whether every answer is within kXorMargin.
  std::size_t steps = 0;                  ///< Steps made: all, or as many as it took.
  std::array<float, kXorRows> answers{};  ///< The four answers.
  std::size_t dead = 0;                   ///< Hidden units with slope 0 in all four rows.
};

/// What a network that did not learn answers in the end.
enum class XorEnding {
  kPair,    ///< Two rows right, and one half to each of the other two.
  kTriple,  ///< One row right, and to the other three their mean, 1/3 or 2/3.
  kHalves,  ///< One half to every row.
  kOther,   ///< Anything else, numbers that are none included.
};

/// A network with the initial weights of `seed`, the same for every activation. Throws
/// std::invalid_argument for a width that is 0 or above kXorMaxWidth.
XorNetwork MakeXorNetwork(std::size_t width, Activation activation, XorStart start,
                          std::uint64_t seed);

/// Runs the four rows through the network. Cost: 4 * width evaluations of the activation.
XorPass Forward(const XorNetwork& network);

/// The gradient of the loss, with its parts in the members of a network. [Rumelhart, Hinton and
/// Williams 1986]
XorNetwork Gradient(const XorNetwork& network, const XorPass& pass, XorLoss loss);

/// Mean squared error of four answers.
double XorError(const std::array<float, kXorRows>& answers);
/// Whether no answer is farther than `margin` from its target.
bool Learned(const std::array<float, kXorRows>& answers, float margin = kXorMargin);

/// Which ending four answers are, to within `tolerance` each.
XorEnding EndingOf(const std::array<float, kXorRows>& answers, float tolerance = 0.1f);

/// Steps down the gradient until the four rows are learned, `steps` times at most.
XorEnd Train(XorNetwork& network, XorLoss loss, float rate, std::size_t steps);

/// The network with all weights and biases rounded to so many decimals.
XorNetwork Rounded(const XorNetwork& network, int decimals);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_XOR_XOR_NETWORK_H_
