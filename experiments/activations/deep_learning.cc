// SPDX-License-Identifier: Apache-2.0
#include "experiments/activations/deep_learning.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "network/health.h"
#include "network/parallel.h"
#include "network/parameters.h"
#include "network/split.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

Samples Halved(const Samples& samples, std::size_t width, std::size_t height, std::size_t most) {
  Samples half = {.count = std::min(most, samples.count),
                  .features = (width / 2) * (height / 2),
                  .bytes = {},
                  .values = {},
                  .labels = {}};
  half.values.reserve(half.count * half.features);
  for (std::size_t s = 0; s < half.count; ++s) {
    const std::uint8_t* image = samples.bytes.data() + s * samples.features;
    for (std::size_t y = 0; y < height; y += 2) {
      for (std::size_t x = 0; x < width; x += 2) {
        const std::uint8_t* at = image + y * width + x;
        const int sum = at[0] + at[1] + at[width] + at[width + 1];
        half.values.push_back(static_cast<float>(sum) / 1020.0f);
      }
    }
    half.labels.push_back(samples.labels[s]);
  }
  return half;
}

double HeldOutAccuracy(const RunResult& run, double chance) {
  if (run.status == Status::kDiverged || run.epochs.empty()) return chance;
  return run.epochs.back().validation_accuracy.value_or(chance);
}

// Calls body(0) ... body(count - 1), some at once; each writes what is its own.
void ForEach(std::size_t count, std::size_t threads, const std::function<void(std::size_t)>& body) {
  RunTeam(std::max<std::size_t>(1, std::min(threads, count)),
          [&](std::size_t member, std::size_t members) {
            for (std::size_t i = member; i < count; i += members) body(i);
          });
}

UnitCount CountUnits(const Network& network, Loss loss, const Samples& samples,
                     std::span<const std::uint32_t> chosen) {
  UnitCount count;
  const Health health = Examine(network, loss, samples, samples.labels, chosen);
  const std::size_t hidden = network.layers().size() - 1;
  for (std::size_t l = 0; l < hidden && l < health.layers.size(); ++l) {
    count.dead += health.layers[l].dead / static_cast<double>(hidden);
    count.saturated += health.layers[l].saturated / static_cast<double>(hidden);
  }
  Matrix x(chosen.size(), network.inputs()), y(chosen.size(), network.outputs());
  Gather(samples, chosen, {0, chosen.size()}, x.view(), y.view());
  Workspace space = network.MakeWorkspace(chosen.size(), false);
  network.Forward(x.view(), chosen.size(), space);
  for (std::size_t l = 0; l < hidden; ++l) {
    const std::size_t units = network.layers()[l].out();
    std::size_t zeros = 0;
    for (std::size_t r = 0; r < chosen.size(); ++r) {
      for (std::size_t j = 0; j < units; ++j) zeros += space.values[l](r, j) == 0.0f;
    }
    count.zeros.push_back(static_cast<double>(zeros) / static_cast<double>(chosen.size() * units));
  }
  return count;
}

}  // namespace

Dataset HalvedImages(const Dataset& data, std::size_t train, std::size_t test) {
  if (data.width == 0 || data.width % 2 != 0 || data.height % 2 != 0 || data.train.bytes.empty()) {
    throw DataError(
        fmt::format("{}: to be halved, data must be pictures with even sides", data.name));
  }
  Dataset half = data.name.empty() ? Dataset() : Dataset{.name = data.name + ", halved"};
  half.source = data.source;
  half.classes = data.classes;
  half.width = data.width / 2;
  half.height = data.height / 2;
  half.train = Halved(data.train, data.width, data.height, train);
  half.test = Halved(data.test, data.width, data.height, test);
  half.class_names = data.class_names;
  SetChecksum(half);
  return half;
}

Settings DeepSettings(const DeepNetwork& network, const DepthBudget& budget, const Dataset& images,
                      double rate, std::uint64_t seed) {
  Settings settings;
  settings.layers = {images.train.features};
  settings.layers.insert(settings.layers.end(), network.hidden_layers, budget.width);
  settings.layers.push_back(images.classes);
  settings.activation = network.activation;
  settings.rate = static_cast<float>(rate);
  settings.epochs = budget.epochs;
  settings.validation = budget.held_out;
  settings.seed = seed;
  return settings;
}

