/// @file
/// What chapter 6.4 compares on every task: a network, the same without hidden layer, and nearest
/// neighbours; each with as many trials.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_APPLICATIONS_CLASSIFIER_H_
#define LANEGRAD_EXPERIMENTS_APPLICATIONS_CLASSIFIER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "network/confusion.h"
#include "network/dataset.h"
#include "network/input_scaling.h"
#include "network/network.h"
#include "network/settings.h"

namespace lanegrad {

/// The models, by their names in records.
inline constexpr std::string_view kModels[] = {"network", "linear", "neighbours"};

/// How a task is learned.
struct LearningRecipe {
  std::string_view model;         ///< One of kModels.
  std::size_t hidden = 64;        ///< Units of the network's hidden layer.
  std::size_t epochs = 10;        ///< Passes over the training samples.
  std::string optimizer = "sgd";  ///< Of network and linear model.
  std::string scale = "unit";     ///< Of their inputs.
  std::vector<float> trials;      ///< Learning rates; of neighbours: how many vote.
};

/// What to try of a model: these learning rates; of neighbours, four counts that vote.
std::vector<float> TrialsOf(std::string_view model, std::vector<float> rates);

/// Something that was learned, and can be asked.
class Classifier {
 public:
  /// Learns from all samples of data.train but the last `held`, in batches of 32 with a rate that
  /// falls along a cosine; of neighbours, keeps them. `trial` is one of the recipe's. Throws what
  /// Train() and NearestNeighbours() do.
  Classifier(const LearningRecipe& recipe, const Dataset& data, std::size_t held, float trial,
             std::uint64_t seed);
  /// What it takes the samples for.
  Confusion Ask(const Samples& samples) const;
  /// Mean loss on samples, in bits: of networks and linear models only.
  double Bits(const Samples& samples) const;
  /// How sure it is of what it takes each sample for: the largest of its probabilities. Of networks
  /// and linear models only.
  std::vector<double> Certainties(const Samples& samples) const;
  /// The network; null of neighbours.
  const Network* network() const { return network_ ? &*network_ : nullptr; }

 private:
  std::optional<Network> network_;
  InputScaling scaling_;
  Samples known_;
  std::size_t voters_ = 0;
  std::size_t classes_ = 0;
};

/// The share of all samples that are on the diagonal.
double AccuracyOf(const Confusion& confusion);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_APPLICATIONS_CLASSIFIER_H_
