// SPDX-License-Identifier: Apache-2.0
#include "experiments/recipes/recipe_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "experiments/recipes/recipe.h"
#include "experiments/recipes/recipe_measures.h"
#include "experiments/recipes/recipe_pairs.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

DotRow Dot(std::string label, std::string group, const std::vector<double>& values) {
  const Interval interval = MeanInterval(values);
  return {.label = std::move(label),
          .group = std::move(group),
          .value = Mean(values),
          .low = interval.low,
          .high = interval.high,
          .points = values,
          .text = {},
          .note = {}};
}

// Its curve by epoch, from the first to the last.
LineSeries CurveOf(const Measurement& row, std::string name) {
  LineSeries series = {.name = std::move(name), .points = {}};
  const std::vector<double> curve = NumbersOf(row.values, "curve");
  for (std::size_t e = 0; e < curve.size(); ++e) {
    series.points.push_back({.x = static_cast<double>(e + 1), .y = curve[e]});
  }
  return series;
}

// A level from the first epoch to the last, dashed.
LineSeries Level(std::string name, double level, double last) {
  return {.name = std::move(name),
          .points = {{.x = 1.0, .y = level}, {.x = last, .y = level}},
          .theory = true};
}

std::string Layers(std::size_t depth) { return fmt::format("{} hidden layers", depth); }

// The largest and the smallest of rows, by their values.
std::pair<DotRow, DotRow> Ends(const std::vector<DotRow>& rows) {
  const auto [least, most] = std::minmax_element(
      rows.begin(), rows.end(), [](const DotRow& a, const DotRow& b) { return a.value < b.value; });
  return {*most, *least};
}

Figure Exchanges(const Evidence& evidence, std::size_t depth, std::string name) {
  DotFigure figure = {
      .name = std::move(name),
      .title = "",
      .subtitle = fmt::format("{} hidden layers; test accuracy, each at its own "
                              "best rate; a pale dot a seed, mean and 95 % interval",
                              depth),
      .x_label = "test accuracy (%)",
      .percent = true,
      .rows = {}};
  std::vector<DotRow> added, removed;
  for (const std::string_view kind : kIngredientKinds) {
    added.push_back(Dot(fmt::format("1986, new {}", IngredientText(kind)),
                        "1986 with one ingredient of 2020",
                        TestsOf(evidence, "added", kind, depth)));
    removed.push_back(Dot(fmt::format("2020, old {}", IngredientText(kind)),
                          "2020 with one ingredient of 1986",
                          TestsOf(evidence, "removed", kind, depth)));
  }
  const DotRow old = Dot("1986", "whole recipes", TestsOf(evidence, "recipe", "1986", depth));
  const DotRow modern = Dot("2020", "whole recipes", TestsOf(evidence, "recipe", "2020", depth));
  figure.title = fmt::format(
      "{} hidden layers: the best single ingredient adds {:.1f} of {:.1f} points to 1986; the most "
      "needed one costs 2020 {:.1f}",
      depth, 100.0 * (Ends(added).first.value - old.value), 100.0 * (modern.value - old.value),
      100.0 * (modern.value - Ends(removed).second.value));
  figure.reference = modern.value;
  figure.rows.push_back(old);
  for (DotRow& row : added) figure.rows.push_back(std::move(row));
  for (DotRow& row : removed) figure.rows.push_back(std::move(row));
  figure.rows.push_back(modern);
  return figure;
}

}  // namespace

