// SPDX-License-Identifier: Apache-2.0
// What is measured on networks that learn from batches.
#include "experiments/descent/measures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "experiments/cli/interrupt.h"
#include "experiments/descent/curvature.h"
#include "experiments/descent/quadratic.h"
#include "experiments/descent/range_test.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"
#include "experiments/trials/side_by_side.h"
#include "experiments/trials/trainings.h"
#include "network/initial_weights.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

constexpr std::uint64_t kTuningSeeds = 1000;  // tuning seeds are 1001, 1002, ...

using Score = double (*)(const RunResult&, const Dataset&);

// The scores of the same settings with `seeds` seeds after `after`.
std::vector<double> Scores(DescentPlan& plan, Settings settings, std::size_t seeds,
                           std::uint64_t after, Score score) {
  std::vector<Settings> runs;
  for (std::size_t s = 1; s <= seeds; ++s) {
    settings.seed = after + s;
    runs.push_back(settings);
  }
  std::vector<double> scores;
  for (const RunResult& result :
       TrainAll(runs, plan.data(), plan.scale().threads, score == TestAccuracy)) {
    scores.push_back(score(result, plan.data()));
  }
  return scores;
}

// Test accuracies of the fresh seeds 1, 2, ... at a rate.
std::vector<double> Finals(DescentPlan& plan, Settings settings, double rate) {
  settings.rate = static_cast<float>(rate);
  return Scores(plan, settings, plan.scale().seeds, 0, TestAccuracy);
}

// Mean held-out accuracy at each rate, by the tuning seeds.
std::vector<double> Tune(DescentPlan& plan, const Settings& settings,
                         const std::vector<double>& rates) {
  const std::size_t seeds = plan.scale().tune_seeds;
  std::vector<Settings> runs;
  for (const double rate : rates) {
    for (std::size_t s = 1; s <= seeds; ++s) {
      runs.push_back(settings);
      runs.back().rate = static_cast<float>(rate);
      runs.back().seed = kTuningSeeds + s;
    }
  }
  const std::vector<RunResult> results = TrainAll(runs, plan.data(), plan.scale().threads, false);
  std::vector<double> means(rates.size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    means[i / seeds] += HeldOutAccuracy(results[i], plan.data()) / static_cast<double>(seeds);
  }
  return means;
}

std::size_t Best(const std::vector<double>& scores) {
  return static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
}

// The weights that Train() would begin with.
InitialWeights DrawnWeights(Settings settings, const Dataset& data) {
  settings.samples = 1;
  return {.layers = settings.layers, .numbers = WholeBatch(settings, data).weights()};
}

std::vector<double> PowersOfTwo() {
  std::vector<double> rates;
  for (int e = DescentPlan::kLeastExponent; e <= DescentPlan::kLargestExponent; ++e) {
    rates.push_back(std::ldexp(1.0, e));
  }
  return rates;
}

}  // namespace

const Dataset& DescentPlan::data() {
  if (!data_) data_ = Draw(FashionMnist(), scale_.train + scale_.held_out, scale_.test, 1);
  return *data_;
}

Settings DescentPlan::Base() const {
  Settings settings;
  settings.layers = {784, 64, 10};
  settings.samples = scale_.train;
  settings.validation = scale_.held_out;
  settings.epochs = scale_.epochs;
  return settings;
}

int DescentPlan::BaseExponent() {
  if (!base_exponent_) {
    Settings settings = Base();
    settings.batch = kBaseBatch;
    const std::size_t best = Best(Tune(*this, settings, PowersOfTwo()));
    base_exponent_ = kLeastExponent + static_cast<int>(best);
  }
  return *base_exponent_;
}

