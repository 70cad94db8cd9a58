// SPDX-License-Identifier: Apache-2.0
#include "experiments/losses/image_measures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/cli/interrupt.h"
#include "experiments/losses/calibration.h"
#include "experiments/losses/image_training.h"
#include "experiments/losses/landscape.h"
#include "experiments/records/numbered.h"
#include "experiments/trials/side_by_side.h"
#include "network/parameters.h"
#include "network/resolved_settings.h"
#include "network/split.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

// Reading the images takes longer than many a training: once for all tasks.
const Dataset& Images(const Effort& effort) {
  static const Dataset data = FashionImages(effort.test);
  return data;
}

Settings SettingsFor(const Effort& effort, std::string_view loss,
                     std::string_view output = "auto") {
  Settings settings;
  settings.layers = {784, 32, 10};
  settings.loss = loss;
  settings.output = output;
  settings.samples = effort.samples;
  settings.validation = effort.validation;
  settings.epochs = effort.epochs;
  settings.schedule = "cosine";
  return settings;
}

// Column `k` of what the final trials returned; those that an interrupt kept from running have
// none.
std::vector<double> NumbersAt(const RateSearchResult& result, std::size_t k) {
  std::vector<double> column;
  for (const std::vector<double>& numbers : result.finals) {
    if (k < numbers.size()) column.push_back(numbers[k]);
  }
  return column;
}

void Keep(const Effort& effort, const RateSearchResult& result, Measurement& row) {
  row.values.Set("rate", effort.search.rates[result.best]);
  SetNumbers(row.values, "tried",
             std::vector<double>(effort.search.rates.begin(), effort.search.rates.end()));
  SetNumbers(row.values, "tuned", result.tuning);
  SetNumbers(row.values, "accuracy", NumbersAt(result, 0));
}

struct Solution {
  std::vector<float> start, end;
};

}  // namespace

Effort EffortOf(const Scope& scope) {
  Effort effort = {.samples = 1500, .validation = 4000, .epochs = 16, .test = 0, .search = {}};
  effort.search = {.rates = {0.01f, 0.03162f, 0.1f, 0.3162f, 1.0f, 3.162f, 10.0f},
                   .tune_seeds = 2,
                   .final_seeds = scope.seeds,
                   .threads = scope.threads};
  if (scope.profile == "quick") {
    effort.samples = 300;
    effort.validation = 300;
    effort.epochs = 2;
    effort.test = 500;
    effort.search.rates = {0.1f, 1.0f};
    effort.search.tune_seeds = 1;
  } else if (scope.profile == "full") {
    effort.samples = 20000;
    effort.validation = 10000;
    effort.epochs = 60;
    effort.search.tune_seeds = 4;
  }
  return effort;
}

std::vector<LossOutput> TrainedPairs() {
  std::vector<LossOutput> pairs;
  for (const LossInfo& info : Losses()) pairs.push_back({info.name, info.output});
  for (const LossInfo& info : Losses()) {
    if (info.outputs == Outputs::kAny) pairs.push_back({info.name, "softmax"});
  }
  return pairs;
}

// [training]
void MeasureTraining(const Effort& effort, const LossOutput& pair, double noise, Measurement& row) {
  Settings settings = SettingsFor(effort, pair.loss, pair.output);
  settings.label_noise = noise;
  Keep(effort,
       SearchRate(effort.search,
                  [&](const Trial& trial) { return TrainImages(settings, Images(effort), trial); }),
       row);
}
// [training]

void MeasureWrongStart(const Effort& effort, std::string_view loss, float bias, Measurement& row) {
  Settings settings = SettingsFor(effort, loss, loss == "mse" ? "sigmoid" : "identity");
  settings.epochs = std::max<std::size_t>(1, effort.epochs / 4);
  Keep(effort,
       SearchRate(effort.search,
                  [&](const Trial& trial) {
                    return TrainBiasedImages(settings, Images(effort), bias, trial);
                  }),
       row);
}

void MeasureWrongPair(const Effort& effort, const LossOutput& pair, Measurement& row) {
  const auto& [loss, output] = pair;
  const Settings settings = SettingsFor(effort, loss, output);
  const RateSearchResult result = SearchRate(effort.search, [&](const Trial& trial) {
    return TrainUnchecked(settings, Images(effort), trial);
  });
  Keep(effort, result, row);
  SetNumbers(row.values, "last_loss", NumbersAt(result, 1));
  row.values.Set("accepted", Accepts(Loss::Named(loss), Output::Named(output)));
}

void MeasureCalibration(const Effort& effort, const LossOutput& pair, const TrainingLength& length,
                        Measurement& row) {
  Settings settings = SettingsFor(effort, pair.loss, pair.output);
  settings.epochs = std::max<std::size_t>(
      1, static_cast<std::size_t>(length.factor * static_cast<double>(effort.epochs)));
  const Dataset& data = Images(effort);
  std::vector<Calibration> each(effort.search.final_seeds);
  const RateSearchResult result = SearchRate(effort.search, [&](const Trial& trial) {
    return TrainImages(
        settings, data, trial, [&](const Network& network, std::vector<double>& numbers) {
          Calibration& c = each.at(trial.seed - kFirstFinalSeed);
          c = Calibrate(network, data.test);
          for (const double number :
               {c.ExpectedError(), c.Brier(), c.MeanSurprise(), c.OverConfidence()}) {
            numbers.push_back(number);
          }
        });
  });
  row.values.Set("passes", static_cast<double>(settings.epochs));
  Keep(effort, result, row);
  const char* names[] = {"ece", "brier", "surprise", "over"};
  for (std::size_t k = 0; k < 4; ++k) SetNumbers(row.values, names[k], NumbersAt(result, k + 1));
  for (std::size_t bin = 0; bin < kConfidenceBins; ++bin) {
    double count = 0.0, confidence = 0.0, right = 0.0;
    for (const Calibration& c : each) {
      count += c.bin_count[bin];
      confidence += c.bin_confidence[bin];
      right += c.bin_right[bin];
    }
    row.values.Set(fmt::format("count_{}", bin + 1), count);
    row.values.Set(fmt::format("confidence_{}", bin + 1), confidence / std::max(count, 1.0));
    row.values.Set(fmt::format("right_{}", bin + 1), right / std::max(count, 1.0));
  }
}

