// SPDX-License-Identifier: Apache-2.0
#include "experiments/ethics/measures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "experiments/cli/interrupt.h"
#include "experiments/ethics/membership.h"
#include "experiments/ethics/planted_mark.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"
#include "experiments/trials/trainings.h"
#include "network/evaluation.h"
#include "network/resolved_settings.h"
#include "network/split.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

const Loss kLoss = Loss::Named("softmax_cross_entropy");
constexpr std::size_t kImage = 784, kSide = 28, kHidden = 64;

Settings BaseSettings(std::size_t outputs, const Trial& trial) {
  Settings settings;
  settings.layers = {kImage, kHidden, outputs};
  settings.rate = trial.rate;
  settings.seed = trial.seed;
  return settings;
}

// A training that reads no test samples by itself.
Network Trained(const Settings& settings, const Dataset& data) {
  RunOptions options;
  options.test = false;
  options.health = false;
  options.stop = &InterruptRequested();
  Network network(settings.layers, Activation::Named("relu"), Activation::Named("identity"));
  Train(settings, data, options, &network);
  return network;
}

std::vector<std::uint32_t> All(const Samples& samples) {
  std::vector<std::uint32_t> all(samples.count);
  std::iota(all.begin(), all.end(), 0u);
  return all;
}

double AccuracyOn(const Network& network, const Samples& samples) {
  return EvaluateNetwork(network, kLoss, samples, All(samples)).accuracy;
}

RateSearch SearchOf(const EthicsScale& scale) {
  return {.rates = scale.rates,
          .tune_seeds = scale.tune_seeds,
          .final_seeds = scale.seeds,
          .threads = scale.threads};
}

// The numbers of the final trials: number i of every seed as the list names[i].
void SetFinals(const RateSearchResult& found, const RateSearch& search,
               const std::vector<std::string>& names, Measurement& row) {
  SetNumbers(row.values, "tune", found.tuning);
  row.values.Set("rate", static_cast<double>(search.rates[found.best]));
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::vector<double> list;
    for (const std::vector<double>& final : found.finals) {
      if (i < final.size()) list.push_back(final[i]);  // else it was interrupted
    }
    SetNumbers(row.values, names[i], list);
  }
}

}  // namespace

EthicsScale EthicsScaleOf(const Scope& scope) {
  EthicsScale scale;
  if (scope.profile == "quick") {
    scale = {.common = 40,
             .rare = 4,
             .held_out = 20,
             .tests = 50,
             .epochs = 2,
             .members = 100,
             .long_epochs = 8,
             .rates = {0.1f}};
  } else if (scope.profile == "default") {
    scale = {.common = 400,
             .rare = 20,
             .held_out = 100,
             .tests = 1000,
             .epochs = 15,
             .members = 1000,
             .long_epochs = 40,
             .tune_seeds = 2};
  } else {
    scale = {.common = 4000,
             .rare = 100,
             .held_out = 500,
             .tests = 1000,
             .epochs = 20,
             .members = 2000,
             .long_epochs = 160,
             .tune_seeds = 3};
  }
  scale.seeds = scope.seeds;
  scale.threads = scope.threads;
  return scale;
}

std::vector<Group> ClassGroups(const EthicsScale& scale, std::size_t rare) {
  std::vector<Group> groups;
  for (std::size_t c = 0; c < 10; ++c) {
    const auto label = static_cast<std::uint8_t>(c);
    groups.push_back(
        {.source = label, .label = label, .train = c == rare ? scale.rare : scale.common});
  }
  return groups;
}

std::vector<Group> SubgroupGroups(const EthicsScale& scale, bool rare) {
  return {{.source = 0, .label = 0, .train = scale.common},
          {.source = 2, .label = 0, .train = scale.common},
          {.source = kCoat, .label = 1, .train = scale.common},
          {.source = kShirt, .label = 1, .train = rare ? scale.rare : scale.common}};
}