Figure LearningFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "05_2_algorithms_learning",
                       .title = "",
                       .subtitle =
                           "held-out accuracy by epoch, mean of the seeds, each recipe at "
                           "its own best rate",
                       .x_label = "epoch",
                       .y_label = "held-out accuracy (%)",
                       .y_percent = true,
                       .x_whole = true,
                       .all_coloured = true,
                       .y_low = 0.0,
                       .y_high = 0.9,
                       .panels = {}};
  std::string orders;
  for (const std::size_t depth : kDepths) {
    LinePanel panel = {.title = Layers(depth), .series = {}};
    std::vector<std::pair<double, std::string>> order;
    double last = 1.0;
    for (const Measurement& row : evidence.Series("recipe")) {
      if (row.settings.Number("depth") != static_cast<double>(depth)) continue;
      const std::string name = row.settings.Text("name");
      panel.series.push_back(CurveOf(row, name));
      last = row.settings.Number("epochs");
      if (name != kWithoutDropout && !panel.series.back().points.empty()) {
        order.emplace_back(-panel.series.back().points.back().y, name);
      }
    }
    panel.series.push_back(Level(fmt::format("target, {:.0f} %", 100.0 * kTarget), kTarget, last));
    figure.panels.push_back(std::move(panel));
    std::sort(order.begin(), order.end());
    orders += fmt::format("{}with {} hidden layers", orders.empty() ? "" : "; ", depth);
    for (std::size_t i = 0; i < order.size(); ++i) {
      orders += (i == 0 ? ": " : ", ") + order[i].second;
    }
  }
  figure.title = "Held-out accuracy in the end, from the best to the worst, " + orders;
  return figure;
}

Figure RatesFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "05_2_algorithms_rates",
                       .title = "",
                       .subtitle =
                           "held-out accuracy in the end by learning rate, mean of the "
                           "seeds that rates are chosen by",
                       .x_label = "learning rate",
                       .y_label = "held-out accuracy (%)",
                       .x_log = true,
                       .y_percent = true,
                       .y_low = 0.0,
                       .y_high = 0.9,
                       .panels = {}};
  std::size_t at_edge = 0, searches = 0;
  for (const Measurement& row : evidence.rows) {
    at_edge += row.values.Number("at_edge") == 1.0;
    ++searches;
  }
  for (const std::size_t depth : kDepths) {
    LinePanel panel = {.title = Layers(depth), .series = {}};
    for (const Recipe& recipe : Recipes()) {
      const Measurement row = RowOf(evidence, "recipe", recipe.year, depth);
      LineSeries series = {.name = std::string(recipe.year), .points = {}};
      const std::vector<double> rates = NumbersOf(row.values, "rate");
      const std::vector<double> scores = NumbersOf(row.values, "tune");
      for (std::size_t i = 0; i < std::min(rates.size(), scores.size()); ++i) {
        series.points.push_back({.x = rates[i], .y = scores[i]});
        const bool better =
            series.best < 0 || scores[i] > scores[static_cast<std::size_t>(series.best)];
        if (better) series.best = static_cast<int>(i);
      }
      panel.series.push_back(std::move(series));
    }
    figure.panels.push_back(std::move(panel));
  }
  figure.title = fmt::format(
      "Each recipe has its own best rate; in {} of all {} searches it lies at an end of the range",
      at_edge, searches);
  return figure;
}

Figure ShallowFigure(const Evidence& evidence) {
  return Exchanges(evidence, kShallow, "05_2_algorithms_shallow");
}

Figure DeepFigure(const Evidence& evidence) {
  return Exchanges(evidence, kDeep, "05_2_algorithms_deep");
}

Figure SumsFigure(const Evidence& evidence) {
  DotFigure figure = {
      .name = "05_2_algorithms_sums",
      .title = "",
      .subtitle =
          "points of test accuracy; a pale dot a seed, mean and 95 % interval; if effects "
          "were added up, the three would agree",
      .x_label = "points of test accuracy",
      .rows = {}};
  for (const std::size_t depth : kDepths) {
    const auto add = [&](std::string_view what, std::vector<double> values) {
      for (double& each : values) each *= 100.0;
      figure.rows.push_back(Dot(fmt::format("{}, {} layers", what, depth), Layers(depth), values));
      figure.rows.back().text = fmt::format("{:.1f}", figure.rows.back().value);
    };
    add("six gains on 1986, summed", SumOfGains(evidence, depth));
    add("from 1986 to 2020", WholeGain(evidence, depth));
    add("six losses of 2020, summed", SumOfLosses(evidence, depth));
    const std::size_t n = figure.rows.size();
    figure.title += fmt::format(
        "{} hidden layers: single gains sum to {:.0f} points, single losses to {:.0f}, and the "
        "whole is {:.0f}{}",
        depth, figure.rows[n - 3].value, figure.rows[n - 1].value, figure.rows[n - 2].value,
        depth == kDepths.back() ? "" : "; ");
  }
  return figure;
}

