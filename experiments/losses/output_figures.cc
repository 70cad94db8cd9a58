// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/losses/loss_claims.h"
#include "experiments/losses/loss_figures.h"
#include "experiments/losses/regression_fit.h"
#include "experiments/records/numbered.h"

namespace lanegrad {
namespace {

bool OfNumbers(std::string_view loss) {
  return Loss::Named(loss).info().outputs == Outputs::kAny || loss == "poisson";
}

// Whether a curve jumps at a place: level on both sides, at different heights. A line through the
// value in between, or to the next one, would be a ramp that the loss does not have.
bool JumpsAt(const std::vector<double>& y, std::size_t i) {
  return i >= 2 && i + 2 < y.size() && y[i - 2] == y[i - 1] && y[i + 1] == y[i + 2] &&
         y[i - 1] != y[i + 1];
}

// One of the two curves of every loss, of numbers and of answers apart.
LineFigure Shapes(const Evidence& evidence, const char* stem) {
  LineFigure figure = {.subtitle =
                           "one output, target 1; where the loss contains the activation, "
                           "the output is the weighted input itself",
                       .x_label = "output",
                       .dots = false,
                       .all_coloured = true,
                       .panels = {{.title = "losses of numbers"}, {.title = "losses of answers"}}};
  for (const Measurement& row : evidence.Series("shape")) {
    const std::string loss = row.settings.Text("loss");
    LineSeries series = {.name = loss};
    const std::vector<double> y = NumbersOf(row.values, stem);
    for (std::size_t i = 0; i < y.size(); ++i) {
      const double x = -2.0 + 0.25 * static_cast<double>(i);
      if (x == 1.0 && JumpsAt(y, i)) {
        series.points.push_back({.x = x, .y = y[i - 1]});
        series.points.push_back({.x = x, .y = y[i + 1]});
      } else {
        series.points.push_back({.x = x, .y = y[i]});
      }
    }
    figure.panels[OfNumbers(loss) ? 0 : 1].series.push_back(std::move(series));
  }
  return figure;
}

Figure ShapeFigure(const Evidence& evidence) {
  LineFigure figure = Shapes(evidence, "loss");
  std::size_t free = 0, all = 0;
  for (const Measurement& row : evidence.Series("shape")) {
    free += row.values.Number("loss_25") == 0.0;
    ++all;
  }
  figure.name = "03_4_losses_shapes";
  figure.title =
      fmt::format("Of {} losses, {} ask nothing of an output far beyond its target", all, free);
  figure.y_label = "loss";
  figure.y_low = -1.0;
  figure.y_high = 6.0;
  return figure;
}

Figure SlopeFigure(const Evidence& evidence) {
  LineFigure figure = Shapes(evidence, "slope");
  std::size_t bounded = 0, all = 0;
  for (const Measurement& row : evidence.Series("shape")) {
    const auto growth = [&](int i) {
      return std::fabs(row.values.Number(fmt::format("slope_{}", i)) -
                       row.values.Number(fmt::format("slope_{}", i + 1)));
    };
    bounded += growth(1) <= 0.75 * growth(5);  // of squares it is the same everywhere
    ++all;
  }
  figure.name = "03_4_losses_slopes";
  figure.title =
      fmt::format("Far below the target the pull of {} losses of {} levels off", bounded, all);
  figure.y_label = "slope of the loss";
  figure.y_low = -6.0;
  figure.y_high = 6.0;
  return figure;
}

Figure UnitFigure(const Evidence& evidence) {
  const std::vector<double> z = evidence.Numbers("unit", "z");
  LineFigure figure = {.name = "03_4_losses_unit",
                       .subtitle =
                           "one sigmoid with target 0, rate 0.1; dashed: the closed "
                           "integral of section 3.4.3",
                       .x_label = "weighted input at the start (the right side is below 0)",
                       .y_label = "steps until the answer turns",
                       .y_log = true,
                       .x_whole = true,
                       .panels = {{.title = ""}}};
  std::vector<double> last;
  for (const char* loss : {"mse", "binary_cross_entropy"}) {
    LineSeries measured = {.name = loss};
    LineSeries formula = {.name = fmt::format("{}, formula", loss), .theory = true};
    const auto steps = evidence.Numbers("unit", fmt::format("{}_steps", loss));
    const auto time = evidence.Numbers("unit", fmt::format("{}_time", loss));
    for (std::size_t i = 1; i < z.size(); ++i) {
      measured.points.push_back({.x = z[i], .y = steps[i]});
      formula.points.push_back({.x = z[i], .y = time[i]});
    }
    last.push_back(steps.back());
    figure.panels[0].series.push_back(std::move(measured));
    figure.panels[0].series.push_back(std::move(formula));
  }
  figure.title = fmt::format(
      "From z = {:g} squared error needs {:.0f} steps to turn a unit, "
      "cross-entropy {:.0f}",
      z.back(), last[0], last[1]);
  return figure;
}

Figure UnitPlaneFigure(const Evidence& evidence) {
  ImageFigure figure = {.name = "03_4_losses_unit_plane",
                        .subtitle =
                            "mean loss of one sigmoid on ten samples of two classes; each "
                            "panel has its own scale",
                        .value_label = "loss",
                        .x_label = "weight",
                        .y_label = "bias",
                        .own_scale = true,
                        .x_ends = {-6.0, 6.0},
                        .y_ends = {-6.0, 6.0},
                        .in_row = 2};
  std::vector<double> broken;
  for (const char* loss : {"mse", "binary_cross_entropy"}) {
    const Measurement row = evidence.Row("convexity", {{"loss", loss}});
    const auto side = static_cast<std::size_t>(row.settings.Number("side"));
    figure.panels.push_back(
        {.title = loss, .rows = side, .columns = side, .values = NumbersOf(row.values, "plane")});
    broken.push_back(row.values.Number("broken"));
  }
  figure.title = fmt::format(
      "{:.0f} % of chords show that the surface of squared error is not "
      "convex, {:.0f} % that of cross-entropy",
      100.0 * broken[0], 100.0 * broken[1]);
  return figure;
}

Figure AnswerFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "03_4_losses_answers",
                      .subtitle =
                          "the one output with the least mean loss for ten answers, three "
                          "of them yes; of losses with an activation inside, its value",
                      .x_label = "output; the line: 0.3",
                      .reference = 0.3,
                      .keys = true};
  std::size_t honest = 0;
  for (const Measurement& row : evidence.Series("answer")) {
    const double found = row.values.Number("as_probability");
    const bool is = std::fabs(found - row.values.Number("share")) <= 1e-4;
    honest += is;
    figure.rows.push_back({.label = row.settings.Text("loss"),
                           .group = is ? "asks for the probability" : "asks for something else",
                           .value = found,
                           .text = fmt::format("{:.2f}", std::fabs(found) < 0.005 ? 0.0 : found)});
  }
  figure.title =
      fmt::format("{} of {} losses ask for the probability, 0.3", honest, figure.rows.size());
  return figure;
}

