// SPDX-License-Identifier: Apache-2.0
#include "experiments/training/seed_variance.h"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/records/score.h"
#include "experiments/report/fitted_table.h"

namespace lanegrad {
namespace {

// "0.42", in points, or of an R2 "0.0042".
std::string Said(Score score, double value) { return DifferenceText(score, value, NAN); }

double Deviation(double variance) { return std::sqrt(std::max(0.0, variance)); }

Interval Deviation(const Interval& variance) {
  return {Deviation(variance.low), Deviation(variance.high)};
}

std::string Between(Score score, const Interval& interval) {
  return fmt::format("{} to {}", Said(score, interval.low), Said(score, interval.high));
}

Score ScoreOf(const SeedVariance& variance) { return ScoreOf(variance.runs.data); }

std::string_view Unit(Score score) { return IsShare(score) ? " points" : ""; }

std::string_view Where(const SeedVariance& variance) {
  return variance.held_out ? "held-out" : "test";
}

// "initial weights x order of samples".
std::string NameOf(const SeedDesign& design, CauseSet set) {
  std::vector<std::string_view> names;
  for (std::size_t k = 0; k < design.causes.size(); ++k) {
    if ((set >> k & 1) != 0) names.push_back(design.causes[k].name);
  }
  return fmt::format("{}", fmt::join(names, " × "));
}

bool Draws(const SeedDesign& design, std::string_view setting) {
  return std::any_of(design.causes.begin(), design.causes.end(),
                     [&](const SeedCause& cause) { return cause.setting == setting; });
}

}  // namespace

std::vector<double> SeedVariance::Scores() const {
  std::vector<double> scores;
  for (const ComparedRun& run : Views(runs)) scores.push_back(held_out ? run.held_out : run.test);
  return scores;
}

VarianceSplit SeedVariance::Split() const {
  return SplitVariance(Scores(), std::vector<std::size_t>(design.causes.size(), design.levels));
}

Table SeedVarianceTable(const SeedVariance& variance) {
  const Score score = ScoreOf(variance);
  const VarianceSplit split = variance.Split();
  const VariancePivots pivots(split);
  Table table = {
      .caption = fmt::format("What a seed changes: standard deviation of {} {}{}", Where(variance),
                             ScoreName(score), IsShare(score) ? ", in points" : ""),
      .columns = {{"cause", false, "what is drawn again"},
                  {"alone", true, "what it does by itself"},
                  {"95 %", true, "interval of that"},
                  {"with others", true,
                   "with all that it does together with the others: what is gone once it is fixed"},
                  {"95 % of it", true, "interval of that"}},
      .rows = {}};
  const auto add = [&](const std::string& name, std::span<const CauseSet> alone,
                       std::span<const CauseSet> with, bool strong) {
    std::vector<Cell> row = {{name, 0, strong}};
    for (const std::span<const CauseSet> sets : {alone, with}) {
      const double deviation = Deviation(split.Sum(sets));
      const Interval interval = Deviation(pivots.Sum(sets));
      row.push_back({sets.empty() ? "" : Said(score, deviation), deviation, strong});
      row.push_back({sets.empty() ? "" : Between(score, interval), interval.high, false});
    }
    table.rows.push_back(std::move(row));
  };
  for (std::size_t k = 0; k < split.causes; ++k) {
    const CauseSet own[] = {CauseSet{1} << k};
    add(std::string(variance.design.causes[k].name), own, split.With(k), false);
  }
  add("all of them", {}, split.All(), true);
  return table;
}

Table VarianceShareTable(const SeedVariance& variance) {
  const VarianceSplit split = variance.Split();
  const VariancePivots pivots(split);
  const double all = split.Sum(split.All());
  const Score score = ScoreOf(variance);
  Table table = {
      .caption = fmt::format("Variances that add up to that of one run's {} {}", Where(variance),
                             ScoreName(score)),
      .columns = {{"causes", false, "what these do together and no smaller set of them does"},
                  {"share", true, "of the whole; below zero by chance where it is small"},
                  {"deviation", true, "its root"},
                  {"95 %", true, "interval of that"},
                  {"freedom", true, "degrees of freedom of the estimate"}},
      .rows = {}};
  for (const CauseSet set : split.All()) {
    const double share = all > 0.0 ? split.variances[set] / all : NAN;
    const Interval interval = Deviation(pivots.Sum(std::span(&set, 1)));
    const double deviation = Deviation(split.variances[set]);
    table.rows.push_back({{NameOf(variance.design, set), 0, false},
                          {all > 0.0 ? fmt::format("{:.0f} %", 100.0 * share) : "-", share, false},
                          {Said(score, deviation), deviation, false},
                          {Between(score, interval), interval.high, false},
                          {fmt::format("{:.0f}", split.freedom[set]), split.freedom[set], false}});
  }
  return table;
}

DotFigure SeedVarianceFigure(const SeedVariance& variance) {
  const Score score = ScoreOf(variance);
  const double scale = IsShare(score) ? 100.0 : 1.0;
  const VarianceSplit split = variance.Split();
  const VariancePivots pivots(split);
  DotFigure figure = {
      .name = variance.held_out ? "seed_variance_held_out" : "seed_variance",
      .title = SeedVarianceSentences(variance).at(1),
      .subtitle = fmt::format(
          "standard deviation of {} {} with its 95 % interval, by what is drawn again; {} levels "
          "of each cause, every combination trained",
          Where(variance), ScoreName(score), variance.design.levels),
      .x_label = fmt::format("standard deviation{}", IsShare(score) ? ", points" : " of R²"),
      .rows = {}};
  const auto add = [&](std::string label, std::string group, std::span<const CauseSet> sets) {
    const double value = Deviation(split.Sum(sets));
    const Interval interval = Deviation(pivots.Sum(sets));
    figure.rows.push_back({.label = std::move(label),
                           .group = std::move(group),
                           .value = scale * value,
                           .low = scale * interval.low,
                           .high = scale * interval.high,
                           .text = Said(score, value),
                           .note = {}});
  };
  for (std::size_t k = 0; k < split.causes; ++k) {
    const CauseSet own[] = {CauseSet{1} << k};
    add(std::string(variance.design.causes[k].name), "by itself", own);
  }
  for (std::size_t k = 0; k < split.causes; ++k) {
    add(fmt::format("{}, with others", variance.design.causes[k].name),
        "with what it does together", split.With(k));
  }
  add("all of them", "one run", split.All());
  return figure;
}

std::vector<std::string> SeedVarianceSentences(const SeedVariance& variance) {
  const Score score = ScoreOf(variance);
  const VarianceSplit split = variance.Split();
  const VariancePivots pivots(split);
  const double all = Deviation(split.Sum(split.All()));
  if (all == 0.0) {
    return {fmt::format("All runs have the same {} {}: no seed changes it.", Where(variance),
                        ScoreName(score)),
            "No seed changes anything"};
  }
  std::vector<std::string> sentences = {fmt::format(
      "The {} {} of one run has a standard deviation of {}{} over all seeds (95 % interval: {}). "
      "Two runs of these settings differ by less than {}{} 95 times in 100.",
      Where(variance), ScoreName(score), Said(score, all), Unit(score),
      Between(score, Deviation(pivots.Sum(split.All()))), Said(score, 1.96 * std::sqrt(2.0) * all),
      Unit(score))};
  std::size_t largest = 0;
  for (std::size_t k = 1; k < split.causes; ++k) {
    if (split.variances[CauseSet{1} << k] > split.variances[CauseSet{1} << largest]) largest = k;
  }
  const double own = split.variances[CauseSet{1} << largest];
  const double probability = pivots.LargestShare(largest);
  const std::string_view name = variance.design.causes[largest].name;
  sentences.push_back(
      own <= 0.0 ? "No cause does anything by itself that shows"
      : probability >= 0.975
          ? fmt::format("By itself the largest cause is {}: {}{}", name,
                        Said(score, Deviation(own)), Unit(score))
          : fmt::format("Which cause is the largest by itself is not shown; with a probability "
                        "of {1:.0f} % it is {0}",
                        name, 100.0 * probability));
  const double together = split.Sum(split.Together());
  if (together > 0.5 * all * all) {
    sentences.push_back(fmt::format(
        "{:.0f} % of the variance belongs to no cause by itself, but to what several do together: "
        "fixing one of them does not remove it from the others' account.",
        100.0 * std::min(1.0, together / (all * all))));
  }
  sentences.push_back(
      "To fix a seed hides its part of the spread and makes no result truer; the mean of n runs "
      "that differ in all seeds has a deviation smaller by the root of n.");
  return sentences;
}

std::vector<std::string> SeedVarianceLimits(const SeedVariance& variance) {
  const SeedDesign& design = variance.design;
  std::vector<std::string> limits;
  if (design.levels < 5) {
    limits.push_back(
        fmt::format("{} levels of each cause say little: the upper ends of the intervals show how "
                    "little. More of them, --seed-variance {}, are {} runs.",
                    design.levels, design.levels + 2, [&] {
                      std::size_t runs = 1;
                      for (std::size_t k = 0; k < design.causes.size(); ++k) {
                        runs *= design.levels + 2;
                      }
                      return runs;
                    }()));
  }
  for (const std::string& each : design.left_out) limits.push_back("Not varied is " + each + ".");
  limits.emplace_back(
      variance.held_out && Draws(design, "split-seed")
          ? "Runs with other held-out samples are judged by other samples: how hard these are is "
            "part of 'which samples'."
          : "All runs are judged by the same samples: what others would change is not in it. Nor "
            "is how the settings were chosen.");
  if (Draws(design, "split-seed")) {
    limits.emplace_back(
        "'Which samples' is what is held out and what is learned from at once. An order is one of "
        "places, so with other samples it is another order: what the two do together cannot be "
        "told from either.");
  }
  if (Draws(design, "noise-seed")) {
    limits.emplace_back("Dropout, input noise and label noise have one seed, and are one cause.");
  }
  limits.emplace_back(
      "Intervals are generalized ones and take effects for normal; a run that diverged counts as "
      "guessing. A standard deviation of 0.00 is a variance estimated at zero or below.");
  return limits;
}

std::string SeedVarianceText(const TrainedRuns& runs, const SeedDesign& design,
                             std::size_t columns) {
  const SeedVariance test = {.runs = runs, .design = design};
  std::string text;
  for (const std::string& sentence : SeedVarianceSentences(test)) {
    text += WrapText(sentence.ends_with('.') ? sentence : sentence + ".", "", columns);
  }
  const Table table = SeedVarianceTable(test);
  text += "\n" + CaptionedTable(table, columns);
  if (runs.runs.front().settings.validation > 0) {
    const Table held_out = SeedVarianceTable({.runs = runs, .design = design, .held_out = true});
    text += "\n" + CaptionedTable(held_out, columns);
  }
  text += "\n";
  for (const std::string& sentence : SeedVarianceLimits(test)) {
    text += WrapText(sentence, "", columns);
  }
  return text;
}

}  // namespace lanegrad