Figure PairsFigure(const Evidence& evidence) {
  HeatMap map = {.name = "05_2_algorithms_pairs",
                 .title = "",
                 .subtitle = fmt::format(
                     "test accuracy (%) of the recipe of 1986 with two ingredients of 2020, and on "
                     "the diagonal with one; {} hidden layers, mean of the seeds",
                     kDeep),
                 .x_label = "second ingredient of 2020",
                 .value_label = "test accuracy (%)",
                 .percent = true,
                 .columns = {},
                 .rows = {}};
  std::vector<std::size_t> kinds;
  for (const auto& pair : PairsOfIngredients()) {
    for (const std::size_t kind : {pair.first, pair.second}) {
      if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
    }
  }
  std::pair<double, std::string> best;
  for (const std::size_t row : kinds) {
    map.columns.emplace_back(IngredientText(kIngredientKinds[row]));
    map.rows.push_back({.label = IngredientText(kIngredientKinds[row]), .cells = {}});
    for (const std::size_t column : kinds) {
      const std::string pair = PairName(std::min(row, column), std::max(row, column));
      const double mean =
          Mean(row == column ? TestsOf(evidence, "added", kIngredientKinds[row], kDeep)
                             : TestsOf(evidence, "pair", pair, kDeep));
      map.rows.back().cells.push_back({.value = mean, .note = {}});
      if (row != column) best = std::max(best, {mean, IngredientText(pair)});
    }
  }
  map.title = fmt::format(
      "{} hidden layers: {} bring the recipe of 1986 to {:.1f} %; all of 2020 has {:.1f} %", kDeep,
      best.second, 100.0 * best.first, 100.0 * Mean(TestsOf(evidence, "recipe", "2020", kDeep)));
  return map;
}

Figure LongerFigure(const Evidence& evidence) {
  const Measurement row = RowOf(evidence, "longer", "1986", kShallow);
  const Measurement modern = RowOf(evidence, "recipe", "2020", kShallow);
  const std::vector<double> level = NumbersOf(modern.values, "curve");
  const double last = row.settings.Number("epochs");
  LineFigure figure = {
      .name = "05_2_algorithms_longer",
      .title = "",
      .subtitle =
          fmt::format("held-out accuracy by epoch, {} hidden layers, mean of the seeds", kShallow),
      .x_label = "epoch",
      .y_label = "held-out accuracy (%)",
      .x_log = true,
      .y_percent = true,
      .dots = false,
      .all_coloured = true,
      .y_low = 0.0,
      .y_high = 0.9,
      .panels = {{.title = "",
                  .series = {CurveOf(row, "1986"), CurveOf(modern, "2020"),
                             Level("2020 in the end", level.empty() ? 0.0 : level.back(), last)}}}};
  const std::vector<double> curve = NumbersOf(row.values, "curve");
  figure.title = fmt::format(
      "After {:.0f} epochs the recipe of 1986 has {:.1f} % of the held-out samples right; that of "
      "2020 has {:.1f} % after {:.0f}",
      last, curve.empty() ? 0.0 : 100.0 * curve.back(), level.empty() ? 0.0 : 100.0 * level.back(),
      modern.settings.Number("epochs"));
  return figure;
}

}  // namespace lanegrad
