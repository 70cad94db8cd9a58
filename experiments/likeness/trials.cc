// SPDX-License-Identifier: Apache-2.0
#include "experiments/likeness/trials.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "experiments/trials/side_by_side.h"
#include "experiments/trials/trainings.h"
#include "network/evaluation.h"
#include "network/split.h"

namespace lanegrad {
namespace {

constexpr std::uint64_t kFirstTuningSeed = 1001;
constexpr std::size_t kProbe = 500;

const Loss kLoss = Loss::Named("softmax_cross_entropy");

}  // namespace

TrialSize SizeOf(const Scope& scope) {
  if (scope.profile == "quick") return {1000, 500, 1000, 2, 32, 1, {0.03162, 0.3162}};
  const std::vector<double> rates = {0.01, 0.03162, 0.1, 0.3162, 1.0, 3.162, 10.0};
  if (scope.profile == "full") return {50000, 10000, 10000, 10, 256, 3, rates};
  return {20000, 5000, 10000, 5, 128, 2, rates};
}

std::vector<Contender> Contenders(const TrialSize& size) {
  Settings base;
  base.layers = {784, size.hidden, size.hidden, 10};
  base.batch = 50;
  base.schedule = "cosine";
  base.samples = size.samples;
  base.validation = size.validation;
  base.epochs = size.epochs;
  std::vector<Contender> all;
  const auto add = [&](std::string name, const char* activation, CreditRule rule,
                       const Wiring& wiring = {}, std::vector<std::size_t> layers = {}) {
    Settings settings = base;
    settings.activation = activation;
    if (!layers.empty()) settings.layers = std::move(layers);
    all.push_back({std::move(name), settings, rule, wiring});
  };
  for (const CreditRuleInfo& rule : CreditRules()) add(std::string(rule.name), "tanh", rule.rule);
  const CreditRule back = CreditRule::kBackPropagation;
  add("shallow", "tanh", back, {}, {784, 10});
  add("decayed", "tanh", back);
  all.back().settings.l2 = InfoOf(CreditRule::kKolenPollack).l2;
  add("relu", "relu", back);
  add("relu_feedback_alignment", "relu", CreditRule::kFeedbackAlignment);
  add("relu_frozen_hidden", "relu", CreditRule::kFrozenHidden);
  add("dale", "relu", back, {1.0, true});
  add("connectivity_20", "relu", back, {0.2, false});
  add("connectivity_10", "relu", back, {0.1, false});
  // The width h at which 784 h + h^2 + 10 h is what a tenth of the hidden weights and all of the
  // last layer's come to.
  const double n = static_cast<double>(size.hidden);
  const double weights = 0.1 * (784.0 * n + n * n) + 10.0 * n;
  const auto narrow = static_cast<std::size_t>(
      std::lround((std::sqrt(794.0 * 794.0 + 4.0 * weights) - 794.0) / 2.0));
  add("narrow", "relu", back, {}, {784, narrow, narrow, 10});
  add("sigmoid", "sigmoid", back);
  return all;
}

Trials::Trials(const Scope& scope)
    : size_(SizeOf(scope)),
      threads_(std::max<std::size_t>(scope.threads, 1)),
      all_(Contenders(size_)),
      test_samples_(size_.tests) {
  std::iota(test_samples_.begin(), test_samples_.end(), 0u);
}

const Contender& Trials::Named(const std::string& name) const {
  return *std::find_if(all_.begin(), all_.end(),
                       [&](const auto& each) { return each.name == name; });
}

void Trials::SideBySide(std::size_t count, const std::function<void(std::size_t)>& body) const {
  lanegrad::SideBySide(count, threads_, body);
}

const std::vector<double>& Trials::Tune(const std::string& name) {
  const auto known = tuned_.find(name);
  if (known != tuned_.end()) return known->second;
  const Contender& contender = Named(name);
  const Dataset& data = FashionMnist();
  const std::size_t rates = size_.rates.size();
  std::vector<double> accuracies(rates * size_.tuning_seeds);
  SideBySide(accuracies.size(), [&](std::size_t i) {
    Settings settings = contender.settings;
    settings.rate = static_cast<float>(size_.rates[i % rates]);
    settings.seed = kFirstTuningSeed + i / rates;
    const CreditRun run = TrainWithCredit(settings, data, contender.rule, contender.wiring);
    accuracies[i] =
        EvaluateNetwork(run.network, kLoss, data.train, SplitSamples(settings, data).validation)
            .accuracy;
  });
  std::vector<double>& means = tuned_[name];
  means.assign(rates, 0.0);
  for (std::size_t i = 0; i < accuracies.size(); ++i) {
    means[i % rates] += accuracies[i] / static_cast<double>(size_.tuning_seeds);
  }
  return means;
}

double Trials::RateOf(const std::string& name) {
  const std::vector<double>& means = Tune(name);
  return size_.rates[static_cast<std::size_t>(std::max_element(means.begin(), means.end()) -
                                              means.begin())];
}

std::vector<const CreditRun*> Trials::Train(const std::vector<std::string>& names,
                                            std::uint64_t seed) {
  if (seed != seed_) trained_.clear();
  seed_ = seed;
  std::vector<std::string> missing;
  std::vector<double> rates;
  for (const std::string& name : names) {
    if (trained_.count(name) > 0) continue;
    missing.push_back(name);
    rates.push_back(RateOf(name));
  }
  std::vector<std::optional<CreditRun>> runs(missing.size());
  SideBySide(missing.size(), [&](std::size_t i) {
    const Contender& contender = Named(missing[i]);
    Settings settings = contender.settings;
    settings.rate = static_cast<float>(rates[i]);
    settings.seed = seed;
    runs[i] = TrainWithCredit(settings, FashionMnist(), contender.rule, contender.wiring, kProbe);
  });
  for (std::size_t i = 0; i < missing.size(); ++i) {
    trained_.emplace(missing[i], std::move(*runs[i]));
  }
  std::vector<const CreditRun*> found;
  for (const std::string& name : names) found.push_back(&trained_.at(name));
  return found;
}

double Trials::TestAccuracy(const Network& network) const {
  return EvaluateNetwork(network, kLoss, FashionMnist().test, test_samples_).accuracy;
}

}  // namespace lanegrad
