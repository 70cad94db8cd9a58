/// @file
/// The trained networks that chapter 5.4 explains, and the pictures that it explains them by.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPLANATIONS_EXPLAINED_NETWORKS_H_
#define LANEGRAD_EXPERIMENTS_EXPLANATIONS_EXPLAINED_NETWORKS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/explanations/attribution.h"
#include "experiments/trials/rate_search.h"
#include "network/network.h"
#include "network/settings.h"

namespace lanegrad {

/// How much is done in a profile.
struct ExplanationEffort {
  std::vector<std::size_t> layers;  ///< Of every network.
  std::size_t samples;              ///< Training samples.
  std::size_t validation;           ///< Held-out samples, by which rates are chosen.
  std::size_t epochs;               ///< Passes over the training samples.
  std::size_t few_samples;          ///< Of networks that are to learn their labels by heart.
  std::size_t few_epochs;           ///< Passes over those.
  std::size_t pictures;             ///< Test pictures that maps are made of: the first ones.
  std::size_t drawn;                ///< Training and test samples that there are; 0: all.
  std::size_t judged;        ///< Test pictures whose neighbours are looked for: the first ones.
  std::size_t ascent_steps;  ///< Towards a prototype.
  RateSearch search;         ///< Rates, and seeds: final_seeds is how many pairs of twins.
};

/// That of a profile.
ExplanationEffort EffortOf(const Scope& scope);

/// How a network was taught.
enum class Recipe {
  kPlain,         ///< Nothing but the loss.
  kDecayed,       ///< With a penalty of the squared weights.
  kFew,           ///< Plain, few samples, many times over.
  kRandomLabels,  ///< The same with labels drawn at random.
};

/// "plain", "decayed", "few", "random_labels".
std::string_view RecipeName(Recipe recipe);

/// Weight of the penalty in Recipe::kDecayed.
inline constexpr float kDecay = 3e-3f;

/// Settings of a recipe but for rate and seed; relu, cross-entropy.
Settings SettingsOf(const ExplanationEffort& effort, Recipe recipe);

/// Networks of one recipe.
struct TrainedNetworks {
  RateSearchResult search;             ///< Empty where the rate is that of Recipe::kPlain.
  float rate = 0.0f;                   ///< With which all were trained.
  std::vector<Network> networks;       ///< n of them, then their n twins, from other seeds.
  std::vector<double> test_accuracy;   ///< Of each, over all test samples.
  std::vector<double> train_accuracy;  ///< Of each, in its last epoch.
};

/// A network whose last `layers` layers are drawn anew, as at the beginning of a training, from
/// stream kWeights of `seed`; their biases are zero. All of them: an untrained network.
/// [Adebayo et al. 2018, section 3.1: cascading randomisation]
Network Redrawn(const Network& network, const Settings& settings, const Dataset& data,
                std::size_t layers, std::uint64_t seed);

/// The seed that the i-th network of a list was trained from.
constexpr std::uint64_t SeedOfNetwork(std::size_t i) { return kFirstFinalSeed + i; }

/// Trains what is asked for, once, and remembers it. Not for several threads at a time.
class ExplainedNetworks {
 public:
  explicit ExplainedNetworks(const Scope& scope);                   ///< Of a profile.
  const ExplanationEffort& effort() const { return effort_; }       ///< How much.
  std::size_t pairs() const { return effort_.search.final_seeds; }  ///< Networks with a twin.
  const Dataset& data();  ///< Fashion-MNIST, or a part of it; read at the first call.
  /// Those of a recipe. Cost: the trainings, at the first call.
  const TrainedNetworks& Of(Recipe recipe);
  /// The first effort().pictures test pictures; the reference is the mean training picture.
  const Pictures& pictures();
  /// The mean training picture of each class.
  const std::vector<std::vector<double>>& class_means();

 private:
  void ReadMeans();
  ExplanationEffort effort_;
  Dataset data_;
  std::map<Recipe, TrainedNetworks> trained_;
  std::vector<float> mean_;
  std::vector<std::vector<double>> class_means_;
  Pictures pictures_;
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPLANATIONS_EXPLAINED_NETWORKS_H_
