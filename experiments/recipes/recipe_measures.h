/// @file
/// What the experiment of chapter 5.2 measures: a recipe, at the best rate of a search, on networks
/// of some depth.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RECIPES_RECIPE_MEASURES_H_
#define LANEGRAD_EXPERIMENTS_RECIPES_RECIPE_MEASURES_H_

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "experiments/recipes/recipe.h"
#include "experiments/records/measurement.h"
#include "network/dataset.h"
#include "network/settings.h"

namespace lanegrad {

/// How much a profile does.
struct RecipeScale {
  std::size_t train = 0;       ///< Samples that a network learns from.
  std::size_t held_out = 0;    ///< Samples that rates are chosen by.
  std::size_t test = 0;        ///< Samples that it is judged by, once.
  std::size_t width = 0;       ///< Units of each hidden layer.
  std::size_t epochs = 1;      ///< Passes.
  std::size_t rates = 2;       ///< Tried of each recipe.
  std::size_t tune_seeds = 1;  ///< Each rate is tried with so many.
  std::size_t seeds = 1;       ///< The best one is trained with so many others.
  std::size_t threads = 1;     ///< Trainings at once.
};

/// Held-out accuracy that a training is to reach: what "time to target" is the time to.
inline constexpr double kTarget = 0.75;

/// Hidden layers of the networks that are compared.
inline constexpr std::size_t kShallow = 2;
inline constexpr std::size_t kDeep = 5;                                   ///< Likewise.
inline constexpr std::array<std::size_t, 2> kDepths = {kShallow, kDeep};  ///< Both of them.
/// How many times as long the recipe of 1986 is also trained.
inline constexpr std::size_t kTimesLonger = 8;
/// The name of the row of WithoutDropout().
inline constexpr std::string_view kWithoutDropout = "2015, no dropout";

/// What the trainings of one plan share: their sizes, and the samples, read when first needed.
class RecipePlan {
 public:
  explicit RecipePlan(const RecipeScale& scale) : scale_(scale) {}  ///< Of such sizes.
  const RecipeScale& scale() const { return scale_; }               ///< How much is done.
  /// train + held_out training samples and test samples of Fashion-MNIST.
  const Dataset& data();
  /// A network with `depth` hidden layers, and all that no recipe decides.
  Settings Base(std::size_t depth) const;

 private:
  RecipeScale scale_;
  std::optional<Dataset> data_;
};

/// The first epoch, from 1, that ends with an accuracy of at least `target`; one more than
/// `epochs` where none does, so that a training that never arrives is later than all that do.
double EpochsToTarget(std::span<const double> accuracies, double target, std::size_t epochs);

/// Searches the rate of `recipe` for networks with `depth` hidden layers, and trains with fresh
/// seeds at the best one. Values: `rate_*` and `tune_*`, the rates and the held-out accuracies that
/// they lead to; `rate`, the best; `at_edge`, whether it is the first or the last; of each seed
/// `test_*`, `epochs_*` to the target and `diverged_*`; `curve_*`, held-out accuracy by epoch,
/// the mean of the seeds.
/// `times` as many passes as the plan's.
void MeasureRecipe(RecipePlan& plan, const Recipe& recipe, std::size_t depth, std::size_t times,
                   Measurement& row);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RECIPES_RECIPE_MEASURES_H_
