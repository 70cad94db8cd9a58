// SPDX-License-Identifier: Apache-2.0
#include "experiments/back_propagation/training_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "experiments/back_propagation/evidence_rows.h"
#include "experiments/experiment/row_table.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {

std::span<const FlowLine> FlowLines() {
  static constexpr FlowLine kLines[] = {
      {"sigmoid", "glorot_normal"}, {"sigmoid", "he_normal"}, {"sigmoid", "article_uniform"},
      {"tanh", "glorot_normal"},    {"tanh", "he_normal"},    {"tanh", "article_uniform"},
      {"relu", "glorot_normal"},    {"relu", "he_normal"},    {"relu", "article_uniform"}};
  return kLines;
}

MomentumPlane BackwardPlane() {
  return {.rows = 24, .columns = 40, .keep_most = 1.2, .weight_most = 1.0};
}

std::span<const NamedRule> BackwardRules() {
  static const NamedRule kRules[] = {{kRuleAsPrinted, {.keep = 0.1, .weight = 0.9, .sign = 1.0}},
                                     {kRuleSignMended, {.keep = 0.1, .weight = 0.9, .sign = -1.0}},
                                     {kRuleSetRight, {.keep = 0.9, .weight = 0.1, .sign = -1.0}},
                                     {kRuleBestDescent, BestDescent(Ravine())},
                                     {kRuleBestMomentum, BestMomentum(Ravine())}};
  return kRules;
}

PlaneCount CountPlane(const Measurement& row) {
  const MomentumPlane plane = BackwardPlane();
  PlaneCount count;
  for (std::size_t r = 0; r < plane.rows; ++r) {
    for (std::size_t c = 0; c < plane.columns; ++c) {
      const bool nearer = row.values.Number(fmt::format("c_{:02}_{:02}", r, c)) < 1.0;
      const double keep = plane.Keep(r), weight = plane.Weight(c);
      const bool theory = keep < 1.0 && weight * Ravine().steep < 2.0 * (1.0 + keep);
      count.all += 1.0;
      count.converge += nearer;
      count.agree += nearer == theory;
    }
  }
  return count;
}

Figure LayerFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "03_2_backward_layers",
                       .title = "",
                       .subtitle =
                           "length of the error signal after each layer on the way back, as a "
                           "share of the last layer's; geometric mean of seeds, before training",
                       .x_label = "layer, 1 is next to the input",
                       .y_label = "share of the last layer's",
                       .y_log = true,
                       .x_whole = true,
                       .y_low = 1e-15,
                       .y_high = 1e5,
                       .panels = {}};
  const auto line = [](const Measurement& row, std::string name, const char* stem, bool theory) {
    LineSeries series = {.name = std::move(name), .points = {}, .theory = theory};
    const std::vector<double> shares = Numbered(row, stem);
    for (std::size_t l = 0; l < shares.size(); ++l) {
      const bool lost = !(shares[l] > 0.0) || !std::isfinite(shares[l]);
      if (lost && theory) continue;
      series.points.push_back({.x = static_cast<double>(l + 1), .y = shares[l], .diverged = lost});
    }
    return series;
  };
  std::map<std::string, double> first;
  for (const Measurement& row : evidence.Series("layers")) {
    const std::string activation = row.settings.Text("activation");
    if (figure.panels.empty() || figure.panels.back().title != activation) {
      figure.panels.push_back({.title = activation, .series = {}});
    }
    const std::string initializer = row.settings.Text("initializer");
    first[fmt::format("{} {}", activation, initializer)] = row.values.Number("layer_01");
    std::vector<LineSeries>& series = figure.panels.back().series;
    series.push_back(line(row, initializer, "layer", false));
    LineSeries theory = line(row, initializer + ", theory", "theory", true);
    if (!theory.points.empty()) series.push_back(std::move(theory));
  }
  figure.title = fmt::format(
      "{} layers further back, {:.0e} of an error signal are left with sigmoids and {:.2g} with "
      "ReLUs, each with the weights made for it",
      evidence.Numbers("layers", "depth").front() - 1.0, first["sigmoid glorot_normal"],
      first["relu he_normal"]);
  return figure;
}

