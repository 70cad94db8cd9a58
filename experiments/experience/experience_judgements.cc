// SPDX-License-Identifier: Apache-2.0
// What chapter 6.2 shows and claims.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "experiments/comparison/comparison_figure.h"
#include "experiments/experience/experience.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"
#include "experiments/verdicts/pair_verdicts.h"

namespace lanegrad {
namespace {

constexpr double kPoint = 0.01;

std::vector<double> Rehearsing(const Evidence& evidence, double share, std::string_view stem) {
  for (const Measurement& row : evidence.Series("lessons")) {
    if (row.settings.Number("rehearsed") == share) return NumbersOf(row.values, stem);
  }
  return {};
}

std::vector<double> Of(const Evidence& evidence, std::string_view series, std::string_view stem) {
  const std::vector<Measurement> rows = evidence.Series(series);
  return rows.empty() ? std::vector<double>{} : NumbersOf(rows.front().values, stem);
}

// The mean of two lists, a seed each.
std::vector<double> Middle(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> middle;
  for (std::size_t s = 0; s < std::min(a.size(), b.size()); ++s) {
    middle.push_back(0.5 * (a[s] + b[s]));
  }
  return middle;
}

SeedPairs Only(const Evidence& evidence, std::string_view family) {
  return FamilyOf(ExperiencePairs(evidence), family).at(0);
}

std::string Share(double share) { return fmt::format("{:g} %", 100.0 * share); }

}  // namespace

// [experience-pairs]
std::vector<SeedPairs> ExperiencePairs(const Evidence& evidence) {
  const std::vector<double> before = Rehearsing(evidence, 0.0, "before");
  const std::vector<double> old = Rehearsing(evidence, 0.0, "old");
  std::vector<SeedPairs> all = {
      {.family = "added", .name = "", .a = old, .b = before, .margin = kPoint},
      {.family = "together",
       .name = "",
       .a = Middle(Of(evidence, "together", "old"), Of(evidence, "together", "new")),
       .b = Middle(old, Rehearsing(evidence, 0.0, "new"))},
      {.family = "again",
       .name = "",
       .a = Of(evidence, "again", "forgotten"),
       .b = Of(evidence, "again", "novice")}};
  for (const double share : kFew) {
    all.push_back({.family = "few",
                   .name = Share(share),
                   .a = Rehearsing(evidence, share, "old"),
                   .b = Middle(before, old)});
  }
  JudgeTogether(all);
  return all;
}
// [experience-pairs]

Finding ExperienceAddsUp(const Evidence& evidence) {
  const SeedPairs pairs = Only(evidence, "added");
  return {VerdictOf(pairs),
          fmt::format("the second lesson changes accuracy on the first, {}, by {}",
                      Percent(Mean(pairs.b)), PointsText(pairs.found))};
}

Finding BothFit(const Evidence& evidence) {
  const SeedPairs pairs = Only(evidence, "together");
  return {VerdictOf(pairs),
          fmt::format("mean accuracy on both lessons is {} where they are learned together, and "
                      "{} one after the other: {}",
                      Percent(Mean(pairs.a)), Percent(Mean(pairs.b)), PointsText(pairs.found))};
}

Finding FewRehearsedSuffice(const Evidence& evidence) {
  const std::vector<SeedPairs> family = FamilyOf(ExperiencePairs(evidence), "few");
  std::string text;
  for (const SeedPairs& each : family) {
    text += fmt::format("{}with {} of the old samples among the new ones it is {}, {}",
                        text.empty() ? "" : "; ", each.name, Percent(Mean(each.a)),
                        PointsText(each.found));
  }
  return {VerdictOf(family),
          fmt::format("halfway back, accuracy on the first lesson would be {}: {}",
                      Percent(Mean(family.front().b)), text)};
}

Finding RelearnedFaster(const Evidence& evidence) {
  const SeedPairs pairs = Only(evidence, "again");
  return {VerdictOf(pairs),
          fmt::format("after one pass through {} of the first lesson accuracy on it is {}, and of "
                      "a network that never knew it {}: {}",
                      Share(kRelearned), Percent(Mean(pairs.a)), Percent(Mean(pairs.b)),
                      PointsText(pairs.found))};
}

Figure LessonsFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "06_2_likeness_lessons",
                      .title = "",
                      .subtitle =
                          "a pale dot a network, their mean and its 95 % interval; ten classes to "
                          "choose from throughout",
                      .x_label = "accuracy on a lesson (%)",
                      .percent = true,
                      .rows = {}};
  const auto add = [&](std::string label, const char* lesson, const std::vector<double>& seeds) {
    figure.rows.push_back(SeedDots(fmt::format("{}, {}", label, lesson), lesson, seeds));
  };
  add("after the first lesson", "old", Rehearsing(evidence, 0.0, "before"));
  for (const double share : kRehearsed) {
    const std::string label = fmt::format("after both, {} rehearsed", Share(share));
    add(label, "old", Rehearsing(evidence, share, "old"));
    add(label, "new", Rehearsing(evidence, share, "new"));
  }
  add("both together", "old", Of(evidence, "together", "old"));
  add("both together", "new", Of(evidence, "together", "new"));
  figure.title = fmt::format("The second lesson takes accuracy on the first from {} to {}",
                             Percent(Mean(Rehearsing(evidence, 0.0, "before"))),
                             Percent(Mean(Rehearsing(evidence, 0.0, "old"))));
  return figure;
}

Figure AgainFigure(const Evidence& evidence) {
  const std::vector<double> forgotten = Of(evidence, "again", "forgotten");
  const std::vector<double> novice = Of(evidence, "again", "novice");
  return DotFigure{
      .name = "06_2_likeness_again",
      .title = fmt::format("Learned again: {} after one short pass; for the first time: {}",
                           Percent(Mean(forgotten)), Percent(Mean(novice))),
      .subtitle =
          fmt::format("accuracy on the first lesson after one pass through {} of it; a pale "
                      "dot a network, their mean and its 95 % interval",
                      Share(kRelearned)),
      .x_label = "accuracy on the first lesson (%)",
      .percent = true,
      .rows = {SeedDots("had forgotten it", "forgotten", forgotten),
               SeedDots("never knew it", "novice", novice)}};
}

NamedTable LessonTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "lessons",
      .table = {.caption = "Two lessons, one after the other and together",
                .columns = {{"how", false, "share of the first lesson among the second"},
                            {"first lesson, before", true, "accuracy before the second, mean"},
                            {"first lesson, after", true, "accuracy after the second, mean"},
                            {"second lesson", true, "accuracy at the end, mean"}},
                .rows = {}}};
  const auto cell = [](const std::vector<double>& seeds) -> Cell {
    return seeds.empty() ? Cell{""} : Cell{Percent(Mean(seeds)), Mean(seeds)};
  };
  for (const double share : kRehearsed) {
    named.table.rows.push_back({{Share(share) + " rehearsed"},
                                cell(Rehearsing(evidence, share, "before")),
                                cell(Rehearsing(evidence, share, "old")),
                                cell(Rehearsing(evidence, share, "new"))});
  }
  named.table.rows.push_back({{"both together"},
                              {""},
                              cell(Of(evidence, "together", "old")),
                              cell(Of(evidence, "together", "new"))});
  return named;
}

}  // namespace lanegrad