void MeasureFactor(const Effort& effort, const FactorPair& pair, Measurement& row) {
  std::vector<float> numbers[2];
  double accuracy[2];
  for (const int which : {0, 1}) {
    Settings settings = SettingsFor(effort, which == 0 ? pair.first : pair.second, "sigmoid");
    settings.optimizer = pair.optimizer;
    const float rate = settings.optimizer == "sgd" ? 1.0f : 0.001f;
    settings.rate = which == 0 ? rate : pair.factor * rate;
    settings.seed = kFirstFinalSeed;
    const std::size_t sizes[] = {1, 1};
    Network network(sizes, Activation::Named("identity"), Activation::Named("identity"));
    accuracy[which] = Train(settings, Images(effort), {.health = false}, &network).test_accuracy;
    numbers[which] = TakeNumbers(network, Numbers::kWeights);
  }
  std::size_t equal = 0;
  double largest = 0.0;
  for (std::size_t i = 0; i < numbers[0].size(); ++i) {
    equal += numbers[0][i] == numbers[1][i];
    largest = std::max(largest, std::fabs(double(numbers[0][i]) - double(numbers[1][i])));
  }
  row.values.Set("equal", static_cast<double>(equal) / static_cast<double>(numbers[0].size()));
  row.values.Set("largest_difference", largest);
  row.values.Set("accuracy_first", accuracy[0]);
  row.values.Set("accuracy_second", accuracy[1]);
}

std::vector<double> Places(double low, double high, std::size_t count) {
  std::vector<double> places;
  for (std::size_t i = 0; i < count; ++i) {
    places.push_back(low + (high - low) * static_cast<double>(i) / static_cast<double>(count - 1));
  }
  return places;
}

// From the start of a training to its end, and from the end of one to that of another; and, once,
// a plane through one of them.
void MeasurePaths(const Effort& effort, std::string_view loss, std::size_t side, Measurement& row) {
  const Dataset& data = Images(effort);
  Settings settings = SettingsFor(effort, loss);
  std::vector<Solution> solutions(2 * effort.search.final_seeds);
  const ResolvedSettings resolved = [&] {
    Settings any = settings;
    any.rate = 0.1f;
    return Resolve(any, data);
  }();
  std::vector<Network> networks(
      solutions.size(), Network(resolved.settings.layers, resolved.activations, resolved.output));
  RateSearch search = effort.search;
  search.final_seeds = solutions.size();
  const RateSearchResult result = SearchRate(search, [&](const Trial& trial) {
    return TrainImages(settings, data, trial, [&](const Network& network, std::vector<double>&) {
      const std::size_t i = trial.seed - kFirstFinalSeed;
      Settings own = settings;
      own.rate = trial.rate;
      own.seed = trial.seed;
      solutions[i] = {BiasedStart(own, data, 0.0f).numbers,
                      TakeNumbers(network, Numbers::kWeights)};
      networks[i] = network;
    });
  });
  const std::vector<std::uint32_t> learned = SplitSamples(resolved.settings, data).train;
  const LossOf loss_of = {Loss::Named(loss), data.train,
                          std::span(learned).first(std::min<std::size_t>(learned.size(), 1000))};
  const std::vector<double> places = Places(0.0, 1.0, side);
  std::vector<double> barriers(effort.search.final_seeds), rises(effort.search.final_seeds);
  std::vector<std::vector<double>> from_start(barriers.size()), between(barriers.size());
  SideBySide(barriers.size(), effort.search.threads, [&](std::size_t i) {
    const Solution &a = solutions[2 * i], &b = solutions[2 * i + 1];
    from_start[i] = LossesAlong(networks[2 * i], a.start, a.end, places, loss_of);
    between[i] = LossesAlong(networks[2 * i], a.end, b.end, places, loss_of);
    rises[i] = LargestRise(from_start[i]);
    barriers[i] = BarrierOf(between[i]);
  });
  if (InterruptRequested()) return;
  row.values.Set("rate", search.rates[result.best]);
  for (std::size_t k = 0; k < places.size(); ++k) {
    double start = 0.0, ends = 0.0;
    for (std::size_t i = 0; i < barriers.size(); ++i) {
      start += from_start[i][k] / static_cast<double>(barriers.size());
      ends += between[i][k] / static_cast<double>(barriers.size());
    }
    row.values.Set(fmt::format("start_{}", k + 1), start);
    row.values.Set(fmt::format("between_{}", k + 1), ends);
  }
  SetNumbers(row.values, "barrier", barriers);
  SetNumbers(row.values, "rise", rises);
  SetPictured(
      row.values, "plane",
      LossesOnPlane(networks[0], UnitWiseDirection(networks[0], 1, 1),
                    UnitWiseDirection(networks[0], 1, 2), Places(-1.0, 1.0, side), loss_of));
}

}  // namespace lanegrad
