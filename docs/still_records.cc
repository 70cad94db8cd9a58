// SPDX-License-Identifier: Apache-2.0
#include "docs/still_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "docs/figure_data.h"
#include "docs/still_curves.h"
#include "experiments/article_code/layer_gradient.h"
#include "experiments/compute/frontier.h"
#include "experiments/compute/workload.h"
#include "experiments/little_data/learning_curves.h"
#include "experiments/neuroscience/integrate_and_fire.h"
#include "experiments/neuroscience/response_fit.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {

LineFigure GradientCheckStill() {
  LayerTask task;
  LayerWeights w;
  DrawLayer(1, task, w);
  LineFigure figure = {.name = "still_gradient_check",
                       .title =
                           "A right formula and a difference of errors agree, if the step is "
                           "neither long nor short",
                       .subtitle = "one derivative of the chapter's layer, by central differences",
                       .x_label = "step h",
                       .y_label = "relative difference",
                       .x_log = true,
                       .y_log = true,
                       .dots = false,
                       .panels = {{.title = "", .series = {}}}};
  const auto add = [&](const char* name, LayerGradient gradient) {
    LineSeries series = {.name = name, .points = {}};
    const double right = gradient(task, w)[0];
    for (int i = -48; i <= 0; ++i) {
      const double h = std::pow(10.0, 0.25 * i);
      LayerWeights up = w, down = w;
      up[0] += h;
      down[0] -= h;
      const double quotient = (LayerError(task, up) - LayerError(task, down)) / (2.0 * h);
      series.points.push_back(PlainPoint(h, std::fabs((quotient - right) / quotient)));
    }
    figure.panels[0].series.push_back(std::move(series));
  };
  add("the gradient", TrueGradient);
  add("the article's, its sign turned", TurnedGradient);
  return figure;
}

LineFigure ResponseStill() {
  const std::vector<double> inputs = EvenInputs(5.0, 81);
  std::vector<double> rates;
  for (const double input : inputs) rates.push_back(FiringRate(IntegrateAndFire{}, input));
  LinePanel panel = {.title = "", .series = {{.name = "neuron", .points = {}}}};
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    panel.series[0].points.push_back(PlainPoint(inputs[i], rates[i]));
  }
  std::string left;
  for (const Response& response : Responses()) {
    if (response.name != "relu" && response.name != "logistic") continue;
    const ResponseFit fit = FitResponse(response, inputs, rates);
    LineSeries series = {.name = std::string(response.name), .points = {}, .theory = true};
    for (const double input : inputs) {
      series.points.push_back(PlainPoint(input, fit.Value(response, input)));
    }
    panel.series.push_back(std::move(series));
    left += fmt::format("{}{:.2g} % by {}", left.empty() ? "" : ", ", 100.0 * (1.0 - fit.r_squared),
                        response.name);
  }
  return {.name = "still_response",
          .title = fmt::format("What the best fit leaves unexplained: {}", left),
          .subtitle = "a neuron under a constant current, and multiples of f(g (I - θ))",
          .x_label = "input current",
          .y_label = "firing rate (Hz)",
          .dots = false,
          .panels = {std::move(panel)}};
}

LineFigure TemperatureStill() {
  LinePanel panel = {.title = "", .series = {}};
  for (const std::string& history : LetterHistories()) {
    std::string shown = history;
    for (std::size_t at; (at = shown.find(' ')) != shown.npos;) shown.replace(at, 1, "␣");
    LineSeries series = {.name = fmt::format("after {}", shown), .points = {}};
    for (int i = 2; i <= 60; ++i) {
      const double temperature = 0.05 * i;
      std::vector<double> powers = LetterShares(history);
      double total = 0.0, bits = 0.0;
      for (double& power : powers) total += power = std::pow(power, 1.0 / temperature);
      for (const double power : powers) {
        if (power > 0.0) bits -= power / total * std::log2(power / total);
      }
      series.points.push_back(PlainPoint(temperature, bits));
    }
    panel.series.push_back(std::move(series));
  }
  return {.name = "still_temperature",
          .title = "A temperature makes the next letter as certain, or as uncertain, as one likes",
          .subtitle = "by counts of the Constitution; ␣ is a space",
          .x_label = "temperature",
          .y_label = "bits of the next letter",
          .dots = false,
          .all_coloured = true,
          .y_low = 0.0,
          .panels = {std::move(panel)}};
}

LineFigure LearningCurveStill(const Evidence& records) {
  constexpr std::size_t kFitted = 4;
  const LearningCurve curve = CurveOf(records, "none");
  const std::vector<double> errors = MeanErrors(curve, SeedsOf(curve));
  const PowerLaw law = FitPowerLaw(std::span(curve.n).first(kFitted),
                                   std::span<const double>(errors).first(kFitted));
  LineSeries measured = {.name = "measured", .points = {}};
  LineSeries promised = {
      .name = fmt::format("law of the first {} sizes", kFitted), .points = {}, .theory = true};
  for (std::size_t i = 0; i < curve.n.size(); ++i) {
    const Interval accuracy = MeanInterval(curve.accuracy[i]);
    measured.points.push_back({.x = curve.n[i],
                               .y = errors[i],
                               .low = 1.0 - accuracy.high,
                               .high = 1.0 - accuracy.low,
                               .note = {}});
    promised.points.push_back(PlainPoint(curve.n[i], law.At(curve.n[i])));
  }
  return {.name = "still_learning_curve",
          .title = fmt::format("With {} samples the law promises an error of {:.1f} %; measured "
                               "are {:.1f} %",
                               CountText(curve.n.back()), 100.0 * promised.points.back().y,
                               100.0 * errors.back()),
          .subtitle = fmt::format("the network without a regulariser; the law was fitted up to {} "
                                  "samples",
                                  CountText(curve.n[kFitted - 1])),
          .x_label = "labelled samples",
          .y_label = "test error (share)",
          .x_log = true,
          .y_log = true,
          .panels = {{.title = "", .series = {measured, promised}}}};
}

LineFigure BudgetStill(const Evidence& records) {
  LinePanel panel = {.title = "", .series = {}};
  for (const Budget& budget : BudgetsOf(records)) {
    LineSeries series = {.name = WorkText(budget.work), .points = {}};
    for (const BudgetCell& cell : budget.cells) {
      const Interval accuracy = MeanInterval(cell.accuracy);
      series.points.push_back({.x = cell.width,
                               .y = 1.0 - Mean(cell.accuracy),
                               .low = 1.0 - accuracy.high,
                               .high = 1.0 - accuracy.low,
                               .note = {}});
    }
    const auto least = std::ranges::min_element(series.points, {}, &LinePoint::y);
    series.best = static_cast<int>(least - series.points.begin());
    panel.series.push_back(std::move(series));
  }
  return {.name = "still_budget",
          .title = "Each budget has its best width",
          .subtitle = "multiply-adds of a training; the least error of each is marked",
          .x_label = "hidden units",
          .y_label = "test error (share)",
          .x_log = true,
          .y_log = true,
          .all_coloured = true,
          .panels = {std::move(panel)}};
}

}  // namespace lanegrad