void MeasureRangeTest(DescentPlan& plan, Measurement& row) {
  const DescentScale& scale = plan.scale();
  const std::size_t steps = scale.train / 32;
  Settings base = plan.Base();
  base.activation = "tanh";  // which has a curvature (full_batch_measures.cc)
  std::vector<std::vector<RangeStep>> paths(scale.seeds);
  std::vector<double> limits(scale.seeds), suggested(scale.seeds);
  SideBySide(scale.seeds, scale.threads, [&](std::size_t s) {
    Settings settings = base;
    settings.seed = s + 1;
    paths[s] = RangeTest(settings, plan.data(), 1e-4, 10.0, steps);
    suggested[s] = SuggestedRate(paths[s]);
    settings.samples = std::min<std::size_t>(settings.samples, 512);
    std::vector<double> direction;
    limits[s] =
        StabilityLimit(WholeBatch(settings, plan.data()).LargestCurvature(40, direction), 0.0);
  });
  // The median of the seeds at each rate; one that has ended stays where it ended.
  std::vector<double> medians;
  for (std::size_t t = 0; t < steps; t += std::max<std::size_t>(1, steps / 60)) {
    std::vector<double> losses;
    for (const std::vector<RangeStep>& path : paths) {
      losses.push_back(path[std::min(t, path.size() - 1)].smooth);
    }
    medians.push_back(Median(losses));
  }
  SetNumbers(row.values, "smooth", medians);
  SetNumbers(row.values, "limit", limits);
  SetNumbers(row.values, "suggested", suggested);
  const std::vector<double> rates = EvenRates(1e-3, 100.0, scale.rates);
  const double best = rates[Best(Tune(plan, base, rates))];
  row.values.Set("best_rate", best);
  SetNumbers(row.values, "at_best", Finals(plan, base, best));
  std::vector<double> at_suggested(scale.seeds);
  SideBySide(scale.seeds, scale.threads, [&](std::size_t s) {
    Settings settings = base;
    settings.seed = s + 1;
    settings.rate = static_cast<float>(suggested[s]);
    at_suggested[s] = TestAccuracy(Train(settings, plan.data()), plan.data());
  });
  SetNumbers(row.values, "at_suggested", at_suggested);
}

void MeasurePlateau(DescentPlan& plan, const std::string& activation, const std::string& loss,
                    Measurement& row) {
  const std::vector<double> rates = EvenRates(1e-3, 100.0, plan.scale().rates);
  const std::size_t seeds = plan.scale().seeds;
  std::vector<Settings> runs;
  for (const double rate : rates) {
    for (std::size_t s = 1; s <= seeds; ++s) {
      Settings settings = plan.Base();
      settings.activation = activation;
      settings.loss = loss;
      settings.rate = static_cast<float>(rate);
      settings.seed = s;
      runs.push_back(settings);
    }
  }
  const std::vector<RunResult> results = TrainAll(runs, plan.data(), plan.scale().threads, false);
  for (std::size_t s = 0; s < seeds; ++s) {
    std::vector<double> scores;
    for (std::size_t r = 0; r < rates.size(); ++r) {
      scores.push_back(HeldOutAccuracy(results[r * seeds + s], plan.data()));
    }
    SetNumbers(row.values, fmt::format("seed_{}", s + 1), scores);
  }
}

// [search]
void MeasureSearch(DescentPlan& plan, const Settings& settings, double low, double high,
                   Measurement& row) {
  // The same rates and seeds for whatever is compared.
  const std::vector<double> rates = RandomRates(low, high, plan.scale().trials, 1);
  std::vector<Settings> runs(rates.size(), settings);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    runs[i].rate = static_cast<float>(rates[i]);
    runs[i].seed = kTuningSeeds + i + 1;
  }
  std::vector<double> trials;
  for (const RunResult& result : TrainAll(runs, plan.data(), plan.scale().threads, false)) {
    trials.push_back(HeldOutAccuracy(result, plan.data()));
  }
  SetNumbers(row.values, "trial", trials);
  row.values.Set("rate", rates[Best(trials)]);
  SetNumbers(row.values, "final", Finals(plan, settings, rates[Best(trials)]));
}
// [search]

