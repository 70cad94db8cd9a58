// SPDX-License-Identifier: Apache-2.0
#include "experiments/explanations/explained_networks.h"

#include <numeric>

#include "experiments/cli/interrupt.h"
#include "experiments/explanations/neighbours.h"
#include "experiments/trials/side_by_side.h"
#include "experiments/trials/trainings.h"
#include "network/resolved_settings.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

// A place for a network to be put into.
Network NoNetwork() {
  const std::size_t sizes[] = {1, 1};
  return Network(sizes, Activation::Named("identity"), Activation::Named("identity"));
}

RunResult TrainOne(Settings settings, const Dataset& data, float rate, std::uint64_t seed,
                   bool test, Network& network) {
  settings.rate = rate;
  settings.seed = seed;
  RunOptions options;
  options.test = test;
  options.health = false;
  options.stop = &InterruptRequested();
  return Train(settings, data, options, &network);
}

}  // namespace

ExplanationEffort EffortOf(const Scope& scope) {
  ExplanationEffort effort = {.layers = {784, 128, 64, 10},
                              .samples = 10000,
                              .validation = 5000,
                              .epochs = 8,
                              .few_samples = 1000,
                              .few_epochs = 100,
                              .pictures = 200,
                              .drawn = 0,
                              .judged = 3000,
                              .ascent_steps = 200,
                              .search = {}};
  effort.search = {.rates = {0.03162f, 0.1f, 0.3162f},
                   .tune_seeds = 2,
                   .final_seeds = scope.seeds,
                   .threads = scope.threads};
  if (scope.profile == "quick") {
    effort = {.layers = {784, 32, 16, 10},
              .samples = 500,
              .validation = 300,
              .epochs = 2,
              .few_samples = 50,
              .few_epochs = 20,
              .pictures = 8,
              .drawn = 1000,
              .judged = 100,
              .ascent_steps = 20,
              .search = effort.search};
    effort.search.rates = {0.1f, 0.3162f};
    effort.search.tune_seeds = 1;
  } else if (scope.profile == "full") {
    effort.samples = 40000;
    effort.validation = 10000;
    effort.epochs = 15;
    effort.pictures = 500;
    effort.judged = 2000;
    effort.search.rates = {0.01f, 0.03162f, 0.1f, 0.3162f, 1.0f};
  }
  return effort;
}

std::string_view RecipeName(Recipe recipe) {
  switch (recipe) {
    case Recipe::kPlain:
      return "plain";
    case Recipe::kDecayed:
      return "decayed";
    case Recipe::kFew:
      return "few";
    case Recipe::kRandomLabels:
      break;
  }
  return "random_labels";
}

Settings SettingsOf(const ExplanationEffort& effort, Recipe recipe) {
  Settings settings;
  settings.layers = effort.layers;
  settings.schedule = "cosine";
  settings.validation = effort.validation;
  settings.split_seed = {};  // other samples for every seed
  const bool few = recipe == Recipe::kFew || recipe == Recipe::kRandomLabels;
  settings.samples = few ? effort.few_samples : effort.samples;
  settings.epochs = few ? effort.few_epochs : effort.epochs;
  if (recipe == Recipe::kDecayed) settings.l2 = kDecay;
  // Nine of ten labels become one of the nine others: all ten are equally likely.
  if (recipe == Recipe::kRandomLabels) settings.label_noise = 0.9;
  return settings;
}

Network Redrawn(const Network& network, const Settings& settings, const Dataset& data,
                std::size_t layers, std::uint64_t seed) {
  Settings any = settings;
  any.rate = 0.1f;
  const ResolvedSettings resolved = Resolve(any, data);
  Network fresh(resolved.settings.layers, resolved.activations, resolved.output);
  fresh.Initialize(resolved.initializers, seed);
  for (std::size_t l = 0; l + layers < fresh.layers().size(); ++l) {
    fresh.layers()[l] = network.layers()[l];
  }
  return fresh;
}

ExplainedNetworks::ExplainedNetworks(const Scope& scope) : effort_(EffortOf(scope)) {}

