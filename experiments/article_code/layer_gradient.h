/// @file
/// One layer of sigmoids, small enough to look at every number: what the article's section 4.2
/// takes for the gradient of its error, the same mended a factor at a time, and the gradient.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_ARTICLE_CODE_LAYER_GRADIENT_H_
#define LANEGRAD_EXPERIMENTS_ARTICLE_CODE_LAYER_GRADIENT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace lanegrad {

/// Inputs and outputs of the layer: as many of one as of the other, so that the article's formula
/// has the shape of the weights.
inline constexpr std::size_t kLayerSize = 4;
/// Samples.
inline constexpr std::size_t kLayerSamples = 3;
/// From input i to output j: number i * kLayerSize + j.
using LayerWeights = std::array<double, kLayerSize * kLayerSize>;
/// A number for each output of each sample.
using LayerOutputs = std::array<std::array<double, kLayerSize>, kLayerSamples>;

/// A problem for it.
struct LayerTask {
  LayerOutputs x;  ///< Inputs, a row a sample.
  LayerOutputs y;  ///< Targets.
};

/// Inputs and weights uniform in [0, 1), targets 0 or 1, from stream kData of `seed`.
void DrawLayer(std::uint64_t seed, LayerTask& task, LayerWeights& w);

/// What the layer answers: sigmoid of the weighted sums, without bias.
LayerOutputs LayerAnswers(const LayerTask& task, const LayerWeights& w);

/// Mean over all numbers of (a - y)^2.
double LayerError(const LayerTask& task, const LayerWeights& w);

/// A formula for the gradient of the error by the weights.
using LayerGradient = LayerWeights (*)(const LayerTask&, const LayerWeights&);

/// The article's: outputs^T (targets - outputs).
LayerWeights ArticleGradient(const LayerTask& task, const LayerWeights& w);
/// The same with its sign turned.
LayerWeights TurnedGradient(const LayerTask& task, const LayerWeights& w);
/// The sign turned, and the slope put in.
LayerWeights SlopedGradient(const LayerTask& task, const LayerWeights& w);
/// The sign turned, and the inputs in the place of the outputs.
LayerWeights InputGradient(const LayerTask& task, const LayerWeights& w);
/// All of it: inputs^T (2/N (a - y) a (1 - a)). [Rumelhart, Hinton and Williams 1986]
LayerWeights TrueGradient(const LayerTask& task, const LayerWeights& w);
/// By central differences of LayerError(): needs no formula.
LayerWeights DifferenceGradient(const LayerTask& task, const LayerWeights& w);

/// One formula with its name in records.
struct NamedGradient {
  std::string_view name;   ///< "article", "turned", ...
  std::string_view label;  ///< For people.
  LayerGradient gradient;  ///< The formula.
};
/// From the article's to the right one.
std::span<const NamedGradient> LayerGradients();

/// The gradient of the error by the *outputs*: the article's 2 (y - a).
LayerOutputs ArticleOutputGradient(const LayerTask& task, const LayerWeights& w);
/// The right one: 2/N (a - y).
LayerOutputs TrueOutputGradient(const LayerTask& task, const LayerWeights& w);

/// The cosine of two lists of numbers; NaN where one is zero.
double CosineOf(std::span<const double> a, std::span<const double> b);

/// The error after so many steps against a formula's gradient.
double ErrorAfter(const LayerTask& task, LayerWeights w, LayerGradient gradient, double rate,
                  std::size_t steps);

/// Trains in place, as the article's function does: the caller's weights change.
void DescendInPlace(const LayerTask& task, LayerWeights& w, double rate, std::size_t steps);
/// Trains a copy and returns it: the caller's weights stay.
LayerWeights Descend(const LayerTask& task, LayerWeights w, double rate, std::size_t steps);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_ARTICLE_CODE_LAYER_GRADIENT_H_