Figure FlowFigure(const Evidence& evidence) {
  HeatMap map = {
      .name = "03_2_backward_flow",
      .title = "",
      .subtitle =
          "factor by which a layer changes the length of the error signal on its way "
          "back; outlined: within 10 % of 1; empty: nothing left of the signal. Before training",
      .x_label = "initial weights, those of mean zero",
      .value_label = "factor of a layer",
      .log = true,
      .columns = {},
      .rows = {}};
  const std::vector<Measurement> rows = evidence.Series("flow");
  std::vector<std::string> kept;
  for (const std::string& name : FlowInitializers(rows.front())) {
    const double theory = rows.front().values.Number(name + "_theory");
    if (!(theory > 0.0)) continue;  // weights of another mean, or all zero
    kept.push_back(name);
    map.columns.push_back(name);
  }
  std::size_t suited = 0;
  for (const Measurement& row : rows) {
    HeatRow line = {.label = row.settings.Text("activation"), .cells = {}};
    bool any = false;
    for (const std::string& name : kept) {
      const double factor = row.values.Number(name);
      const bool good = std::fabs(factor - 1.0) <= 0.1;
      any = any || good;
      line.cells.push_back(
          {.value = factor > 0.0 ? factor : NAN,
           .diverged = !std::isfinite(factor),
           .best = good,
           .note = factor > 0.0 ? fmt::format("theory: {:.3f}", row.values.Number(name + "_theory"))
                                : std::string("nothing is left of the signal")});
    }
    suited += any;
    map.rows.push_back(std::move(line));
  }
  map.title = fmt::format(
      "{} of {} activations have initial weights that keep an error signal within "
      "10 % a layer",
      suited, rows.size());
  return map;
}

Figure PlaneFigure(const Evidence& evidence) {
  const MomentumPlane plane = BackwardPlane();
  ImageFigure figure = {.name = "03_2_backward_plane",
                        .title = "",
                        .subtitle =
                            "the formula of section 3.2 on a ravine of curvatures 10 and 0.2, 300 "
                            "steps; dots: theory's edge 2 (1 + alpha) / 10; squares: alpha = "
                            "0.1, beta = 0.9 as named; triangles: the other way round",
                        .value_label = "log10 of the factor a step: blue comes nearer, red flees",
                        .x_label = "beta",
                        .y_label = "alpha",
                        .diverging = true,
                        .low = -0.25,
                        .high = 0.25,
                        .x_ends = {0.0, plane.weight_most},
                        .y_ends = {0.0, plane.keep_most},
                        .in_row = 2,
                        .panels = {}};
  const auto point = [&](double keep, double weight, std::size_t group) {
    return ImagePoint{.x = weight / plane.weight_most * static_cast<double>(plane.columns),
                      .y = (1.0 - keep / plane.keep_most) * static_cast<double>(plane.rows),
                      .group = group};
  };
  std::vector<PlaneCount> counts;
  for (const Measurement& row : evidence.Series("plane")) {
    const bool added = row.settings.Text("update") == "added";
    ImagePanel panel = {.title = added ? "the step is added" : "the step is subtracted",
                        .rows = plane.rows,
                        .columns = plane.columns,
                        .values = {}};
    for (std::size_t r = plane.rows; r-- > 0;) {
      for (std::size_t c = 0; c < plane.columns; ++c) {
        panel.values.push_back(std::log10(row.values.Number(fmt::format("c_{:02}_{:02}", r, c))));
      }
    }
    if (!added) {
      for (int k = 0; k <= 20; ++k) {
        const double keep = 0.05 * k;
        panel.points.push_back(point(keep, 2.0 * (1.0 + keep) / Ravine().steep, 0));
        if (k < 20) panel.points.push_back(point(1.0, 0.02 * k, 0));
      }
    }
    panel.points.push_back(point(0.1, 0.9, 1));
    panel.points.push_back(point(0.9, 0.1, 2));
    counts.push_back(CountPlane(row));
    figure.panels.push_back(std::move(panel));
  }
  figure.title = fmt::format(
      "Added, the step converges for {:.0f} of {:.0f} pairs; subtracted, for {:.0f}, {} as theory "
      "says",
      counts[0].converge, counts[0].all, counts[1].converge,
      counts[1].agree == counts[1].all
          ? std::string("in every case")
          : fmt::format("in {:.3g} % of the cases", 100.0 * counts[1].agree / counts[1].all));
  return figure;
}

Figure PathFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "03_2_backward_paths",
                       .title = "",
                       .subtitle =
                           "distance to the minimum of a ravine of curvatures 10 and 0.2; rate 0.1 "
                           "and decay 0.9 by the article's names in the first two, by the "
                           "right ones in the third",
                       .x_label = "step",
                       .y_label = "share of the first distance",
                       .y_log = true,
                       .dots = false,
                       .y_low = 1e-6,
                       .y_high = 1e4,
                       .panels = {{.title = "", .series = {}}}};
  std::map<std::string, double> steps;
  std::vector<LineSeries> theories;
  for (const Measurement& row : evidence.Series("paths")) {
    const std::string rule = row.settings.Text("rule");
    steps[rule] = row.values.Number("steps");
    LineSeries series = {.name = rule, .points = {}};
    LineSeries theory = {.name = rule + ", theory", .points = {}, .theory = true};
    double share = 1.0;
    for (std::size_t t = 0; row.values.Has(fmt::format("d_{:03}", t)); t += kPathStride) {
      series.points.push_back(
          {.x = static_cast<double>(t), .y = row.values.Number(fmt::format("d_{:03}", t))});
      theory.points.push_back({.x = static_cast<double>(t), .y = share});
      for (std::size_t k = 0; k < kPathStride; ++k) share *= row.values.Number("theory");
    }
    figure.panels[0].series.push_back(std::move(series));
    if (rule == kRuleBestDescent) theories.push_back(std::move(theory));
  }
  for (LineSeries& each : theories) figure.panels[0].series.push_back(std::move(each));
  figure.title = fmt::format(
      "With momentum {:.0f} steps to a thousandth, without {:.0f}; with the article's names it {}",
      steps[std::string(kRuleBestMomentum)], steps[std::string(kRuleBestDescent)],
      evidence.Row("paths", {{"rule", kRuleAsPrinted}}).values.Number("last") > 1.0 ? "diverges"
                                                                                    : "converges");
  return figure;
}