const Dataset& ExplainedNetworks::data() {
  if (data_.train.count == 0) {
    data_ =
        effort_.drawn == 0 ? FashionMnist() : Draw(FashionMnist(), effort_.drawn, effort_.drawn, 1);
  }
  return data_;
}

const TrainedNetworks& ExplainedNetworks::Of(Recipe recipe) {
  const auto known = trained_.find(recipe);
  if (known != trained_.end()) return known->second;
  const Settings settings = SettingsOf(effort_, recipe);
  const Dataset& data = this->data();  // read before there are threads
  const bool tuned = recipe == Recipe::kPlain || recipe == Recipe::kDecayed;
  TrainedNetworks trained;
  const std::size_t count = 2 * pairs();
  trained.networks.assign(count, NoNetwork());
  trained.test_accuracy.resize(count);
  trained.train_accuracy.resize(count);
  const double chance = 1.0 / static_cast<double>(data.classes);
  const auto keep = [&](const Trial& trial) {
    const std::size_t i = trial.seed - kFirstFinalSeed;
    const RunResult result =
        TrainOne(settings, data, trial.rate, trial.seed, true, trained.networks[i]);
    trained.test_accuracy[i] = TestAccuracy(result, data);
    trained.train_accuracy[i] =
        result.epochs.empty() ? chance : result.epochs.back().train_accuracy;
    return std::vector<double>{trained.test_accuracy[i]};
  };
  if (tuned) {
    RateSearch search = effort_.search;
    search.final_seeds = count;
    trained.search = SearchRate(search, [&](const Trial& trial) {
      if (trial.final) return keep(trial);
      Network unused = NoNetwork();
      return std::vector<double>{
          HeldOutAccuracy(TrainOne(settings, data, trial.rate, trial.seed, false, unused), data)};
    });
    trained.rate = search.rates[trained.search.best];
  } else {
    trained.rate = Of(Recipe::kPlain).rate;
    const std::size_t first = recipe == Recipe::kRandomLabels ? pairs() : 0;
    SideBySide(count - first, effort_.search.threads, [&](std::size_t job) {
      const std::size_t i = first + job;
      keep({.rate = trained.rate, .seed = SeedOfNetwork(i), .final = true});
    });
  }
  return trained_.emplace(recipe, std::move(trained)).first->second;
}

void ExplainedNetworks::ReadMeans() {
  if (!mean_.empty()) return;
  const Dataset& data = this->data();
  const std::size_t features = data.train.features;
  // Sums of bytes are exact, in whatever order.
  std::vector<std::vector<double>> sums(data.classes, std::vector<double>(features));
  std::vector<double> counts(data.classes), whole(features);
  for (std::size_t s = 0; s < data.train.count; ++s) {
    const std::uint8_t label = data.train.labels[s];
    counts[label] += 1.0;
    for (std::size_t i = 0; i < features; ++i) {
      sums[label][i] += data.train.bytes[s * features + i];
    }
  }
  for (std::size_t c = 0; c < data.classes; ++c) {
    for (std::size_t i = 0; i < features; ++i) {
      whole[i] += sums[c][i];
      sums[c][i] /= 255.0 * counts[c];
    }
  }
  class_means_ = std::move(sums);
  for (const double sum : whole) {
    mean_.push_back(static_cast<float>(sum / (255.0 * static_cast<double>(data.train.count))));
  }
}

const std::vector<std::vector<double>>& ExplainedNetworks::class_means() {
  ReadMeans();
  return class_means_;
}

const Pictures& ExplainedNetworks::pictures() {
  if (pictures_.count() > 0) return pictures_;
  ReadMeans();
  std::vector<std::uint32_t> first(effort_.pictures);
  std::iota(first.begin(), first.end(), 0u);
  const Dataset& data = this->data();
  pictures_ = {.width = data.width,
               .height = data.height,
               .x = PixelValues(data.test, first),
               .reference = mean_};
  return pictures_;
}

}  // namespace lanegrad
