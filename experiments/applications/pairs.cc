// SPDX-License-Identifier: Apache-2.0
// The comparisons by pairs of chapter 6.4.
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "experiments/applications/alterations.h"
#include "experiments/applications/judgements.h"
#include "experiments/records/numbered.h"

namespace lanegrad {
namespace {

constexpr double kPoint = 0.01;
constexpr double kQuarterBit = 0.25;

void Add(std::vector<SeedPairs>& all, std::string family, std::string_view name,
         std::vector<double> a, std::vector<double> b, double margin = 0.0) {
  all.push_back({.family = std::move(family),
                 .name = std::string(name),
                 .a = std::move(a),
                 .b = std::move(b),
                 .margin = margin});
}

std::vector<double> Constant(double value, const std::vector<double>& like) {
  return std::vector<double>(like.size(), value);
}

// Fewer bits are better, and of a pair the larger is.
std::vector<double> Negative(std::vector<double> values) {
  for (double& value : values) value = -value;
  return values;
}

std::vector<double> Less(std::vector<double> a, const std::vector<double>& b) {
  a.resize(std::min(a.size(), b.size()));
  for (std::size_t i = 0; i < a.size(); ++i) a[i] -= b[i];
  return a;
}

void AddPictures(const Evidence& evidence, std::vector<SeedPairs>& all) {
  const auto of = [&](std::string_view model, std::string_view stem) {
    return NumbersOf(evidence.Row("picture", {{"model", model}}).values, stem);
  };
  const std::vector<double> clean = of("network", "clean");
  Add(all, "used", "pictures", clean, Constant(0.1, clean));
  for (const char* model : {"linear", "neighbours"}) {
    Add(all, "pictures", model, clean, of(model, "clean"));
  }
  const std::vector<double> alike = of("network", "alike");
  Add(all, "alike", "tops", alike, Constant(0.5, alike));
  for (const Alteration& each : kAlterations) {
    if (each.name == "clean") continue;
    Add(all, "altered", each.label, of("network", each.name), clean, 5.0 * kPoint);
    Add(all, "bear", each.label, Less(of("neighbours", each.name), of("neighbours", "clean")),
        Less(of("network", each.name), clean));
  }
}

void AddVowels(const Evidence& evidence, std::vector<SeedPairs>& all) {
  const Measurement network = VowelRow(evidence, "network", "all");
  const Measurement by_men = VowelRow(evidence, "network", "men");
  const auto of = [](const Measurement& row, std::string_view stem) {
    return NumbersOf(row.values, stem);
  };
  const std::vector<double> heard = of(network, "new");
  Add(all, "used", "vowels", heard, Constant(0.1, heard));
  for (const char* model : {"linear", "neighbours"}) {
    Add(all, "vowels", model, heard, of(VowelRow(evidence, model, "all"), "new"));
  }
  Add(all, "known", "new speakers", heard, of(network, "known"), 2.0 * kPoint);
  for (const char* voice : {"women", "children"}) {
    Add(all, "by men", voice, of(by_men, voice), of(by_men, "men"), 5.0 * kPoint);
    Add(all, "by all", voice, of(network, voice), of(by_men, voice));
  }
  Add(all, "noisy", "10 dB", of(network, "noisy_10"), heard, 5.0 * kPoint);
  Add(all, "noisy", "0 dB", of(network, "noisy_0"), heard, 5.0 * kPoint);
}

void AddSpoken(const Evidence& evidence, std::vector<SeedPairs>& all) {
  const Measurement network = SpokenRow(evidence, "network", "six");
  const auto of = [](const Measurement& row, std::string_view stem) {
    return NumbersOf(row.values, stem);
  };
  const std::vector<double> heard = of(network, "new");
  Add(all, "used", "spoken digits", heard, Constant(0.1, heard));
  for (const char* model : {"linear", "neighbours"}) {
    Add(all, "spoken", model, heard, of(SpokenRow(evidence, model, "six"), "new"));
  }
  const Measurement by_one = SpokenRow(evidence, "network", "one");
  Add(all, "few voices", "one voice", of(by_one, "new"), of(by_one, "known"), 5.0 * kPoint);
  Add(all, "few voices", "six voices", heard, of(network, "known"), 5.0 * kPoint);
  for (const SpokenWay& way : kSpokenWays) {
    Add(all, "otherwise", way.label, of(network, way.name), heard, 5.0 * kPoint);
  }
  const std::vector<double> refused = of(network, "refused");
  Add(all, "refused", "other words", refused, Constant(0.5, refused));
}

void AddLetters(const Evidence& evidence, std::vector<SeedPairs>& all) {
  const Measurement network = evidence.Row("letters", {{"model", "network"}});
  const auto bits = [](const Measurement& row, std::string_view stem) {
    return Negative(NumbersOf(row.values, stem));
  };
  const std::vector<double> read = bits(network, "bits");
  Add(all, "used", "letters", read, bits(evidence.Row("counts", {{"order", "0"}}), "bits"));
  Add(all, "letters", "linear", read, bits(evidence.Row("letters", {{"model", "linear"}}), "bits"));
  Add(all, "letters", "counts", read, bits(BestCounts(evidence), "bits"));
  Add(all, "other text", "network", bits(network, "other"), read, kQuarterBit);
  Add(all, "words", "low temperature", NumbersOf(network.values, "words_low"),
      NumbersOf(network.values, "words_high"));
}

}  // namespace

Measurement VowelRow(const Evidence& evidence, std::string_view model, std::string_view taught) {
  return evidence.Row("vowel", {{"model", model}, {"taught", taught}});
}

Measurement SpokenRow(const Evidence& evidence, std::string_view model, std::string_view taught) {
  return evidence.Row("spoken", {{"model", model}, {"taught", taught}});
}

Measurement BestCounts(const Evidence& evidence) {
  const std::vector<Measurement> rows = evidence.Series("counts");
  if (rows.empty()) throw DataError("no rows of counts");
  return *std::min_element(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return Mean(NumbersOf(a.values, "held")) < Mean(NumbersOf(b.values, "held"));
  });
}

// [pairs]
std::vector<SeedPairs> ApplicationPairs(const Evidence& evidence) {
  std::vector<SeedPairs> all;
  AddPictures(evidence, all);
  AddVowels(evidence, all);
  AddSpoken(evidence, all);
  AddLetters(evidence, all);
  JudgeTogether(all);
  return all;
}
// [pairs]

}  // namespace lanegrad