Figure TwinFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "03_2_backward_twins",
                       .title = "",
                       .subtitle =
                           "distance of the weights of two networks that differ in the order of "
                           "their hidden units alone, as a share of their length; median of "
                           "seeds",
                       .x_label = "epoch",
                       .y_label = "relative distance of weights",
                       .y_log = true,
                       .panels = {}};
  double nearest = INFINITY, farthest = 0.0;
  for (const Measurement& row : evidence.Series("twins")) {
    const std::string activation = row.settings.Text("activation");
    if (figure.panels.empty() || figure.panels.back().title != activation) {
      figure.panels.push_back({.title = activation, .series = {}});
    }
    LineSeries series = {.name = "rate " + row.settings.Text("rate"), .points = {}};
    for (std::size_t e = 1; e <= static_cast<std::size_t>(row.settings.Number("epochs")); ++e) {
      const std::string name = fmt::format("units_after_{:03}", e);
      if (!row.values.Has(name)) continue;
      const double distance = row.values.Number(name);
      series.points.push_back(
          {.x = static_cast<double>(e), .y = distance, .diverged = !std::isfinite(distance)});
    }
    nearest = std::min(nearest, series.points.back().y);
    farthest = std::max(farthest, series.points.back().y);
    figure.panels.back().series.push_back(std::move(series));
  }
  figure.title = fmt::format(
      "Another order of summation: in the end the weights are {:.0e} to {:.0e} of their length "
      "apart, by rate and activation",
      nearest, farthest);
  return figure;
}

NamedTable PathTable(const Evidence& evidence) {
  const std::vector<Measurement> rows = evidence.Series("paths");
  NamedTable named = RowTable(
      "paths", "Steps to a thousandth of the distance on the ravine", rows,
      {{"rule", "rule"},
       {"keep", "keeps of the last step", "{:.3g}"},
       {"weight", "weight of the gradient", "{:.3g}"},
       {"sign", "sign of the update"},
       {"steps", "steps", "{}", 1.0, "until a thousandth is left; never: not within those taken"},
       {"theory", "factor a step, theory", "{:.3f}"}});
  constexpr std::size_t kSteps = 4;  // the column
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::size_t taken = 0;
    while (rows[i].values.Has(fmt::format("d_{:03}", taken + kPathStride))) taken += kPathStride;
    if (rows[i].values.Number("steps") > static_cast<double>(taken)) {
      named.table.rows[i][kSteps].text = "never";
    }
  }
  return named;
}

NamedTable TwinTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "twins",
      .table = {.caption = "Twins that came to give a test sample another label: units renumbered, "
                           "samples reversed",
                .columns = {{"activation", false, ""},
                            {"rate", true, ""},
                            {"accuracy", true, "of the first network, mean"},
                            {"renumbered: twins", true, "so many gave another label"},
                            {"renumbered: median epoch", true, "of all; later ones count as >"},
                            {"reversed: twins", true, ""},
                            {"reversed: median epoch", true, "of all; later ones count as >"}},
                .rows = {}}};
  for (const Measurement& row : evidence.Series("twins")) {
    const double accuracy = Mean(Numbered(row, "accuracy")), epochs = row.settings.Number("epochs");
    std::vector<Cell> line = {{row.settings.Text("activation"), 0.0},
                              {row.settings.Text("rate"), std::stod(row.settings.Text("rate"))},
                              {fmt::format("{:.1f} %", 100.0 * accuracy), accuracy}};
    for (const char* order : {"units", "samples"}) {
      const std::vector<double> horizons = Numbered(row, fmt::format("{}_horizon", order));
      const auto parted = std::count_if(horizons.begin(), horizons.end(),
                                        [=](double each) { return each <= epochs; });
      const double median = Median(horizons);
      line.push_back(
          {fmt::format("{} of {}", parted, horizons.size()), static_cast<double>(parted)});
      line.push_back(
          {median > epochs ? fmt::format("> {}", epochs) : fmt::format("{}", median), median});
    }
    named.table.rows.push_back(std::move(line));
  }
  return named;
}

}  // namespace lanegrad
