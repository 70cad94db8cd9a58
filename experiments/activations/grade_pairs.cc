// SPDX-License-Identifier: Apache-2.0
//
// Trainings in both grades of an activation, and the time of their steps.
#include "experiments/activations/grade_pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "experiments/records/numbered.h"
#include "experiments/trials/rate_search.h"
#include "experiments/trials/trainings.h"
#include "kernels/activation.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

constexpr std::array<const char*, 2> kGrades = {"exact", "fast"};

// How much every activation is given.
struct GradeBudget {
  std::size_t train, held_out, test;  // pictures
  std::vector<std::size_t> layers;
  std::size_t epochs;
  RateSearch search;
  std::size_t timed;   // pictures of a round of timing
  std::size_t rounds;  // of timing
};

GradeBudget BudgetOf(const Scope& scope) {
  if (scope.profile == "quick") {
    return {.train = 400,
            .held_out = 200,
            .test = 400,
            .layers = {784, 16, 10},
            .epochs = 2,
            .search = {.rates = {0.1f},
                       .tune_seeds = 1,
                       .final_seeds = scope.seeds,
                       .threads = scope.threads},
            .timed = 300,
            .rounds = 3};
  }
  const bool full = scope.profile == "full";
  return {.train = full ? 50000u : 20000u,
          .held_out = 2000,
          .test = 10000,
          .layers = {784, 128, 10},
          .epochs = full ? 10u : 5u,
          .search = {.rates = {0.03162f, 0.1f, 0.3162f, 1.0f},
                     .tune_seeds = full ? 5u : 1u,
                     .final_seeds = scope.seeds,
                     .threads = scope.threads},
          .timed = 640,
          .rounds = full ? 301u : 101u};
}

// Beside the network that learns, a deep and narrow one: a larger part of its work is activations.
std::vector<std::vector<std::size_t>> TimedNetworks(const GradeBudget& budget) {
  return {budget.layers, {784, 32, 32, 32, 32, 10}};
}

Settings SettingsOf(const GradeBudget& budget, std::string_view activation) {
  Settings settings;
  settings.layers = budget.layers;
  settings.activation = activation;
  settings.epochs = budget.epochs;
  settings.validation = budget.held_out;
  return settings;
}

// What a training comes to: while a rate is chosen, held-out accuracy in the exact grade; then
// test accuracy in either grade, and whether the two networks differ.
// [two-grades]
std::vector<double> LearnInBoth(Settings settings, const Trial& trial, const Dataset& images) {
  settings.rate = trial.rate;
  settings.seed = trial.seed;
  if (!trial.final) {
    return {HeldOutAccuracy(Train(settings, images, {.test = false, .health = false}), images)};
  }
  std::vector<RunResult> runs;
  for (const char* grade : kGrades) {
    settings.precision = grade;
    runs.push_back(Train(settings, images, {.health = false}));
  }
  return {TestAccuracy(runs[0], images), TestAccuracy(runs[1], images),
          runs[0].test_loss != runs[1].test_loss ? 1.0 : 0.0};
}
// [two-grades]

void MeasureGrades(const GradeBudget& budget, std::string_view activation, const Dataset& images,
                   Measurement& row) {
  const Settings settings = SettingsOf(budget, activation);
  const RateSearchResult result = SearchRate(
      budget.search, [&](const Trial& trial) { return LearnInBoth(settings, trial, images); });
  row.values.Set("rate", static_cast<double>(budget.search.rates[result.best]));
  std::array<std::vector<double>, kGrades.size()> accuracy;
  double differ = 0.0;
  for (const std::vector<double>& numbers : result.finals) {
    if (numbers.empty()) return;  // interrupted
    for (std::size_t grade = 0; grade < kGrades.size(); ++grade) {
      accuracy[grade].push_back(numbers[grade]);
    }
    differ += numbers.back();
  }
  for (std::size_t grade = 0; grade < kGrades.size(); ++grade) {
    SetNumbers(row.values, kGrades[grade], accuracy[grade]);
  }
  row.values.Set("differ", differ);
}

// Short trainings in each grade, in turn, on one thread, and the fastest of each: what else runs on
// the machine makes some of them slower, and none faster.
void MeasureSteps(const GradeBudget& budget, Settings settings, const Dataset& images,
                  Measurement& row) {
  settings.epochs = 1;
  std::array<double, kGrades.size()> microseconds = {HUGE_VAL, HUGE_VAL};
  for (std::size_t round = 0; round < budget.rounds; ++round) {
    for (std::size_t grade = 0; grade < kGrades.size(); ++grade) {
      settings.precision = kGrades[grade];
      const RunResult run = Train(settings, images, {.test = false, .health = false});
      const double of_step = 1e6 * run.train_seconds / static_cast<double>(run.steps);
      microseconds[grade] = std::min(microseconds[grade], of_step);
      row.values.Set("steps", static_cast<double>(run.steps));
    }
  }
  for (std::size_t grade = 0; grade < kGrades.size(); ++grade) {
    row.machine.Set(fmt::format("{}_us", kGrades[grade]), microseconds[grade]);
  }
  row.machine.Set("saved", 1.0 - microseconds[1] / microseconds[0]);
}

std::string Joined(const std::vector<std::size_t>& layers) {
  return fmt::format("{}", fmt::join(layers, "-"));
}

}  // namespace

std::vector<Task> GradeTasks(const Scope& scope) {
  const GradeBudget budget = BudgetOf(scope);
  const auto images = MadeOnce(
      [budget] { return Draw(FashionMnist(), budget.train + budget.held_out, budget.test, 1); });
  std::vector<std::string_view> graded;
  for (const ActivationInfo& info : Activations()) {
    if (Activation::Named(info.name).Has(Precision::kFast)) graded.push_back(info.name);
  }
  std::vector<Task> tasks;
  for (const std::string_view name : graded) {
    tasks.push_back({"grades",
                     Fields{{"activation", std::string(name)},
                            {"layers", Joined(budget.layers)},
                            {"samples", static_cast<double>(budget.train)},
                            {"epochs", static_cast<double>(budget.epochs)},
                            {"rates", static_cast<double>(budget.search.rates.size())},
                            {"tuning_seeds", static_cast<double>(budget.search.tune_seeds)},
                            {"seeds", static_cast<double>(budget.search.final_seeds)}},
                     0, [=](Measurement& row) { MeasureGrades(budget, name, images(), row); }});
  }
  for (const std::vector<std::size_t>& layers : TimedNetworks(budget)) {
    for (const std::string_view name : graded) {
      Settings settings = SettingsOf(budget, name);
      settings.layers = layers;
      settings.rate = 0.1f;
      settings.samples = budget.timed;
      tasks.push_back({"steps",
                       Fields{{"activation", std::string(name)},
                              {"layers", Joined(layers)},
                              {"samples", static_cast<double>(budget.timed)}},
                       0,
                       [=](Measurement& row) { MeasureSteps(budget, settings, images(), row); }});
    }
  }
  return tasks;
}

}  // namespace lanegrad
