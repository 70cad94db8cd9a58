// SPDX-License-Identifier: Apache-2.0
#include "experiments/back_propagation/gradient_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "experiments/back_propagation/evidence_rows.h"
#include "experiments/experiment/row_table.h"

namespace lanegrad {
namespace {

// A series of a row's value, each times `scale`, over another number of the rows.
LineSeries SeriesOf(const Evidence& evidence, std::string_view rows, std::string name,
                    std::string_view x, std::string_view y, std::string_view over = "") {
  LineSeries series = {.name = std::move(name), .points = {}};
  for (const Measurement& row : evidence.Series(rows)) {
    const double unit = over.empty() ? 1.0 : NumberOf(row, over);
    series.points.push_back({.x = NumberOf(row, x), .y = NumberOf(row, y) / unit});
  }
  return series;
}

}  // namespace

Figure MistakeFigure(const Evidence& evidence) {
  HeatMap map = {.name = "03_2_backward_mistakes",
                 .title = "",
                 .subtitle =
                     "share of the networks whose gradient the mistake changes in which the "
                     "check finds it; in brackets: sections of the article that make the mistake",
                 .x_label = "check",
                 .value_label = "found",
                 .percent = true,
                 .columns = {"central differences", "cosine < 0.999", "loss does not fall"},
                 .rows = {}};
  double least = 1.0, changed = 0.0, by_loss = 0.0;
  for (const Measurement& row : evidence.Series("mistakes")) {
    const std::string article = row.settings.Text("article");
    HeatRow line = {.label = row.settings.Text("mistake"), .cells = {}};
    if (!article.empty()) line.label += fmt::format(" ({})", article);
    const double of = row.values.Number("changed");
    for (const char* check : {"differences", "cosine", "loss"}) {
      const double caught = row.values.Number(fmt::format("caught_by_{}", check));
      line.cells.push_back({.value = caught / of, .note = fmt::format("{} of {}", caught, of)});
    }
    least = std::min(least, line.cells[0].value);
    changed += of;
    by_loss += row.values.Number("caught_by_loss");
    map.rows.push_back(std::move(line));
  }
  map.title = fmt::format(
      "Differences find at least {:.1f} % of every mistake; a loss that does not "
      "fall reveals {:.0f} % of all",
      100.0 * least, 100.0 * by_loss / changed);
  return map;
}

Figure CostFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "03_2_backward_cost",
                       .title = "",
                       .subtitle =
                           "multiply-adds of one gradient, counted as they are carried out, "
                           "in units of one forward pass; networks n-n-n",
                       .x_label = "parameters",
                       .y_label = "forward passes",
                       .x_log = true,
                       .y_log = true,
                       .panels = {{.title = "", .series = {}}}};
  std::vector<LineSeries>& series = figure.panels[0].series;
  for (const auto& [name, field] : {std::pair{"back-propagation", "back_propagation"},
                                    {"central differences", "differences"},
                                    {"forward mode", "forward_mode"}}) {
    series.push_back(SeriesOf(evidence, "cost", name, "parameters", field, "forward"));
  }
  LineSeries constant = {.name = "three passes", .points = {}, .theory = true};
  LineSeries linear = {.name = "two passes a parameter", .points = {}, .theory = true};
  for (const LinePoint& point : series[0].points) {
    constant.points.push_back({.x = point.x, .y = 3.0});
    linear.points.push_back({.x = point.x, .y = 2.0 * point.x});
  }
  const LinePoint& dearest = series[1].points.back();
  figure.title = fmt::format(
      "For {:.0f} parameters, back-propagation costs {:.2g} forward passes and "
      "central differences {:.0f}",
      dearest.x, series[0].points.back().y, dearest.y);
  series.push_back(std::move(constant));
  series.push_back(std::move(linear));
  return figure;
}

Figure StepFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "03_2_backward_step",
                       .title = "",
                       .subtitle =
                           "largest error of a difference, as a share of the largest "
                           "derivative; 4-8-3 sigmoids; dashed: orders of magnitude, "
                           "without their factors",
                       .x_label = "step h",
                       .y_label = "relative error",
                       .x_log = true,
                       .y_log = true,
                       .y_low = 1e-12,
                       .y_high = 10.0,
                       .panels = {{.title = "", .series = {}}}};
  std::vector<LineSeries>& series = figure.panels[0].series;
  for (const auto& [name, field] : {std::pair{"central, double", "central"},
                                    {"one-sided, double", "one_sided"},
                                    {"central, float", "central_float"}}) {
    LineSeries line = {.name = name, .points = {}};
    std::vector<Measurement> rows = evidence.Series("step");
    std::reverse(rows.begin(), rows.end());  // by growing step
    for (const Measurement& row : rows) {
      line.points.push_back(
          {.x = std::pow(10.0, -row.settings.Number("exponent")), .y = row.values.Number(field)});
    }
    series.push_back(std::move(line));
  }
  const auto best = [&](std::size_t of) {
    return std::min_element(series[of].points.begin(), series[of].points.end(),
                            [](const auto& a, const auto& b) { return a.y < b.y; });
  };
  figure.title = fmt::format(
      "A central difference is most exact for a step of {:.0e}: {:.0e} in double, "
      "and in float {:.0e} at best",
      best(0)->x, best(0)->y, best(2)->y);
  LineSeries truncation = {.name = "what is cut off: h²", .points = {}, .theory = true};
  LineSeries rounding = {.name = "what is rounded: u / h", .points = {}, .theory = true};
  for (const LinePoint& point : series[0].points) {
    truncation.points.push_back({.x = point.x, .y = point.x * point.x});
    rounding.points.push_back({.x = point.x, .y = 0x1p-53 / point.x});
  }
  series.push_back(std::move(truncation));
  series.push_back(std::move(rounding));
  return figure;
}

NamedTable GradientTable(const Evidence& evidence) {
  return RowTable("gradients", "Gradients of every legal network 4-4-4-4 with each loss",
                  evidence.Series("gradients"),
                  {{"loss", "loss"},
                   {"combinations", "networks"},
                   {"kinks", "kinks", "{}", 1.0, "left out: no derivative within the step"},
                   {"recursion_right", "right"},
                   {"kernels_right", "kernels right"},
                   {"recursion_error", "largest error", "{:.0e}"}});
}

NamedTable PassTable(const Evidence& evidence) {
  return RowTable("passes",
                  "Multiply-adds and nanoseconds of a sample, in batches of 64 on one thread",
                  evidence.Series("passes"),
                  {{"network", "network"},
                   {"forward", "forward"},
                   {"backward", "backward"},
                   {"forward_ns", "forward, ns", "{:.0f}"},
                   {"backward_ns", "backward, ns", "{:.0f}", 1.0, "and the step of the weights"}});
}

NamedTable CostTable(const Evidence& evidence) {
  return RowTable("cost", "One gradient of a plain network in double, one sample",
                  evidence.Series("cost"),
                  {{"network", "network"},
                   {"back_propagation_s", "back-propagation, µs", "{:.1f}", 1e6},
                   {"differences_s", "differences, µs", "{:.1f}", 1e6},
                   {"forward_mode_s", "forward mode, µs", "{:.1f}", 1e6},
                   {"differences_error", "off: differences", "{:.0e}"},
                   {"forward_mode_error", "off: forward mode", "{:.0e}"}});
}

}  // namespace lanegrad