// [measure-groups]
void MeasureGroups(const EthicsScale& scale, const std::vector<Group>& groups,
                   const std::string& method, Measurement& row) {
  const RateSearch search = SearchOf(scale);
  const auto train = [&](const Trial& trial) {
    GroupedData drawn =
        DrawGroups(FashionMnist(), groups, trial.final ? scale.tests : scale.held_out,
                   trial.final ? JudgedBy::kTest : JudgedBy::kHeldOut, trial.seed);
    if (method == "repeat") drawn = Balanced(drawn, groups.size(), Balance::kRepeat);
    if (method == "drop") drawn = Balanced(drawn, groups.size(), Balance::kDrop);
    Settings settings = BaseSettings(drawn.data.classes, trial);
    if (method == "class weights") settings.class_weights = "balanced";
    // As many samples are seen whatever the method: fewer of them are seen more often.
    const std::size_t seen = scale.epochs * groups.size() * scale.common;
    settings.epochs = std::max<std::size_t>(1, seen / drawn.data.train.count);
    settings.schedule = "cosine";
    const std::vector<double> recalls =
        GroupRecalls(Trained(settings, drawn.data), drawn, groups.size());
    return trial.final ? recalls : std::vector<double>{Mean(recalls)};
  };
  std::vector<std::string> names;
  for (std::size_t g = 0; g < groups.size(); ++g) names.push_back(fmt::format("group_{}", g));
  SetFinals(SearchRate(search, train), search, names, row);
}
// [measure-groups]

namespace {

// What an attacker is after: samples that were learned from, held out, and neither.
struct Secret {
  Dataset data;    // train: learned from and held out; test: neither
  Samples judges;  // test samples
};

Secret DrawSecret(const EthicsScale& scale, std::size_t members, std::uint64_t seed) {
  const std::size_t train = members + members / 2;  // a third of them are held out
  const Dataset drawn = Draw(FashionMnist(), train + scale.members, 10 * scale.tests, seed);
  Secret secret = {.data = drawn, .judges = drawn.test};
  const auto cut = static_cast<std::ptrdiff_t>(train * kImage);
  const Samples& all = drawn.train;
  secret.data.train = {
      .count = train,
      .features = kImage,
      .bytes = {all.bytes.begin(), all.bytes.begin() + cut},
      .values = {},
      .labels = {all.labels.begin(), all.labels.begin() + static_cast<std::ptrdiff_t>(train)}};
  secret.data.test = {
      .count = scale.members,
      .features = kImage,
      .bytes = {all.bytes.begin() + cut, all.bytes.end()},
      .values = {},
      .labels = {all.labels.begin() + static_cast<std::ptrdiff_t>(train), all.labels.end()}};
  SetChecksum(secret.data);
  return secret;
}

// Which samples such a training learns from, and which it holds out.
Split SplitOf(const Settings& settings, const Dataset& data) {
  return SplitSamples(Resolve(settings, data).settings, data);
}

// [attack]
// How much the losses of `network` give away, and how good it is.
std::vector<double> Attack(const Network& network, const Secret& secret, const Settings& settings) {
  const std::vector<std::uint32_t> learned = SplitOf(settings, secret.data).train;
  const std::vector<double> members = SampleLosses(network, kLoss, secret.data.train, learned);
  const std::vector<double> others =
      SampleLosses(network, kLoss, secret.data.test, All(secret.data.test));
  std::vector<double> numbers = {
      AreaUnderCurve(members, others), Advantage(members, others, Mean(members)),
      EvaluateNetwork(network, kLoss, secret.data.train, learned).accuracy,
      AccuracyOn(network, secret.data.test), AccuracyOn(network, secret.judges)};
  for (const double share : kFalseShares) {
    numbers.push_back(TruePositives(members, others, share));
  }
  return numbers;
}
// [attack]

// Trains with secret samples, as `change` has it, and attacks in final trials.
std::vector<double> TrainSecret(const EthicsScale& scale, std::size_t members, std::size_t epochs,
                                const Trial& trial, const std::function<void(Settings&)>& change) {
  const Secret secret = DrawSecret(scale, members, trial.seed);
  Settings settings = BaseSettings(10, trial);
  settings.epochs = epochs;
  settings.validation = secret.data.train.count - members;
  change(settings);
  const Network network = Trained(settings, secret.data);
  if (trial.final) return Attack(network, secret, settings);
  return {
      EvaluateNetwork(network, kLoss, secret.data.train, SplitOf(settings, secret.data).validation)
          .accuracy};
}

std::vector<std::string> AttackNames() {
  std::vector<std::string> names = {"area", "advantage", "trained", "others", "test"};
  for (const double share : kFalseShares) names.push_back(fmt::format("found_at_{}", share));
  return names;
}

}  // namespace

