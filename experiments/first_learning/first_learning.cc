// SPDX-License-Identifier: Apache-2.0
#include "experiments/first_learning/first_learning.h"

#include <cmath>
#include <cstdint>
#include <iterator>
#include <numeric>

#include "experiments/cli/interrupt.h"
#include "experiments/records/numbered.h"
#include "experiments/trials/rate_search.h"
#include "experiments/trials/side_by_side.h"
#include "experiments/trials/trainings.h"
#include "network/evaluation.h"
#include "network/initial_weights.h"
#include "network/resolved_settings.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

constexpr float kRates[] = {0.03f, 0.1f, 0.3f};

Settings SettingsOf(const FirstScale& scale, const Dataset& data, float rate, std::uint64_t seed) {
  Settings settings;
  settings.layers = {data.train.features, 32, data.classes};
  settings.rate = rate;
  settings.epochs = scale.epochs;
  settings.seed = seed;
  return settings;
}

// Accuracy on the test pictures before any step, with the weights that a training begins with.
double AccuracyBefore(const Settings& settings, const Dataset& data) {
  const ResolvedSettings resolved = Resolve(settings, data);
  Network network(resolved.settings.layers, resolved.activations, resolved.output);
  SetInitialWeights(network, resolved, nullptr);
  std::vector<std::uint32_t> all(data.test.count);
  std::iota(all.begin(), all.end(), 0u);
  return EvaluateNetwork(network, resolved.loss, data.test, all).accuracy;
}

RunResult Trained(const Settings& settings, const Dataset& data) {
  RunOptions options;
  options.test = settings.validation == 0;
  options.test_every_epoch = options.test;
  options.health = false;
  options.stop = &InterruptRequested();
  return Train(settings, data, options);
}

}  // namespace

FirstScale FirstScaleOf(const Scope& scope) {
  FirstScale scale;
  if (scope.profile == "quick") {
    scale = {.train = 300, .held_out = 100, .test = 500, .epochs = 20};
  } else if (scope.profile == "default") {
    scale = {.train = 2000, .held_out = 1000, .test = 10000, .epochs = 40, .tune_seeds = 2};
  } else {
    scale = {.train = 10000, .held_out = 5000, .test = 10000, .epochs = 100, .tune_seeds = 3};
  }
  scale.seeds = scope.seeds;
  scale.threads = scope.threads;
  return scale;
}

// [mean-picture]
double MeanPictureAccuracy(const Dataset& data) {
  const std::size_t pixels = data.train.features;
  std::vector<double> mean(data.classes * pixels), count(data.classes);
  for (std::size_t s = 0; s < data.train.count; ++s) {
    const std::size_t label = data.train.labels[s];
    count[label] += 1.0;
    for (std::size_t i = 0; i < pixels; ++i) {
      mean[label * pixels + i] += data.train.bytes[s * pixels + i];
    }
  }
  std::size_t right = 0;
  for (std::size_t s = 0; s < data.test.count; ++s) {
    double least = HUGE_VAL;
    std::size_t nearest = 0;
    for (std::size_t c = 0; c < data.classes; ++c) {
      double distance = count[c] > 0.0 ? 0.0 : HUGE_VAL;
      for (std::size_t i = 0; i < pixels && distance < least; ++i) {
        const double away = data.test.bytes[s * pixels + i] - mean[c * pixels + i] / count[c];
        distance += away * away;
      }
      if (distance < least) {
        least = distance;
        nearest = c;
      }
    }
    right += nearest == data.test.labels[s];
  }
  return static_cast<double>(right) / static_cast<double>(data.test.count);
}
// [mean-picture]

// [first-learning]
void MeasureFirstLearning(const FirstScale& scale, double noise, Measurement& row) {
  std::vector<double> before(scale.seeds), first(scale.seeds), after(scale.seeds);
  std::vector<double> taught(scale.seeds), epochs(scale.epochs);
  std::vector<RunResult> runs(scale.seeds);
  const auto chosen = [&](const Trial& trial) {
    const Dataset data = Draw(FashionMnist(), scale.train + scale.held_out, scale.test, trial.seed);
    Settings settings = SettingsOf(scale, data, trial.rate, trial.seed);
    settings.validation = scale.held_out;
    return std::vector<double>{HeldOutAccuracy(Trained(settings, data), data)};
  };
  const RateSearch search = {.rates = {std::begin(kRates), std::end(kRates)},
                             .tune_seeds = scale.tune_seeds,
                             .final_seeds = 0,
                             .threads = scale.threads};
  const float rate = search.rates[SearchRate(search, chosen).best];
  SideBySide(scale.seeds, scale.threads, [&](std::size_t s) {
    const std::uint64_t seed = kFirstFinalSeed + s;
    const Dataset data = Draw(FashionMnist(), scale.train, scale.test, seed);
    Settings settings = SettingsOf(scale, data, rate, seed);
    settings.label_noise = noise;
    before[s] = AccuracyBefore(settings, data);
    runs[s] = Trained(settings, data);
    after[s] = TestAccuracy(runs[s], data);
  });
  for (std::size_t s = 0; s < scale.seeds && !InterruptRequested(); ++s) {
    first[s] = runs[s].epochs.front().test_accuracy.value_or(0.0);
    taught[s] = runs[s].epochs.back().train_accuracy;
    for (std::size_t e = 0; e < runs[s].epochs.size(); ++e) {
      epochs[e] += runs[s].epochs[e].test_accuracy.value_or(0.0) / static_cast<double>(scale.seeds);
    }
  }
  row.values.Set("rate", static_cast<double>(rate));
  SetNumbers(row.values, "before", before);
  SetNumbers(row.values, "first", first);
  SetNumbers(row.values, "after", after);
  SetNumbers(row.values, "taught", taught);
  SetPictured(row.values, "epoch", epochs);
}
// [first-learning]

void MeasureMeanPictures(const FirstScale& scale, Measurement& row) {
  std::vector<double> after(scale.seeds);
  SideBySide(scale.seeds, scale.threads, [&](std::size_t s) {
    after[s] =
        MeanPictureAccuracy(Draw(FashionMnist(), scale.train, scale.test, kFirstFinalSeed + s));
  });
  SetNumbers(row.values, "after", after);
}

}  // namespace lanegrad
