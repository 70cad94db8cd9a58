// SPDX-License-Identifier: Apache-2.0
#include "experiments/likeness/responses.h"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/experiment/row_table.h"
#include "experiments/likeness/pairs.h"
#include "experiments/neuroscience/response_fit.h"

namespace lanegrad {
namespace {

constexpr double kNoises[] = {0.0, 0.2, 0.5};
constexpr double kMostInput = 5.0;
constexpr std::size_t kInputs = 501;

void MeasureFit(const Response& response, double noise, Measurement& row) {
  const std::vector<double> inputs = EvenInputs(kMostInput, kInputs);
  std::vector<double> rates;
  for (const double input : inputs) rates.push_back(FiringRate(input, noise));
  const ResponseFit fit = FitResponse(response, inputs, rates);
  row.values.Set("r_squared", fit.r_squared);
  row.values.Set("amplitude", fit.amplitude);
  row.values.Set("gain", fit.gain);
  row.values.Set("threshold", fit.threshold);
}

// The fit of an activation at a strength of noise.
const Measurement& RowOf(const std::vector<Measurement>& rows, std::string_view activation,
                         double noise) {
  return *std::find_if(rows.begin(), rows.end(), [&](const Measurement& row) {
    return row.settings.Text("activation") == activation && row.settings.Number("noise") == noise;
  });
}

double RSquared(const Evidence& evidence, std::string_view activation, double noise) {
  return RowOf(evidence.Series("response"), activation, noise).values.Number("r_squared");
}

}  // namespace

void AddResponseTasks(const Scope&, std::vector<Task>& tasks) {
  for (const double noise : kNoises) {
    for (const Response& response : Responses()) {
      tasks.push_back(
          {.series = "response",
           .settings = {{"noise", noise}, {"activation", std::string(response.name)}},
           .seed = 0,
           .measure = [&response, noise](Measurement& row) { MeasureFit(response, noise, row); }});
    }
  }
}

Finding ReluFitsBetter(const Evidence& evidence) {
  const double relu = RSquared(evidence, "relu", 0.0);
  const double logistic = RSquared(evidence, "logistic", 0.0);
  return {relu > logistic + 0.01 ? Verdict::kSupported
          : relu > logistic      ? Verdict::kQualified
                                 : Verdict::kNotSupported,
          fmt::format("of the rates of a leaky integrate-and-fire neuron relu leaves {:.2f} % of "
                      "the variance unexplained, the logistic sigmoid {:.2f} %; tanh, which cannot "
                      "be shifted up, {:.1f} %",
                      100.0 * (1.0 - relu), 100.0 * (1.0 - logistic),
                      100.0 * (1.0 - RSquared(evidence, "tanh", 0.0)))};
}

Finding CeilingFitsBest(const Evidence& evidence) {
  const double ceiling = RSquared(evidence, "rectified_tanh", 0.0);
  std::string_view best_name;
  double best = -1e300;
  for (const Response& each : Responses()) {
    if (each.name == "rectified_tanh") continue;
    const double r_squared = RSquared(evidence, each.name, 0.0);
    if (r_squared > best) best = r_squared, best_name = each.name;
  }
  return {ceiling > best ? Verdict::kSupported : Verdict::kNotSupported,
          fmt::format("max(0, tanh) explains {:.2f} % of the variance, the best of the others, {}, "
                      "{:.2f} %",
                      100.0 * ceiling, best_name, 100.0 * best)};
}

Finding NoiseSmoothsTheThreshold(const Evidence& evidence) {
  std::size_t better = 0;
  std::string text;
  for (const double noise : kNoises) {
    if (noise == 0.0) continue;
    const double softplus = RSquared(evidence, "softplus", noise);
    const double relu = RSquared(evidence, "relu", noise);
    better += softplus > relu;
    text += fmt::format("{}with noise {} softplus leaves {:.2f} % unexplained, relu {:.2f} %",
                        text.empty() ? "" : "; ", noise, 100.0 * (1.0 - softplus),
                        100.0 * (1.0 - relu));
  }
  return {better == std::size(kNoises) - 1 ? Verdict::kSupported
          : better > 0                     ? Verdict::kQualified
                                           : Verdict::kNotSupported,
          text};
}

Figure ResponseFigure(const Evidence& evidence) {
  const std::vector<Measurement> rows = evidence.Series("response");
  LineFigure figure = {
      .name = "02_3_likeness_response",
      .title = fmt::format("A rectifier with a ceiling explains {:.1f} % of a neuron's response, "
                           "relu {:.1f} %, the sigmoid {:.1f} %",
                           100.0 * RSquared(evidence, "rectified_tanh", 0.0),
                           100.0 * RSquared(evidence, "relu", 0.0),
                           100.0 * RSquared(evidence, "logistic", 0.0)),
      .subtitle = "leaky integrate-and-fire neuron, 20 ms, and three activations fitted to it by "
                  "amplitude, gain and threshold; noise in units of the threshold",
      .x_label = "input, in units of the threshold",
      .y_label = "spikes a second",
      .dots = false,
      .y_low = 0.0,
      .panels = {}};
  const std::vector<double> inputs = EvenInputs(kMostInput, 101);
  for (const double noise : {kNoises[0], kNoises[2]}) {
    LinePanel panel = {.title = noise == 0.0 ? "no noise" : fmt::format("noise {}", noise),
                       .series = {}};
    LineSeries neuron = {.name = "neuron", .points = {}};
    for (const double input : inputs) {
      neuron.points.push_back({.x = input, .y = FiringRate(input, noise)});
    }
    panel.series.push_back(neuron);
    for (const Response& response : Responses()) {
      if (response.name == "identity" || response.name == "tanh" || response.name == "softplus") {
        continue;
      }
      const Fields& of = RowOf(rows, response.name, noise).values;
      const ResponseFit fit = {of.Number("amplitude"), of.Number("gain"), of.Number("threshold"),
                               0.0};
      LineSeries series = {.name = Spaced(response.name), .points = {}};
      for (const double input : inputs) {
        series.points.push_back({.x = input, .y = fit.Value(response, input)});
      }
      panel.series.push_back(std::move(series));
    }
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

NamedTable ResponseTable(const Evidence& evidence) {
  return RowTable("responses", "Activations fitted to the firing rate of a leaky neuron, I from 0 to 5",
                  evidence.Series("response"),
                  {{"noise", "noise"},
                   {"activation", "activation"},
                   {"r_squared", "R²", "{:.4f}"},
                   {"amplitude", "amplitude, 1/s", "{:.4g}"},
                   {"gain", "gain", "{:.4g}"},
                   {"threshold", "threshold", "{:.3f}"}});
}

}  // namespace lanegrad