void MeasureBatch(DescentPlan& plan, std::size_t batch, Measurement& row) {
  Settings settings = plan.Base();
  settings.batch = batch;
  const std::vector<double> rates = PowersOfTwo();
  const std::vector<double> tuned = Tune(plan, settings, rates);
  SetNumbers(row.values, "tune", tuned);
  row.values.Set("rate", rates[Best(tuned)]);
  const double base = std::ldexp(1.0, plan.BaseExponent());
  const double ratio = static_cast<double>(batch) / DescentPlan::kBaseBatch;
  const double linear = base * ratio, root = base * std::sqrt(ratio);
  row.values.Set("linear_rate", linear);
  row.values.Set("root_rate", root);
  SetNumbers(row.values, "linear", Finals(plan, settings, linear));
  SetNumbers(row.values, "root", Finals(plan, settings, root));
  std::vector<Settings> runs;
  settings.rate = static_cast<float>(rates[Best(tuned)]);
  for (std::size_t s = 1; s <= plan.scale().seeds; ++s) {
    settings.seed = s;
    runs.push_back(settings);
  }
  std::vector<double> finals, epochs(plan.scale().epochs), seconds;
  for (const RunResult& result : TrainAll(runs, plan.data(), plan.scale().threads, true)) {
    finals.push_back(TestAccuracy(result, plan.data()));
    for (std::size_t e = 0; e < result.epochs.size(); ++e) {
      epochs[e] += result.epochs[e].validation_accuracy.value_or(0.0) /
                   static_cast<double>(plan.scale().seeds);
    }
    seconds.push_back(result.train_seconds / static_cast<double>(plan.scale().epochs));
  }
  SetNumbers(row.values, "final", finals);
  SetNumbers(row.values, "epoch", epochs);
  row.machine.Set("seconds_an_epoch", Median(seconds));
}

void MeasureStopping(DescentPlan& plan, const std::string& condition, double noise,
                     Measurement& row) {
  Settings settings = plan.Base();
  settings.samples = plan.scale().train / 2;
  settings.epochs = plan.scale().long_epochs;
  settings.rate = 0.1f;
  settings.label_noise = noise;
  const std::size_t space = condition.find(' ');
  const double number = space == condition.npos ? 0.0 : std::stod(condition.substr(space));
  if (condition.starts_with("loss")) settings.stop_loss = number;
  if (condition.starts_with("patience")) {
    settings.patience = static_cast<std::size_t>(number);
    settings.restore_best = true;
  }
  std::vector<Settings> runs;
  for (std::size_t s = 1; s <= plan.scale().seeds; ++s) {
    settings.seed = s;
    runs.push_back(settings);
  }
  std::vector<double> epochs, finals, stopped;
  for (const RunResult& result : TrainAll(runs, plan.data(), plan.scale().threads, true)) {
    epochs.push_back(static_cast<double>(result.epochs.size()));
    finals.push_back(TestAccuracy(result, plan.data()));
    stopped.push_back(result.status == Status::kStopped);
  }
  SetNumbers(row.values, "epochs", epochs);
  SetNumbers(row.values, "final", finals);
  SetNumbers(row.values, "stopped", stopped);
}

void MeasureSeeds(DescentPlan& plan, std::uint64_t split, Measurement& row) {
  const DescentScale& scale = plan.scale();
  const Dataset data = Draw(FashionMnist(), scale.train + scale.held_out, scale.test, split);
  const std::size_t levels = scale.levels;
  std::vector<RunResult> results(levels * levels);
  SideBySide(results.size(), scale.threads, [&](std::size_t i) {
    Settings settings = plan.Base();
    settings.rate = 0.1f;
    settings.seed = i / levels + 1;  // of the weights
    const InitialWeights weights = DrawnWeights(settings, data);
    settings.seed = i % levels + 1;  // of the order
    settings.initializer = weights.Initializer();
    RunOptions options;
    options.health = false;
    options.stop = &InterruptRequested();
    options.weights = &weights;
    results[i] = Train(settings, data, options);
  });
  for (std::size_t w = 0; w < levels; ++w) {
    std::vector<double> held_out, test;
    for (std::size_t o = 0; o < levels; ++o) {
      held_out.push_back(HeldOutAccuracy(results[w * levels + o], data));
      test.push_back(TestAccuracy(results[w * levels + o], data));
    }
    SetNumbers(row.values, fmt::format("held_out_{}", w + 1), held_out);
    SetNumbers(row.values, fmt::format("test_{}", w + 1), test);
  }
}

}  // namespace lanegrad
