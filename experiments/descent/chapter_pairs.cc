// SPDX-License-Identifier: Apache-2.0
// The comparisons by pairs of chapter 3.5, and their adjustment.
#include <algorithm>
#include <cmath>

#include "experiments/descent/judgements.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

// One point of accuracy, which a rule of thumb may cost.
constexpr double kMargin = 0.01;

// The list `stem` of the row of a series that has this setting; empty where there is none.
std::vector<double> Of(const Evidence& evidence, std::string_view series, std::string_view setting,
                       std::string_view value, std::string_view stem) {
  for (const Measurement& row : evidence.Series(series)) {
    if (row.settings.Text(setting) == value) return NumbersOf(row.values, stem);
  }
  return {};
}

// Means over several rows, seed by seed.
void AddTo(std::vector<double>& mean, const std::vector<double>& values, double share) {
  mean.resize(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) mean[i] += share * values[i];
}

void AddLimits(const Evidence& evidence, std::vector<SeedPairs>& all) {
  for (const Measurement& row : evidence.Series("network_limit")) {
    SeedPairs pairs = {.family = "network limit",
                       .name = "with momentum " + row.settings.Text("momentum"),
                       .a = {},
                       .b = {}};
    for (const double multiple : NumbersOf(row.values, "largest")) {
      pairs.a.push_back(std::log2(std::max(multiple, 1e-3)));
      pairs.b.push_back(0.0);
    }
    all.push_back(pairs);
  }
}

void AddPlateaus(const Evidence& evidence, std::vector<SeedPairs>& all) {
  SeedPairs loss = {.family = "plateau by loss", .name = "cross-entropy", .a = {}, .b = {}};
  SeedPairs activation = {.family = "plateau by activation", .name = "relu", .a = {}, .b = {}};
  for (const Measurement& row : evidence.Series("plateau")) {
    const std::vector<double> widths = PlateauWidths(row);
    AddTo(row.settings.Text("loss") == "mse" ? loss.b : loss.a, widths, 1.0 / 3.0);
    if (row.settings.Text("activation") == "relu") AddTo(activation.a, widths, 0.5);
    if (row.settings.Text("activation") == "sigmoid") AddTo(activation.b, widths, 0.5);
  }
  all.push_back(loss);
  all.push_back(activation);
}

void AddSearches(const Evidence& evidence, std::vector<SeedPairs>& all) {
  // A series, the setting by which its rows differ, what the others are compared with.
  struct Compared {
    const char *series, *than;
  };
  for (const Compared& each : {Compared{"schedule", "constant"}, {"optimizer", "momentum"}}) {
    const std::vector<double> base = Of(evidence, each.series, each.series, each.than, "final");
    for (const Measurement& row : evidence.Series(each.series)) {
      const std::string name = row.settings.Text(each.series);
      if (name == each.than) continue;
      all.push_back(
          {.family = each.series, .name = name, .a = NumbersOf(row.values, "final"), .b = base});
    }
  }
  for (const Measurement& row : evidence.Series("warmup")) {
    const std::string name = row.settings.Text("optimizer");
    all.push_back({.family = "warm-up",
                   .name = name,
                   .a = NumbersOf(row.values, "final"),
                   .b = Of(evidence, "optimizer", "optimizer", name, "final")});
  }
}

void AddBatches(const Evidence& evidence, std::vector<SeedPairs>& all) {
  const std::vector<Measurement> rows = evidence.Series("batch");
  for (const Measurement& row : rows) {
    const std::string name = row.settings.Text("batch");
    if (name == "16") continue;
    for (const char* rule : {"linear", "root"}) {
      all.push_back({.family = std::string(rule) + " rule",
                     .name = name,
                     .a = NumbersOf(row.values, rule),
                     .b = NumbersOf(row.values, "final"),
                     .margin = kMargin});
    }
  }
  all.push_back({.family = "full batch",
                 .name = "batch of all " + rows.back().settings.Text("batch"),
                 .a = Of(evidence, "batch", "batch", "16", "final"),
                 .b = NumbersOf(rows.back().values, "final")});
}

void AddStopping(const Evidence& evidence, std::vector<SeedPairs>& all) {
  std::vector<double> none;
  for (const Measurement& row : evidence.Series("stopping")) {
    const std::string condition = row.settings.Text("condition");
    if (condition == "none") none = NumbersOf(row.values, "final");
    if (!condition.starts_with("patience")) continue;
    all.push_back({.family = "patience",
                   .name = row.settings.Text("label_noise"),
                   .a = NumbersOf(row.values, "final"),
                   .b = none,
                   .margin = kMargin});
  }
}

}  // namespace

// [chapter-pairs]
std::vector<SeedPairs> ChapterPairs(const Evidence& evidence) {
  std::vector<SeedPairs> all;
  AddLimits(evidence, all);
  const Measurement range = evidence.Series("range_test").at(0);
  all.push_back({.family = "range test",
                 .name = "suggested",
                 .a = NumbersOf(range.values, "at_suggested"),
                 .b = NumbersOf(range.values, "at_best"),
                 .margin = kMargin});
  AddPlateaus(evidence, all);
  AddSearches(evidence, all);
  AddBatches(evidence, all);
  AddStopping(evidence, all);
  JudgeTogether(all);
  return all;
}
// [chapter-pairs]

}  // namespace lanegrad
