// SPDX-License-Identifier: Apache-2.0
#include "docs/still_curves.h"

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <utility>

#include "experiments/neuroscience/integrate_and_fire.h"
#include "kernels/activation.h"
#include "kernels/loss.h"

namespace lanegrad {

LineFigure ActivationStill() {
  LineFigure figure = {.name = "still_activations",
                       .title = "A slope that fades on both sides, and one that does not",
                       .subtitle = "value and slope, as the kernels compute them",
                       .x_label = "z",
                       .y_label = "",
                       .dots = false,
                       .y_low = -0.25,
                       .y_high = 2.0,
                       .panels = {}};
  for (const bool slope : {false, true}) {
    LinePanel panel = {.title = slope ? "the slope f'(z)" : "the value f(z)", .series = {}};
    for (const char* name : {"sigmoid", "relu"}) {
      LineSeries series = {.name = name, .points = {}};
      for (int i = -100; i <= 100; ++i) {
        const float z = 0.05f * static_cast<float>(i);
        float value, derivative;
        Activate(Activation::Named(name), &z, 1, &value, &derivative);
        series.points.push_back(
            PlainPoint(static_cast<double>(z), static_cast<double>(slope ? derivative : value)));
      }
      panel.series.push_back(std::move(series));
    }
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

LineFigure LossStill() {
  LineFigure figure = {.name = "still_losses",
                       .title =
                           "Behind a sigmoid the squared error pulls least where it is most "
                           "wrong",
                       .subtitle = "one unit, target 1; the slope is by its weighted input z",
                       .x_label = "weighted input z",
                       .y_label = "",
                       .dots = false,
                       .y_low = -1.5,
                       .y_high = 4.0,
                       .panels = {}};
  const Activation sigmoid = Activation::Named("sigmoid");
  const Loss squared = Loss::Named("mse"), entropy = Loss::Named("binary_cross_entropy");
  const double target = 1.0;
  for (const bool slope : {false, true}) {
    LineSeries mse = {.name = "squared error, sigmoid", .points = {}};
    LineSeries bce = {.name = "binary cross-entropy", .points = {}};
    for (int i = -160; i <= 160; ++i) {
      const double z = 0.05 * i, a = sigmoid.Value(z);
      double by_answer, by_input;
      squared.Slope(&a, &target, 1, &by_answer);
      entropy.Slope(&z, &target, 1, &by_input);
      mse.points.push_back(
          PlainPoint(z, slope ? by_answer * sigmoid.Slope(z) : squared.Value(&a, &target, 1)));
      bce.points.push_back(PlainPoint(z, slope ? by_input : entropy.Value(&z, &target, 1)));
    }
    figure.panels.push_back({.title = slope ? "its slope" : "the loss", .series = {mse, bce}});
  }
  return figure;
}

LineFigure VoltageStill() {
  LineFigure figure = {.name = "still_neuron",
                       .title = "",
                       .subtitle = "voltage in units of the threshold, under a constant current i",
                       .x_label = "time (ms)",
                       .y_label = "voltage",
                       .dots = false,
                       .y_low = 0.0,
                       .y_high = 1.2,
                       .panels = {}};
  const IntegrateAndFire neuron;
  const MembraneStep step(neuron, Integration::kExact, 0.5);
  for (const double current : {0.9, 1.5, 3.0}) {
    LineSeries series = {.name = fmt::format("i = {:g}", current), .points = {}};
    Membrane membrane;
    for (double time = 0.0; time <= 200.0; time += step.step_ms()) {
      series.points.push_back(PlainPoint(time, membrane.voltage));
      step.Advance(current, membrane);
    }
    figure.panels.push_back({.title = series.name, .series = {series}});
  }
  figure.title =
      fmt::format("Below its threshold a neuron is silent; at i = 3 it fires at {:.0f} Hz",
                  FiringRate(neuron, 3.0));
  return figure;
}

LineFigure BaseRateStill() {
  LinePanel panel = {.title = "", .series = {}};
  const auto right = [](double members, double found, double alarms) {
    return members * found / (members * found + (1.0 - members) * alarms);
  };
  for (const double alarms : {0.01, 0.05}) {
    LineSeries series = {.name = fmt::format("names {:g} % of the others", 100.0 * alarms),
                         .points = {}};
    for (int i = 1; i <= 100; ++i) {
      series.points.push_back(PlainPoint(0.5 * i, right(0.005 * i, 0.1, alarms)));
    }
    panel.series.push_back(std::move(series));
  }
  return {
      .name = "still_base_rate",
      .title = fmt::format("Where one in a hundred is a member, the attack is right in {:.0f} % "
                           "of the cases",
                           100.0 * right(0.01, 0.1, 0.01)),
      .subtitle = "an attack that names one member in ten",
      .x_label = "members in the population (%)",
      .y_label = "right when it names somebody (%)",
      .y_percent = true,
      .dots = false,
      .y_low = 0.0,
      .y_high = 1.0,
      .panels = {panel}};
}

LineFigure WidthStill() {
  LineSeries uniform = {.name = "weights from [0, 1)", .points = {}};
  LineSeries glorot = {.name = "Glorot and Bengio's", .points = {}, .theory = true};
  const Activation sigmoid = Activation::Named("sigmoid");
  const auto slope = [&](double mean, double deviation) {
    double sum = 0.0, weights = 0.0;
    for (int k = -800; k <= 800; ++k) {
      const double g = k / 100.0, weight = std::exp(-0.5 * g * g);
      sum += weight * sigmoid.Slope(mean + deviation * g);
      weights += weight;
    }
    return sum / weights;
  };
  for (int n = 1; n <= 100; ++n) {
    uniform.points.push_back(PlainPoint(n, slope(0.5 * n, std::sqrt(n / 12.0))));
    glorot.points.push_back(PlainPoint(n, slope(0.0, 1.0)));
  }
  const double last = uniform.points.back().y;
  return {.name = "still_initial_width",
          .title = fmt::format("With 100 inputs the mean slope is {:.1e}", last),
          .subtitle = "of a sigmoid unit before training; all its inputs are 1",
          .x_label = "inputs",
          .y_label = "mean slope",
          .y_log = true,
          .dots = false,
          .panels = {{.title = "", .series = {uniform, glorot}}}};
}

}  // namespace lanegrad
