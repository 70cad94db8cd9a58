// SPDX-License-Identifier: Apache-2.0
// The figures of chapter 5.1.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/compute/frontier.h"
#include "experiments/compute/judgements.h"
#include "experiments/compute/laws.h"
#include "experiments/compute/workload.h"
#include "experiments/records/numbered.h"
#include "experiments/verdicts/pair_verdicts.h"

namespace lanegrad {
namespace {

LinePoint ErrorPoint(double work, const std::vector<double>& accuracy) {
  const Interval interval = MeanInterval(accuracy);
  return {.x = work,
          .y = 100.0 * (1.0 - Mean(accuracy)),
          .low = 100.0 * (1.0 - interval.high),
          .high = 100.0 * (1.0 - interval.low),
          .note = {}};
}

// The law over all budgets, with places between, since an offset bends it.
LineSeries LawSeries(const std::vector<Budget>& budgets, const PowerLaw& law) {
  LineSeries series = {.name = "fitted power law", .points = {}, .theory = true};
  for (std::size_t i = 0; i < budgets.size(); ++i) {
    series.points.push_back(
        {.x = budgets[i].work, .y = 100.0 * law.At(budgets[i].work), .note = {}});
    if (i + 1 == budgets.size()) continue;
    const double between = std::sqrt(budgets[i].work * budgets[i + 1].work);
    series.points.push_back({.x = between, .y = 100.0 * law.At(between), .note = {}});
  }
  return series;
}

}  // namespace

Figure FrontierFigure(const Evidence& evidence) {
  const std::vector<Budget> budgets = BudgetsOf(evidence);
  const WorkLaw found = WorkLawOf(budgets);
  LineFigure figure = {
      .name = "05_1_compute_frontier",
      .title = fmt::format(
          "From {} to {} multiply-adds the error falls from {:.0f} to {:.0f} %, and the best width "
          "goes from {} to {}",
          WorkText(budgets.front().work), WorkText(budgets.back().work),
          100.0 * MeanError(budgets.front().Best().accuracy),
          100.0 * MeanError(budgets.back().Best().accuracy), budgets.front().Best().width,
          budgets.back().Best().width),
      .subtitle = fmt::format("mean of {} seeds, 95 % interval; dashed: power law, fitted to the "
                              "widths that are best on held-out samples",
                              budgets.front().Best().accuracy.size()),
      .x_label = "multiply-adds of a training",
      .y_label = "test error (%)",
      .x_log = true,
      .y_log = true,
      .panels = {{.title = "", .series = {}}}};
  std::vector<LineSeries>& series = figure.panels[0].series;
  for (const BudgetCell& widest : budgets.back().cells) {
    LineSeries curve = {.name = fmt::format("width {}", widest.width), .points = {}};
    for (const Budget& budget : budgets) {
      for (const BudgetCell& cell : budget.cells) {
        if (cell.width != widest.width) continue;
        curve.points.push_back(ErrorPoint(budget.work, cell.accuracy));
      }
    }
    series.push_back(curve);
  }
  if (found.budgets >= 3) series.push_back(LawSeries(budgets, found.law));
  return figure;
}

Figure ReachFigure(const Evidence& evidence) {
  const std::vector<Reach> reaches = ReachesOf(evidence);
  const Reach &narrow = reaches.front(), &wide = reaches.back();
  LineFigure figure = {
      .name = "05_1_compute_reach",
      .title = fmt::format("To reach the same accuracy, width {} needs {:.2g} times the passes of "
                           "width {}, and {:.2g} times the multiply-adds",
                           wide.width, Mean(wide.samples) / Mean(narrow.samples), narrow.width,
                           Mean(wide.work) / Mean(narrow.work)),
      .subtitle = fmt::format("accuracy {} on held-out samples; mean of {} seeds over the mean of "
                              "the narrowest width",
                              evidence.Series("reach").front().settings.Number("level"),
                              narrow.samples.size()),
      .x_label = "hidden units",
      .y_label = "needed, relative to the narrowest",
      .x_log = true,
      .y_log = true,
      .panels = {{.title = "", .series = {}}}};
  LineSeries samples = {.name = "samples", .points = {}},
             work = {.name = "multiply-adds", .points = {}};
  for (const Reach& reach : reaches) {
    const auto relative = [&](std::vector<double> values, double unit) {
      for (double& each : values) each /= unit;
      return SeedPoint(reach.width, values);
    };
    samples.points.push_back(relative(reach.samples, Mean(narrow.samples)));
    work.points.push_back(relative(reach.work, Mean(narrow.work)));
  }
  figure.panels[0].series = {samples, work};
  return figure;
}

Figure TargetFigure(const Evidence& evidence) {
  const std::vector<TargetPace> targets = TargetsOf(evidence);
  const Measurement row = evidence.Series("targets").front();
  const auto differing = std::count_if(targets.begin(), targets.end(),
                                       [](const auto& each) { return each.differs != 0.0; });
  const double gain = targets.back().train.median / targets.front().train.median;
  DotFigure figure = {
      .name = "05_1_compute_targets",
      .title = fmt::format(
          "{} trains {:.0f} times as fast as {}, {}", targets.back().name, gain,
          targets.front().name,
          differing == 0 ? fmt::format("and all {} give the same bits", targets.size())
                         : fmt::format("but {} of {} give other bits", differing, targets.size())),
      .subtitle = fmt::format("784-{}-10 on one thread; median and range of all rounds",
                              row.settings.Number("width")),
      .x_label = "thousand samples a second",
      .rows = {}};
  for (const bool train : {true, false}) {
    for (const TargetPace& target : targets) {
      const Pace& pace = train ? target.train : target.forward;
      figure.rows.push_back(
          {.label = fmt::format("{}, {}", target.name, train ? "training" : "forward"),
           .group = train ? "training" : "forward",
           .value = pace.median / 1e3,
           .low = pace.low / 1e3,
           .high = pace.high / 1e3,
           .points = {},
           .text = fmt::format("{:.1f}", pace.median / 1e3),
           .note = {}});
    }
  }
  return figure;
}

Figure RoofFigure(const Evidence& evidence) {
  const std::vector<Measurement> rows = evidence.Series("shape");
  double least = INFINITY, most = 0.0, wide = 0.0;
  for (const Measurement& row : rows) {
    const double share = row.machine.Number("train_flops") / RoofOf(row);
    least = std::min(least, share);
    most = std::max(most, share);
    if (row.settings.Number("batch") != 32.0) wide = row.settings.Number("width");
  }
  LineFigure figure = {
      .name = "05_1_compute_roof",
      .title = fmt::format("Training reaches {:.0f} to {:.0f} % of what the machine allows",
                           100.0 * least, 100.0 * most),
      .subtitle =
          "one thread, medians; roof: the lower of the two bounds, of computing and of fetching, "
          "both measured beside each",
      .x_label = "hidden units, or samples in a batch",
      .y_label = "Gflop a second",
      .x_log = true,
      .y_log = true,
      .panels = {}};
  // By batch, the rows of the width that has others than 32; by width, those of batch 32.
  for (const bool by_width : {true, false}) {
    LinePanel panel = {
        .title = by_width ? "by width, in batches of 32" : fmt::format("by batch, width {}", wide),
        .series = {}};
    LineSeries measured = {.name = "training", .points = {}};
    LineSeries roof = {.name = "roof", .points = {}, .theory = true};
    for (const Measurement& row : rows) {
      const double width = row.settings.Number("width"), batch = row.settings.Number("batch");
      if (by_width ? batch != 32.0 : width != wide) continue;
      const double x = by_width ? width : batch;
      measured.points.push_back({.x = x, .y = row.machine.Number("train_flops") / 1e9, .note = {}});
      roof.points.push_back({.x = x, .y = RoofOf(row) / 1e9, .note = {}});
    }
    const auto by_x = [](const LinePoint& a, const LinePoint& b) { return a.x < b.x; };
    std::sort(measured.points.begin(), measured.points.end(), by_x);
    std::sort(roof.points.begin(), roof.points.end(), by_x);
    panel.series = {measured, roof};
    figure.panels.push_back(panel);
  }
  return figure;
}

}  // namespace lanegrad