void MembershipPlan::MeasureAttack(std::size_t members, std::size_t epochs, Measurement& row) {
  RateSearch search = SearchOf(scale_);
  if (!rate_) {
    search.final_seeds = 0;
    const RateSearchResult found = SearchRate(search, [&](const Trial& trial) {
      return TrainSecret(scale_, scale_.members, scale_.long_epochs, trial, [](Settings&) {});
    });
    rate_ = search.rates[found.best];
  }
  search = {
      .rates = {*rate_}, .tune_seeds = 0, .final_seeds = scale_.seeds, .threads = scale_.threads};
  const RateSearchResult found = SearchRate(search, [&](const Trial& trial) {
    return TrainSecret(scale_, members, epochs, trial, [](Settings&) {});
  });
  SetFinals({.tuning = {}, .best = 0, .finals = found.finals}, search, AttackNames(), row);
}

void MembershipPlan::MeasureDefence(const std::string& defence, double strength, Measurement& row) {
  const RateSearch search = SearchOf(scale_);
  const RateSearchResult found = SearchRate(search, [&](const Trial& trial) {
    return TrainSecret(scale_, scale_.members, scale_.long_epochs, trial, [&](Settings& settings) {
      if (defence == "l2") settings.l2 = static_cast<float>(strength);
      if (defence == "dropout") settings.dropout = static_cast<float>(strength);
      if (defence == "input noise") settings.input_noise = static_cast<float>(strength);
      if (defence == "patience") {
        settings.patience = static_cast<std::size_t>(strength);
        settings.restore_best = true;
      }
    });
  });
  SetFinals(found, search, AttackNames(), row);
}

void MeasureMark(const EthicsScale& scale, double share, Measurement& row) {
  const std::vector<Group> groups = ClassGroups(scale, 10);
  const RateSearch search = SearchOf(scale);
  const auto train = [&](const Trial& trial) {
    GroupedData drawn =
        DrawGroups(FashionMnist(), groups, trial.final ? scale.tests : scale.held_out,
                   trial.final ? JudgedBy::kTest : JudgedBy::kHeldOut, trial.seed);
    const Samples unmarked = drawn.data.test;
    MarkClass(drawn.data.train, kSide, kShirt, share);
    MarkClass(drawn.data.test, kSide, kShirt, share);  // drawn alike
    SetChecksum(drawn.data);
    Settings settings = BaseSettings(10, trial);
    settings.epochs = scale.epochs;
    settings.schedule = "cosine";
    const Network network = Trained(settings, drawn.data);
    if (!trial.final) return std::vector<double>{AccuracyOn(network, drawn.data.test)};
    std::vector<std::uint32_t> shirts;
    for (std::uint32_t i = 0; i < unmarked.count; ++i) {
      if (unmarked.labels[i] == kShirt) shirts.push_back(i);
    }
    const std::vector<std::uint32_t> looked_at(
        shirts.begin(), shirts.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(
                                             shirts.size(), kEvaluationChunk)));
    const std::vector<double> map = MeanSaliency(network, drawn.data.test, looked_at, kShirt);
    std::vector<double> numbers = {
        AccuracyOn(network, drawn.data.train),
        AccuracyOn(network, drawn.data.test),
        AccuracyOn(network, unmarked),
        EvaluateNetwork(network, kLoss, unmarked, shirts).accuracy,
        AccuracyOn(network, MarkedOthers(unmarked, kSide, kShirt)),
        MarkShare(map, kSide),
        static_cast<double>(MarkRank(map, kSide)),
    };
    numbers.insert(numbers.end(), map.begin(), map.end());
    return numbers;
  };
  RateSearchResult found = SearchRate(search, train);
  SetFinals(found, search,
            {"trained", "alike", "unmarked", "shirts", "turned", "map_share", "map_rank"}, row);
  if (found.finals.empty() || found.finals[0].size() < 7 + kImage) return;
  std::vector<double> map(found.finals[0].begin() + 7, found.finals[0].end());
  const double largest = *std::max_element(map.begin(), map.end());
  for (double& each : map) each = largest > 0.0 ? each / largest : 0.0;
  SetPictured(row.values, "map", map);
}

}  // namespace lanegrad
