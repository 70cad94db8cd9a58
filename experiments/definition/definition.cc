// SPDX-License-Identifier: Apache-2.0
// What chapter 6.1 measures.
#include "experiments/definition/definition.h"

#include <fmt/format.h>

#include <cstdint>
#include <vector>

#include "experiments/cli/interrupt.h"
#include "experiments/records/numbered.h"
#include "experiments/trials/rate_search.h"
#include "experiments/trials/side_by_side.h"
#include "experiments/trials/trainings.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

struct Size {
  std::size_t train, held_out, test, epochs, tune_seeds;
};

Size SizeOf(const Scope& scope) {
  if (scope.profile == "quick") return {300, 100, 200, 5, 1};
  if (scope.profile == "default") return {5000, 1000, 2000, 20, 2};
  return {20000, 5000, 10000, 30, 3};
}

Network Trained(Settings settings, const Dataset& data, RunResult& result) {
  RunOptions options;
  options.test = false;
  options.health = false;
  options.stop = &InterruptRequested();
  Network network(settings.layers, Activation::Named(settings.activation),
                  Output::Named("softmax"));
  result = Train(settings, data, options, &network);
  return network;
}

Settings SettingsOf(std::string_view activation, const Size& size, const Trial& trial) {
  Settings settings;
  settings.layers = {784, 64, 10};
  settings.activation = std::string(activation);
  settings.rate = trial.rate;
  settings.seed = trial.seed;
  settings.epochs = size.epochs;
  return settings;
}

// [definition-measure]
void MeasureActivation(std::string_view activation, const Size& size, const Scope& scope,
                       Measurement& row) {
  std::vector<std::vector<double>> same(kChanges.size(), std::vector<double>(scope.seeds));
  std::vector<std::vector<double>> accuracy = same;
  const auto train = [&](const Trial& trial) {
    RunResult result;
    if (!trial.final) {
      const Dataset data = Draw(FashionMnist(), size.train + size.held_out, 1, trial.seed);
      Settings settings = SettingsOf(activation, size, trial);
      settings.validation = size.held_out;
      Trained(settings, data, result);
      return std::vector<double>{HeldOutAccuracy(result, data)};
    }
    const Dataset data = Draw(FashionMnist(), size.train, size.test, trial.seed);
    const Network network = Trained(SettingsOf(activation, size, trial), data, result);
    const std::vector<std::size_t> own = Answers(network, data.test);
    for (std::size_t c = 0; c < kChanges.size(); ++c) {
      const std::vector<std::size_t> answers =
          Answers(Changed(Describe(network), kChanges[c].change, trial.seed), data.test);
      double agree = 0.0, right = 0.0;
      for (std::size_t s = 0; s < own.size(); ++s) {
        agree += answers[s] == own[s];
        right += answers[s] == data.test.labels[s];
      }
      same[c][trial.seed - kFirstFinalSeed] = agree / static_cast<double>(own.size());
      accuracy[c][trial.seed - kFirstFinalSeed] = right / static_cast<double>(own.size());
    }
    return std::vector<double>{};
  };
  const RateSearch search = {.rates = {0.03f, 0.1f, 0.3f},
                             .tune_seeds = size.tune_seeds,
                             .final_seeds = scope.seeds,
                             .threads = scope.threads};
  row.values.Set("rate", static_cast<double>(search.rates[SearchRate(search, train).best]));
  for (std::size_t c = kChanges.size(); c-- > 0;) {  // the complete one last
    SetNumbers(row.values, fmt::format("same_{}", c), same[c]);
    SetNumbers(row.values, fmt::format("accuracy_{}", c), accuracy[c]);
  }
}
// [definition-measure]

}  // namespace

std::vector<Task> DefinitionTasks(const Scope& scope) {
  const Size size = SizeOf(scope);
  std::vector<Task> tasks;
  for (const std::string_view activation : kDescribed) {
    tasks.push_back(
        {.series = "network",
         .settings = {{"activation", std::string(activation)},
                      {"samples", static_cast<double>(size.train)},
                      {"pictures", static_cast<double>(size.test)},
                      {"epochs", static_cast<double>(size.epochs)},
                      {"seeds", static_cast<double>(scope.seeds)}},
         .seed = 0,
         .measure = [=](Measurement& row) { MeasureActivation(activation, size, scope, row); }});
  }
  return tasks;
}

}  // namespace lanegrad
