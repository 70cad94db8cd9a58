// SPDX-License-Identifier: Apache-2.0
#include "experiments/first_learning/first_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "experiments/comparison/comparison_figure.h"
#include "experiments/first_learning/first_learning.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"
#include "experiments/verdicts/pair_verdicts.h"

namespace lanegrad {
namespace {

constexpr double kOfUse = 0.02, kGuessing = 0.1;

std::vector<double> Training(const Evidence& evidence, double noise, std::string_view stem) {
  for (const Measurement& row : evidence.Series("training")) {
    if (row.settings.Number("label_noise") == noise) return NumbersOf(row.values, stem);
  }
  return {};
}

std::vector<double> MeanPictures(const Evidence& evidence) {
  const std::vector<Measurement> rows = evidence.Series("mean_pictures");
  return rows.empty() ? std::vector<double>{} : NumbersOf(rows.front().values, "after");
}

std::vector<double> Gain(const std::vector<double>& to, const std::vector<double>& from) {
  std::vector<double> gain;
  for (std::size_t s = 0; s < std::min(to.size(), from.size()); ++s) {
    gain.push_back(to[s] - from[s]);
  }
  return gain;
}

Finding Judged(const Evidence& evidence, std::string_view family, std::string_view form) {
  const SeedPairs pairs = FamilyOf(FirstPairs(evidence), family).at(0);
  return {VerdictOf(pairs), fmt::format(fmt::runtime(form), Percent(Mean(pairs.a)),
                                        Percent(Mean(pairs.b)), PointsText(pairs.found))};
}

}  // namespace

// [first-pairs]
std::vector<SeedPairs> FirstPairs(const Evidence& evidence) {
  const std::vector<double> before = Training(evidence, 0.0, "before");
  const std::vector<double> first = Training(evidence, 0.0, "first");
  const std::vector<double> after = Training(evidence, 0.0, "after");
  const std::vector<double> lots = Training(evidence, kByLot, "after");
  const std::vector<double> taught = Training(evidence, kByLot, "taught");
  std::vector<SeedPairs> all = {
      {.family = "adjusting", .name = "", .a = after, .b = before},
      {.family = "lots",
       .name = "",
       .a = std::vector<double>(lots.size(), kGuessing),
       .b = lots,
       .margin = kOfUse},
      {.family = "taught",
       .name = "",
       .a = taught,
       .b = std::vector<double>(taught.size(), kGuessing)},
      {.family = "averages", .name = "", .a = after, .b = MeanPictures(evidence)},
      {.family = "first", .name = "", .a = Gain(first, before), .b = Gain(after, first)}};
  JudgeTogether(all);
  return all;
}
// [first-pairs]

Finding AdjustingIsLearning(const Evidence& evidence) {
  return Judged(evidence, "adjusting",
                "{0} of new pictures are named rightly after learning, {1} before: {2}");
}

Finding LabelsTeach(const Evidence& evidence) {
  return Judged(
      evidence, "lots",
      "guessing names {0} of new pictures rightly, a network trained with random labels {1}: {2}");
}

Finding LotsAreLearned(const Evidence& evidence) {
  return Judged(
      evidence, "taught",
      "in the last epoch it names {0} of the random labels, where guessing gets {1}: {2}");
}

Finding MoreThanAverages(const Evidence& evidence) {
  return Judged(evidence, "averages",
                "{0} of new pictures are named rightly, by the nearest mean picture {1}: {2}");
}

Finding FirstPassTeachesMost(const Evidence& evidence) {
  return Judged(evidence, "first",
                "the first epoch adds {0} of all new pictures to those named rightly, all others "
                "together {1}: {2}");
}

Figure LearningFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "01_introduction_learning",
                       .title = "",
                       .subtitle =
                           "accuracy on pictures that were not learned from, mean of the networks; "
                           "0 passes: before the first step",
                       .x_label = "passes through the pictures",
                       .y_label = "named rightly (%)",
                       .y_percent = true,
                       .x_whole = true,
                       .dots = false,
                       .y_low = 0.0,
                       .y_high = 1.0,
                       .panels = {}};
  LinePanel panel = {.title = "", .series = {}};
  for (const double noise : {0.0, kByLot}) {
    LineSeries series = {.name = noise == 0.0 ? "right labels" : "random labels", .points = {}};
    const std::vector<double> before = Training(evidence, noise, "before");
    if (!before.empty()) series.points.push_back({.x = 0.0, .y = Mean(before), .note = {}});
    for (const double each : Training(evidence, noise, "epoch")) {
      series.points.push_back(
          {.x = static_cast<double>(series.points.size()), .y = each, .note = {}});
    }
    panel.series.push_back(std::move(series));
  }
  figure.panels.push_back(std::move(panel));
  figure.title =
      fmt::format("Before learning a network names {} of new pictures rightly, afterwards {}",
                  Percent(Mean(Training(evidence, 0.0, "before"))),
                  Percent(Mean(Training(evidence, 0.0, "after"))));
  return figure;
}

Figure WhatWasLearnedFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "01_introduction_learned",
                      .title = "",
                      .subtitle =
                          "a pale dot for each network, their mean and its 95 % interval; the "
                          "line is guessing",
                      .x_label = "named rightly (%)",
                      .percent = true,
                      .reference = kGuessing,
                      .rows = {}};
  const std::vector<double> lots = Training(evidence, kByLot, "after");
  const std::vector<double> taught = Training(evidence, kByLot, "taught");
  figure.rows = {SeedDots("before learning", "new pictures", Training(evidence, 0.0, "before")),
                 SeedDots("after one pass", "new pictures", Training(evidence, 0.0, "first")),
                 SeedDots("after all passes", "new pictures", Training(evidence, 0.0, "after")),
                 SeedDots("nearest mean picture", "no network", MeanPictures(evidence)),
                 SeedDots("random labels: new pictures", "random labels", lots),
                 SeedDots("random labels: the training pictures", "random labels", taught)};
  figure.title =
      fmt::format("Random labels: {} of them are learned, and {} of new pictures named rightly",
                  Percent(Mean(taught)), Percent(Mean(lots)));
  return figure;
}

NamedTable FirstTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "means",
      .table = {.caption = "Accuracies, means of the networks",
                .columns = {{"labels", false, "what the network was taught"},
                            {"before", true, "of new pictures, before the first step"},
                            {"one pass", true, "of new pictures, after the first pass"},
                            {"all passes", true, "of new pictures, at the end"},
                            {"taught", true, "of the labels it was taught, in the last pass"}},
                .rows = {}}};
  for (const double noise : {0.0, kByLot}) {
    std::vector<Cell> row = {{noise == 0.0 ? "right" : "random"}};
    for (const char* stem : {"before", "first", "after", "taught"}) {
      const double mean = Mean(Training(evidence, noise, stem));
      row.push_back({Percent(mean), mean});
    }
    named.table.rows.push_back(std::move(row));
  }
  return named;
}

}  // namespace lanegrad
