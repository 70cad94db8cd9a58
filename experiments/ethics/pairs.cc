// SPDX-License-Identifier: Apache-2.0
// The comparisons by pairs of chapter 5.5, and their adjustment.
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "experiments/ethics/judgements.h"
#include "experiments/ethics/measures.h"
#include "experiments/records/numbered.h"

namespace lanegrad {
namespace {

constexpr double kPoint = 0.01;

void Add(std::vector<SeedPairs>& all, std::string family, std::string name, std::vector<double> a,
         std::vector<double> b, double margin = 0.0) {
  all.push_back({.family = std::move(family),
                 .name = std::move(name),
                 .a = std::move(a),
                 .b = std::move(b),
                 .margin = margin});
}

// The list of a row of "mark" with this share.
std::vector<double> OfMark(const Evidence& evidence, double share, std::string_view stem) {
  for (const Measurement& row : evidence.Series("mark")) {
    if (row.settings.Number("share") == share) return NumbersOf(row.values, stem);
  }
  return {};
}

void AddClasses(const Evidence& evidence, std::vector<SeedPairs>& all) {
  const Measurement equal = GroupRow(evidence, "classes", "none", "none");
  for (std::size_t c = 0; c < 10; ++c) {
    Add(all, "class", kClassNames[c], RecallsOf(equal, c), RecallsOfOthers(equal, 10),
        10.0 * kPoint);
  }
  for (const char* rare : {"coat", "trouser"}) {
    const std::size_t g = GroupNumber(rare);
    const auto row = [&](const char* method) {
      return GroupRow(evidence, "classes", rare, method);
    };
    const std::vector<double> none = RecallsOf(row("none"), g);
    const std::vector<double> weights = RecallsOf(row("class weights"), g);
    const std::vector<double> repeat = RecallsOf(row("repeat"), g);
    Add(all, "rare", rare, RecallsOf(equal, g), none);
    Add(all, "weights help", rare, weights, none);
    Add(all, "weights suffice", rare, weights, RecallsOf(equal, g), 5.0 * kPoint);
    Add(all, "weights as repeat", rare, weights, repeat, 5.0 * kPoint);
    Add(all, "weights as repeat", rare, repeat, weights, 5.0 * kPoint);
    for (const char* method : {"class weights", "repeat", "drop"}) {
      Add(all, "others", fmt::format("{} ({})", method, rare), RecallsOfOthers(row(method), g),
          RecallsOfOthers(row("none"), g), kPoint);
    }
  }
}

void AddSubgroups(const Evidence& evidence, std::vector<SeedPairs>& all) {
  const std::size_t g = GroupNumber("shirt");
  const Measurement equal = GroupRow(evidence, "subgroups", "none", "none");
  const Measurement none = GroupRow(evidence, "subgroups", "shirt", "none");
  const Measurement weights = GroupRow(evidence, "subgroups", "shirt", "class weights");
  const Measurement repeat = GroupRow(evidence, "subgroups", "shirt", "repeat");
  Add(all, "subgroup", "accuracy", AccuracyDrawnAlike(none), AccuracyDrawnAlike(equal), kPoint);
  Add(all, "subgroup", "recall", RecallsOf(equal, g), RecallsOf(none, g));
  Add(all, "weights and subgroup", "", RecallsOf(weights, g), RecallsOf(repeat, g), 5.0 * kPoint);
}

void AddAttacks(const Evidence& evidence, std::vector<SeedPairs>& all) {
  std::vector<double> before;
  std::string kind;
  for (const Measurement& row : evidence.Series("attack")) {
    if (row.settings.Text("kind") != kind) before.clear();
    kind = row.settings.Text("kind");
    const std::string name = row.settings.Text(kind);
    const std::vector<double> area = NumbersOf(row.values, "area");
    Add(all, "betrayed", fmt::format("{} {}", name, kind), area,
        std::vector<double>(area.size(), 0.5));
    // The next number of epochs betrays more, the next number of samples less.
    if (!before.empty() && kind == "epochs") Add(all, "longer", name, area, before);
    if (!before.empty() && kind == "samples") Add(all, "more samples", name, before, area);
    before = area;
    if (kind != "epochs") continue;
    const std::vector<double> trained = NumbersOf(row.values, "trained");
    const std::vector<double> others = NumbersOf(row.values, "others");
    std::vector<double> gap;
    for (std::size_t s = 0; s < std::min(trained.size(), others.size()); ++s) {
      gap.push_back(trained[s] - others[s]);
    }
    Add(all, "gap", name, gap, NumbersOf(row.values, "advantage"), kPoint);
    Add(all, "gap", name, NumbersOf(row.values, "advantage"), gap, kPoint);
    const std::vector<double> found = NumbersOf(row.values, fmt::format("found_at_{}", kFewFalse));
    Add(all, "sure", name, found, std::vector<double>(found.size(), 2.0 * kFewFalse));
  }
}

void AddDefences(const Evidence& evidence, std::vector<SeedPairs>& all) {
  std::vector<double> area, test;
  for (const Measurement& row : evidence.Series("defence")) {
    const std::string name =
        fmt::format("{} {}", row.settings.Text("defence"), row.settings.Text("strength"));
    if (area.empty()) {
      area = NumbersOf(row.values, "area");
      test = NumbersOf(row.values, "test");
      continue;
    }
    Add(all, "protects", name, area, NumbersOf(row.values, "area"));
    Add(all, "cost", name, NumbersOf(row.values, "test"), test);
  }
}

void AddMarks(const Evidence& evidence, std::vector<SeedPairs>& all) {
  for (const double share : {0.9, 0.99, 1.0}) {
    const std::string name = fmt::format("{}", share);
    for (const char* stem : {"trained", "alike"}) {
      // Shown to be no lower, or shown to be lower, by a point.
      Add(all, stem, name, OfMark(evidence, share, stem), OfMark(evidence, 0.0, stem), kPoint);
    }
    Add(all, "unmarked", name, OfMark(evidence, 0.0, "unmarked"),
        OfMark(evidence, share, "unmarked"));
    Add(all, "map", name, OfMark(evidence, share, "map_share"), OfMark(evidence, 0.0, "map_share"));
  }
  Add(all, "few", "0.9", OfMark(evidence, 0.9, "shirts"), OfMark(evidence, 0.0, "shirts"),
      5.0 * kPoint);
}

}  // namespace

Measurement GroupRow(const Evidence& evidence, std::string_view series, std::string_view rare,
                     std::string_view method) {
  for (const Measurement& row : evidence.Series(series)) {
    if (row.settings.Text("rare") == rare && row.settings.Text("method") == method) return row;
  }
  return {};
}

std::vector<double> RecallsOf(const Measurement& row, std::size_t group) {
  return NumbersOf(row.values, fmt::format("group_{}", group));
}

std::vector<double> RecallsOfOthers(const Measurement& row, std::size_t but) {
  std::vector<double> sum;
  double groups = 0.0;
  for (std::size_t g = 0; row.values.Has(fmt::format("group_{}_1", g)); ++g) {
    if (g == but) continue;
    const std::vector<double> recalls = RecallsOf(row, g);
    sum.resize(recalls.size());
    for (std::size_t s = 0; s < recalls.size(); ++s) sum[s] += recalls[s];
    groups += 1.0;
  }
  for (double& each : sum) each /= groups;
  return sum;
}

std::size_t GroupNumber(std::string_view rare) {
  return rare == "coat" ? kCoat : rare == "trouser" ? kTrouser : 3;
}

std::vector<double> AccuracyDrawnAlike(const Measurement& row) {
  const double common = row.settings.Number("common");
  const double last = row.settings.Text("rare") == "none" ? common : row.settings.Number("few");
  std::vector<double> accuracy;
  for (std::size_t g = 0; g < 4; ++g) {
    const std::vector<double> recalls = RecallsOf(row, g);
    accuracy.resize(recalls.size());
    for (std::size_t s = 0; s < recalls.size(); ++s) {
      accuracy[s] += recalls[s] * (g == 3 ? last : common) / (3.0 * common + last);
    }
  }
  return accuracy;
}

// [ethics-pairs]
std::vector<SeedPairs> EthicsPairs(const Evidence& evidence) {
  std::vector<SeedPairs> all;
  AddClasses(evidence, all);
  AddSubgroups(evidence, all);
  AddAttacks(evidence, all);
  AddDefences(evidence, all);
  AddMarks(evidence, all);
  JudgeTogether(all);
  return all;
}
// [ethics-pairs]

}  // namespace lanegrad
