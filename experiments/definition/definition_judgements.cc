// SPDX-License-Identifier: Apache-2.0
// What chapter 6.1 shows and claims.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string>

#include "experiments/comparison/comparison_figure.h"
#include "experiments/definition/definition.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"
#include "experiments/verdicts/pair_verdicts.h"

namespace lanegrad {
namespace {

constexpr double kPoint = 0.01;

std::size_t Number(Change change) {
  return static_cast<std::size_t>(std::ranges::find(kChanges, change, &NamedChange::change) -
                                  kChanges.begin());
}

std::vector<double> Of(const Measurement& row, std::string_view stem, Change change) {
  return NumbersOf(row.values, fmt::format("{}_{}", stem, Number(change)));
}

void Add(const Evidence& evidence, std::string_view family, Change a, Change b, double margin,
         std::vector<SeedPairs>& all) {
  for (const Measurement& row : evidence.Series("network")) {
    all.push_back({.family = std::string(family),
                   .name = row.settings.Text("activation"),
                   .a = Of(row, "accuracy", a),
                   .b = Of(row, "accuracy", b),
                   .margin = margin});
  }
}

std::string Each(const std::vector<SeedPairs>& family) {
  std::string text;
  for (const SeedPairs& each : family) {
    text += fmt::format("{}{} for {}", text.empty() ? "" : "; ", PointsText(each.found), each.name);
  }
  return text;
}

// Whether all networks are rebuilt with the same answers to all pictures: supported where that is
// so of each, qualified where of some, else not supported.
Finding AllSame(const Evidence& evidence, Change change) {
  std::size_t complete = 0, networks = 0;
  std::string shares;
  for (const Measurement& row : evidence.Series("network")) {
    const std::vector<double> same = Of(row, "same", change);
    networks += same.size();
    complete += static_cast<std::size_t>(std::count(same.begin(), same.end(), 1.0));
    if (same.empty()) continue;
    shares += fmt::format("{}{} of the answers are the same with {}, on average",
                          shares.empty() ? "" : "; ", Percent(Mean(same)),
                          row.settings.Text("activation"));
  }
  return {ByCount(complete, networks),
          fmt::format("{} of {} networks answer every picture as before; {}", complete, networks,
                      shares)};
}

}  // namespace

// [definition-pairs]
std::vector<SeedPairs> DefinitionPairs(const Evidence& evidence) {
  std::vector<SeedPairs> all;
  Add(evidence, "activation", Change::kWeights, Change::kActivation, 0.0, all);
  Add(evidence, "digits", Change::kDigits, Change::kNone, kPoint, all);
  JudgeTogether(all);
  return all;
}
// [definition-pairs]

Finding ArticleDefinitionSuffices(const Evidence& evidence) {
  return AllSame(evidence, Change::kBiases);
}

Finding WithBiasesItSuffices(const Evidence& evidence) { return AllSame(evidence, Change::kNone); }

Finding OrderMeansNothing(const Evidence& evidence) { return AllSame(evidence, Change::kOrder); }

Finding ActivationComputes(const Evidence& evidence) {
  const std::vector<SeedPairs> family = FamilyOf(DefinitionPairs(evidence), "activation");
  return {VerdictOf(family),
          "weights in other places, rather than no activation, change accuracy by " + Each(family)};
}

Finding EightBitsSuffice(const Evidence& evidence) {
  const std::vector<SeedPairs> family = FamilyOf(DefinitionPairs(evidence), "digits");
  return {VerdictOf(family), "rounding to 8 bits changes accuracy by " + Each(family)};
}

Figure SameAnswersFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "06_1_definition_same",
                      .title = "",
                      .subtitle =
                          "share of the test pictures; a pale dot a network, their mean and its "
                          "95 % interval",
                      .x_label = "answered as by the network itself (%)",
                      .percent = true,
                      .rows = {}};
  std::string worst = "none";
  double least = 2.0;
  for (const NamedChange& change : kChanges) {
    for (const Measurement& row : evidence.Series("network")) {
      const std::vector<double> same = Of(row, "same", change.change);
      if (same.empty()) continue;
      const std::string activation = row.settings.Text("activation");
      figure.rows.push_back(
          SeedDots(fmt::format("{}, {}", change.name, activation), activation, same));
      if (Mean(same) < least) {
        least = Mean(same);
        worst = fmt::format("{}, {}", change.name, activation);
      }
    }
  }
  figure.title = fmt::format("Rebuilt, a network answers least like itself with {}: {}", worst,
                             Percent(std::min(least, 1.0)));
  return figure;
}

NamedTable ChangeTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "changes",
      .table = {.caption = "What is left of a network that is rebuilt from a description",
                .columns = {{"description", false, "what is changed in it"},
                            {"hidden units", false, "their activation"},
                            {"same answers", true, "as by the network itself, mean"},
                            {"accuracy", true, "on the test pictures, mean"}},
                .rows = {}}};
  for (const NamedChange& change : kChanges) {
    for (const Measurement& row : evidence.Series("network")) {
      const double same = Mean(Of(row, "same", change.change));
      const double accuracy = Mean(Of(row, "accuracy", change.change));
      named.table.rows.push_back({{std::string(change.name)},
                                  {row.settings.Text("activation")},
                                  {Percent(same), same},
                                  {Percent(accuracy), accuracy}});
    }
  }
  return named;
}

}  // namespace lanegrad