Figure OutlierFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "03_4_losses_outliers",
                       .x_label = "share of targets that are 8 too low",
                       .y_label = "distance of the fitted line from the true one",
                       .y_log = true,
                       .panels = {{.title = ""}}};
  std::size_t lines = 0;
  for (const Measurement& row : evidence.Series("outliers")) {
    const std::string loss = row.settings.Text("loss");
    std::vector<LineSeries>& all = figure.panels[0].series;
    if (all.empty() || all.back().name != loss) all.push_back({.name = loss});
    const std::vector<double> errors = NumbersOf(row.values, "error");
    const Interval interval = MeanInterval(errors);
    all.back().points.push_back({.x = row.settings.Number("share"),
                                 .y = Mean(errors),
                                 .low = interval.low,
                                 .high = interval.high});
    lines = errors.size();
  }
  figure.subtitle = fmt::format("mean over {} sets of 100 points, with 95 % intervals", lines);
  const auto error = [&](const char* loss) {
    return Mean(NumbersWith(evidence, "outliers", {{"loss", loss}, {"share", "0.2"}}, "error"));
  };
  figure.title = fmt::format("With 20 % outliers mse is off by {:.2f}, mae by {:.2f}", error("mse"),
                             error("mae"));
  return figure;
}

}  // namespace

std::vector<Figure (*)(const Evidence&)> OutputFigures() {
  return {ShapeFigure, SlopeFigure, UnitFigure, UnitPlaneFigure, AnswerFigure, OutlierFigure};
}

}  // namespace lanegrad
