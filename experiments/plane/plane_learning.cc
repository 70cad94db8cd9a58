// SPDX-License-Identifier: Apache-2.0
#include "experiments/plane/plane_learning.h"

#include <utility>

#include "network/synthetic.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

constexpr std::uint64_t kFirstTuningSeed = 1001;

}  // namespace

Dataset PlanePoints(const PlaneSet& set, const PlaneBudget& budget, std::uint64_t seed) {
  return LoadData(set.data, {.train = budget.train + budget.held_out,
                             .test = budget.test,
                             .seed = seed,
                             .noise = set.noise});
}

Settings PlaneSettings(const PlaneNetwork& network, const PlaneBudget& budget, std::size_t classes,
                       float rate, std::uint64_t seed) {
  Settings settings;
  settings.layers = {2};
  settings.layers.insert(settings.layers.end(), network.hidden.begin(), network.hidden.end());
  settings.layers.push_back(classes);
  settings.activation = network.activation;
  settings.optimizer = "adam";
  settings.rate = rate;
  settings.batch = 32;
  settings.epochs = budget.epochs;
  settings.validation = budget.held_out;
  settings.seed = seed;
  return settings;
}

// [choose-rate]
TunedRate ChooseRate(const PlaneSet& set, const PlaneNetwork& network, const PlaneBudget& budget) {
  TunedRate best;
  for (const float rate : budget.rates) {
    double sum = 0.0;
    for (std::uint64_t k = 0; k < budget.tuning_seeds; ++k) {
      const std::uint64_t seed = kFirstTuningSeed + k;
      const Dataset points = PlanePoints(set, budget, seed);
      const Settings settings = PlaneSettings(network, budget, points.classes, rate, seed);
      const RunResult run = Train(settings, points, {.test = false, .health = false});
      if (!run.epochs.empty()) sum += run.epochs.back().validation_accuracy.value_or(0.0);
    }
    const double mean = sum / static_cast<double>(budget.tuning_seeds);
    if (mean > best.held_out) best = {.rate = rate, .held_out = mean};
  }
  return best;
}
// [choose-rate]

PlaneResult LearnPlane(const Dataset& points, const PlaneNetwork& network,
                       const PlaneBudget& budget, float rate, std::uint64_t seed) {
  const Settings settings = PlaneSettings(network, budget, points.classes, rate, seed);
  Network learned(settings.layers, Activation::Named(network.activation), Output::Named("softmax"));
  const RunResult run = Train(settings, points, {.health = false}, &learned);
  return {.network = std::move(learned), .accuracy = run.test_accuracy};
}

}  // namespace lanegrad