// [learn-deep]
DeepResult LearnDeep(const DeepNetwork& network, const DepthBudget& budget, const Dataset& images,
                     std::size_t threads) {
  const double chance = 1.0 / static_cast<double>(images.classes);
  const std::size_t seeds = budget.tuning_seeds;
  std::vector<double> tried(budget.rates.size() * seeds);
  ForEach(tried.size(), threads, [&](std::size_t i) {
    const Settings settings =
        DeepSettings(network, budget, images, budget.rates[i / seeds], 1 + i % seeds);
    tried[i] = HeldOutAccuracy(Train(settings, images, {.test = false, .health = false}), chance);
  });
  DeepResult result;
  for (std::size_t k = 0; k < budget.rates.size(); ++k) {
    const double* first = tried.data() + k * seeds;
    result.held_out.push_back(std::accumulate(first, first + seeds, 0.0) /
                              static_cast<double>(seeds));
    if (result.held_out[k] > result.held_out[result.best]) result.best = k;
  }
  result.accuracy.resize(budget.final_seeds);
  std::vector<char> diverged(budget.final_seeds, 0);
  ForEach(budget.final_seeds, threads, [&](std::size_t i) {
    const RunResult run =
        Train(DeepSettings(network, budget, images, budget.rates[result.best], kFirstFreshSeed + i),
              images, {.health = false});
    diverged[i] = run.status == Status::kDiverged ? 1 : 0;
    result.accuracy[i] = diverged[i] ? chance : run.test_accuracy;
  });
  result.diverged = static_cast<std::size_t>(std::count(diverged.begin(), diverged.end(), 1));
  return result;
}
// [learn-deep]

UnitHistory WatchUnits(const DeepNetwork& network, const DepthBudget& budget, const Dataset& images,
                       double rate, std::uint64_t seed) {
  const Settings settings = DeepSettings(network, budget, images, rate, seed);
  const Loss loss = Loss::Named(settings.loss);
  const Activation activation = Activation::Named(network.activation);
  std::vector<std::uint32_t> all(images.train.count);
  std::iota(all.begin(), all.end(), 0u);
  const std::vector<std::uint32_t> chosen = EvenlySpread(all, kHealthSamples);
  Network seen(settings.layers, activation, Output::Named("identity"));
  // The weights that training begins with: those of the same seed.
  seen.Initialize(Initializer::Named(activation.info().initializer), seed);
  UnitHistory history;
  history.moments.push_back(CountUnits(seen, loss, images.train, chosen));
  RunOptions options;
  options.test = options.health = false;
  options.save = [&](const Checkpoint& checkpoint) {
    // What ends a run is saved again.
    if (checkpoint.epochs.size() < history.moments.size()) return;
    PutNumbers(seen, Numbers::kWeightsAndStates, checkpoint.numbers);
    if (seen.Finite()) history.moments.push_back(CountUnits(seen, loss, images.train, chosen));
  };
  history.diverged = Train(settings, images, options).status == Status::kDiverged;
  return history;
}

Plateau RatePlateau(const std::vector<double>& rates, const std::vector<double>& accuracies,
                    double drop) {
  const auto accuracy = [&](std::size_t i) {
    return std::isfinite(accuracies[i]) ? accuracies[i] : 0.0;
  };
  std::size_t best = 0;
  for (std::size_t i = 1; i < rates.size(); ++i) {
    if (accuracy(i) > accuracy(best)) best = i;
  }
  const double least = accuracy(best) - drop;
  Plateau plateau;
  for (const int step : {-1, 1}) {
    std::size_t i = best;
    for (;;) {
      if (step < 0 ? i == 0 : i + 1 == rates.size()) {
        plateau.open = true;
        break;
      }
      const std::size_t next = step < 0 ? i - 1 : i + 1;
      const double decades = std::fabs(std::log10(rates[next] / rates[i]));
      if (accuracy(next) < least) {
        plateau.decades += decades * (accuracy(i) - least) / (accuracy(i) - accuracy(next));
        break;
      }
      plateau.decades += decades;
      i = next;
    }
  }
  return plateau;
}

}  // namespace lanegrad
