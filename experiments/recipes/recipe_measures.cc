// SPDX-License-Identifier: Apache-2.0
#include "experiments/recipes/recipe_measures.h"

#include <vector>

#include "experiments/cli/interrupt.h"
#include "experiments/records/numbered.h"
#include "experiments/trials/rate_search.h"
#include "experiments/trials/trainings.h"
#include "network/trainer.h"

namespace lanegrad {

const Dataset& RecipePlan::data() {
  if (!data_) data_ = Draw(FashionMnist(), scale_.train + scale_.held_out, scale_.test, 1);
  return *data_;
}

Settings RecipePlan::Base(std::size_t depth) const {
  Settings base;
  base.layers.assign(depth + 2, scale_.width);
  base.layers.front() = FashionMnist().train.features;
  base.layers.back() = FashionMnist().classes;
  base.batch = 32;
  base.epochs = scale_.epochs;
  base.validation = scale_.held_out;
  return base;
}

double EpochsToTarget(std::span<const double> accuracies, double target, std::size_t epochs) {
  for (std::size_t e = 0; e < accuracies.size(); ++e) {
    if (accuracies[e] >= target) return static_cast<double>(e + 1);
  }
  return static_cast<double>(epochs + 1);
}

// [measure-recipe]
void MeasureRecipe(RecipePlan& plan, const Recipe& recipe, std::size_t depth, std::size_t times,
                   Measurement& row) {
  const RecipeScale& scale = plan.scale();
  const Dataset& data = plan.data();
  Settings settings = Cooked(recipe, plan.Base(depth));
  settings.epochs *= times;
  const RateSearch search = {.rates = RatesToTry(settings, scale.rates),
                             .tune_seeds = scale.tune_seeds,
                             .final_seeds = scale.seeds,
                             .threads = scale.threads};
  // Of a final trial: test accuracy, whether it diverged, then held-out accuracy by epoch.
  const RateSearchResult result = SearchRate(search, [&](const Trial& trial) {
    Settings run = settings;
    run.rate = trial.rate;
    run.seed = trial.seed;
    RunOptions options;
    options.test = trial.final;
    options.health = false;
    options.stop = &InterruptRequested();
    const RunResult trained = Train(run, data, options);
    if (!trial.final) return std::vector<double>{HeldOutAccuracy(trained, data)};
    std::vector<double> numbers = {TestAccuracy(trained, data),
                                   trained.status == Status::kDiverged ? 1.0 : 0.0};
    for (const EpochMetrics& epoch : trained.epochs) {
      numbers.push_back(epoch.validation_accuracy.value_or(0.0));
    }
    return numbers;
  });
  // [measure-recipe]
  SetNumbers(row.values, "rate", std::vector<double>(search.rates.begin(), search.rates.end()));
  SetNumbers(row.values, "tune", result.tuning);
  row.values.Set("rate", static_cast<double>(search.rates[result.best]));
  const bool edge = result.best == 0 || result.best + 1 == search.rates.size();
  row.values.Set("at_edge", edge ? 1.0 : 0.0);
  std::vector<double> tests, diverged, epochs, curve(settings.epochs);
  for (const std::vector<double>& numbers : result.finals) {
    if (numbers.empty()) return;  // interrupted
    tests.push_back(numbers[0]);
    diverged.push_back(numbers[1]);
    const std::span<const double> held_out = std::span(numbers).subspan(2);
    epochs.push_back(EpochsToTarget(held_out, kTarget, settings.epochs));
    for (std::size_t e = 0; e < curve.size(); ++e) {
      // After a divergence, as good as guessing.
      const double here =
          e < held_out.size() ? held_out[e] : 1.0 / static_cast<double>(data.classes);
      curve[e] += here / static_cast<double>(result.finals.size());
    }
  }
  SetNumbers(row.values, "test", tests);
  SetNumbers(row.values, "epochs", epochs);
  SetNumbers(row.values, "diverged", diverged);
  SetNumbers(row.values, "curve", curve);
}

}  // namespace lanegrad
