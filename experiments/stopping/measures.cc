// SPDX-License-Identifier: Apache-2.0
#include "experiments/stopping/measures.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "experiments/cli/interrupt.h"
#include "experiments/records/numbered.h"
#include "experiments/trials/rate_search.h"
#include "experiments/trials/side_by_side.h"
#include "experiments/trials/trainings.h"
#include "network/noise.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

constexpr float kRates[] = {0.03f, 0.1f, 0.3f};

Settings SettingsOf(const TrainingCell& cell, const Dataset& data, float rate, std::uint64_t seed) {
  Settings settings;
  settings.layers = {data.train.features, cell.width, data.classes};
  settings.rate = rate;
  settings.seed = seed;
  return settings;
}

RunResult Trained(const Settings& settings, const Dataset& data, bool test_every_epoch) {
  RunOptions options;
  options.test = settings.validation == 0;
  options.test_every_epoch = test_every_epoch;
  options.health = false;
  options.stop = &InterruptRequested();
  return Train(settings, data, options);
}

std::vector<double> TestCurve(const RunResult& run) {
  std::vector<double> curve;
  for (const EpochMetrics& epoch : run.epochs) curve.push_back(epoch.test_accuracy.value_or(0.0));
  return curve;
}

}  // namespace

StoppingScale StoppingScaleOf(const Scope& scope) {
  StoppingScale scale;
  if (scope.profile == "quick") {
    scale = {.train = 100, .held_out = 50, .test = 200, .epochs = 20};
  } else if (scope.profile == "default") {
    scale = {.train = 1000, .held_out = 500, .test = 4000, .epochs = 100, .tune_seeds = 2};
  } else {
    scale = {.train = 4000, .held_out = 2000, .test = 10000, .epochs = 200, .tune_seeds = 3};
  }
  scale.seeds = scope.seeds;
  scale.threads = scope.threads;
  return scale;
}

std::string TrainingCell::Name() const {
  return noise == 0.0 ? fmt::format("{} units, right labels", width)
                      : fmt::format("{} units, {:.0f} % wrong labels", width, 100.0 * noise);
}

std::vector<TrainingCell> TrainingCells() { return {{16, 0.0}, {256, 0.0}, {16, 0.3}, {256, 0.3}}; }

Dataset NoisySamples(const Dataset& source, const StoppingScale& scale, double noise,
                     std::uint64_t seed) {
  Dataset data = Draw(source, scale.train + scale.held_out, scale.test, seed);
  std::vector<std::uint32_t> all(data.train.count);
  std::iota(all.begin(), all.end(), 0u);
  if (noise > 0.0) data.train.labels = TaughtLabels(data, all, noise, seed);
  SetChecksum(data);
  return data;
}

// [histories]
const StoppingPlan::Histories& StoppingPlan::Of(const TrainingCell& cell) {
  const auto [place, missing] = known_.try_emplace({cell.width, cell.noise});
  Histories& histories = place->second;
  if (!missing) return histories;
  histories.runs.resize(scale_.seeds);
  const auto train = [&](const Trial& trial) {
    const Dataset data = NoisySamples(FashionMnist(), scale_, cell.noise, trial.seed);
    Settings settings = SettingsOf(cell, data, trial.rate, trial.seed);
    settings.validation = scale_.held_out;
    settings.epochs = scale_.epochs;
    RunResult run = Trained(settings, data, trial.final);
    double best = 0.0;  // of all epochs, so that no condition is favoured
    for (const EpochMetrics& epoch : run.epochs) {
      best = std::max(best, epoch.validation_accuracy.value_or(0.0));
    }
    if (trial.final) histories.runs[trial.seed - kFirstFinalSeed] = std::move(run);
    return std::vector<double>{best};
  };
  const RateSearch search = {.rates = {std::begin(kRates), std::end(kRates)},
                             .tune_seeds = scale_.tune_seeds,
                             .final_seeds = scale_.seeds,
                             .threads = scale_.threads};
  const RateSearchResult found = SearchRate(search, train);
  histories.tuning = found.tuning;
  histories.rate = search.rates[found.best];
  return histories;
}
// [histories]

void StoppingPlan::MeasureCurves(const TrainingCell& cell, Measurement& row) {
  const Histories& histories = Of(cell);
  SetNumbers(row.values, "tune", histories.tuning);
  row.values.Set("rate", static_cast<double>(histories.rate));
  std::vector<double> training(scale_.epochs), held_out(scale_.epochs), test(scale_.epochs);
  const double share = 1.0 / static_cast<double>(scale_.seeds);
  for (const RunResult& run : histories.runs) {
    for (std::size_t e = 0; e < run.epochs.size(); ++e) {
      training[e] += share * run.epochs[e].train_loss;
      held_out[e] += share * run.epochs[e].validation_loss.value_or(0.0);
      test[e] += share * run.epochs[e].test_accuracy.value_or(0.0);
    }
  }
  SetPictured(row.values, "training_loss", training);
  SetPictured(row.values, "held_out_loss", held_out);
  SetPictured(row.values, "test_accuracy", test);
}

void StoppingPlan::MeasureCondition(const TrainingCell& cell, const Condition& condition,
                                    Measurement& row) {
  std::vector<double> epochs, kept, accuracy, gain, lost;
  for (const RunResult& run : Of(cell).runs) {
    const StopOutcome outcome = JudgeStop(Replay(condition, run.epochs), TestCurve(run));
    epochs.push_back(static_cast<double>(outcome.stop.epoch));
    kept.push_back(static_cast<double>(outcome.stop.kept));
    accuracy.push_back(outcome.accuracy);
    gain.push_back(outcome.gain);
    lost.push_back(outcome.lost);
  }
  SetNumbers(row.values, "epoch", epochs);
  SetNumbers(row.values, "kept", kept);
  SetNumbers(row.values, "accuracy", accuracy);
  SetPictured(row.values, "gain", gain);
  SetPictured(row.values, "lost", lost);
}

void StoppingPlan::MeasureRetraining(const TrainingCell& cell, const Condition& condition,
                                     Measurement& row) {
  const Histories& histories = Of(cell);
  std::vector<double> accuracy(scale_.seeds), epochs(scale_.seeds);
  SideBySide(scale_.seeds, scale_.threads, [&](std::size_t s) {
    const std::uint64_t seed = kFirstFinalSeed + s;
    const Dataset data = NoisySamples(FashionMnist(), scale_, cell.noise, seed);
    Settings settings = SettingsOf(cell, data, histories.rate, seed);
    settings.epochs = std::max<std::size_t>(1, Replay(condition, histories.runs[s].epochs).kept);
    epochs[s] = static_cast<double>(settings.epochs);
    accuracy[s] = TestAccuracy(Trained(settings, data, false), data);
  });
  SetNumbers(row.values, "epoch", epochs);
  SetNumbers(row.values, "accuracy", accuracy);
}

}  // namespace lanegrad
