// SPDX-License-Identifier: Apache-2.0
#include "experiments/likeness/responses.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "experiments/likeness/pairs.h"
#include "experiments/neuroscience/noisy_neuron.h"
#include "experiments/neuroscience/response_fit.h"

namespace lanegrad {
namespace {

constexpr double kNoises[] = {0.0, 0.2, 0.5};
// Up to where the inputs go: near the threshold, and as far as the ceiling can be seen.
constexpr double kRanges[] = {2.0, 5.0};
constexpr double kNear = kRanges[0], kFar = kRanges[1];
constexpr std::size_t kInputs = 501;

// Of the neuron of chapter 2.2, with noise or without.
double RateOf(double input, double noise) {
  const IntegrateAndFire neuron;
  return noise > 0.0 ? SiegertRate(neuron, {input, noise}) : FiringRate(neuron, input);
}

// A neuron's response, measured once for all that are fitted to it.
struct Curve {
  double most, noise;
  std::vector<double> inputs = {}, rates = {};
};

void MeasureFit(const Response& response, Curve& curve, Measurement& row) {
  if (curve.rates.empty()) {
    curve.inputs = EvenInputs(curve.most, kInputs);
    for (const double input : curve.inputs) curve.rates.push_back(RateOf(input, curve.noise));
  }
  const ResponseFit fit = FitResponse(response, curve.inputs, curve.rates);
  row.values.Set("r_squared", fit.r_squared);
  row.values.Set("amplitude", fit.amplitude);
  row.values.Set("gain", fit.gain);
  row.values.Set("threshold", fit.threshold);
}

// The fit of an activation on a range of inputs at a strength of noise.
const Measurement& RowOf(const std::vector<Measurement>& rows, std::string_view activation,
                         double most, double noise) {
  return *std::find_if(rows.begin(), rows.end(), [&](const Measurement& row) {
    return row.series == "response" && row.settings.Text("activation") == activation &&
           row.settings.Number("input_to") == most && row.settings.Number("noise") == noise;
  });
}

// What it leaves unexplained, in per cent.
double Unexplained(const Evidence& evidence, std::string_view activation, double most,
                   double noise) {
  const Measurement& row = RowOf(evidence.rows, activation, most, noise);
  return 100.0 * (1.0 - row.values.Number("r_squared"));
}

}  // namespace

void AddResponseTasks(const Scope&, std::vector<Task>& tasks) {
  for (const double most : kRanges) {
    for (const double noise : kNoises) {
      const auto curve = std::make_shared<Curve>(Curve{most, noise});
      for (const Response& response : Responses()) {
        tasks.push_back({.series = "response",
                         .settings = {{"input_to", most},
                                      {"noise", noise},
                                      {"activation", std::string(response.name)}},
                         .seed = 0,
                         .measure = [&response, curve](Measurement& row) {
                           MeasureFit(response, *curve, row);
                         }});
      }
    }
  }
}

Finding ReluFitsBetter(const Evidence& evidence) {
  const double relu = Unexplained(evidence, "relu", kFar, 0.0);
  const double logistic = Unexplained(evidence, "logistic", kFar, 0.0);
  const double near_relu = Unexplained(evidence, "relu", kNear, 0.0);
  const double near_logistic = Unexplained(evidence, "logistic", kNear, 0.0);
  return {
      relu < logistic && near_relu < near_logistic   ? Verdict::kSupported
      : relu < logistic || near_relu < near_logistic ? Verdict::kQualified
                                                     : Verdict::kNotSupported,
      fmt::format("up to an input of {} relu leaves {:.2f} % of the variance of the firing rate "
                  "unexplained and the sigmoid {:.2f} %; up to {}, {:.2f} % and {:.2f} %",
                  kFar, relu, logistic, kNear, near_relu, near_logistic)};
}

Finding CeilingFitsBest(const Evidence& evidence) {
  std::size_t best_on = 0;
  std::string text;
  for (const double most : kRanges) {
    const double ceiling = Unexplained(evidence, "rectified_tanh", most, 0.0);
    std::string_view rival;
    double least = 1e300;
    for (const Response& each : Responses()) {
      if (each.name == "rectified_tanh") continue;
      const double unexplained = Unexplained(evidence, each.name, most, 0.0);
      if (unexplained < least) least = unexplained, rival = each.name;
    }
    best_on += ceiling < least;
    text += fmt::format(
        "{}up to {} max(0, tanh) leaves {:.2f} % unexplained, the best of the "
        "others, {}, {:.2f} %",
        text.empty() ? "" : "; ", most, ceiling, rival, least);
  }
  return {best_on == std::size(kRanges) ? Verdict::kSupported
          : best_on > 0                 ? Verdict::kQualified
                                        : Verdict::kNotSupported,
          text};
}

Finding NoiseSmoothsTheThreshold(const Evidence& evidence) {
  std::size_t better = 0;
  std::string text;
  for (const double noise : kNoises) {
    if (noise == 0.0) continue;
    const double softplus = Unexplained(evidence, "softplus", kNear, noise);
    const double relu = Unexplained(evidence, "relu", kNear, noise);
    better += softplus < 0.5 * relu;
    text += fmt::format("{}with noise {} softplus leaves {:.2g} % unexplained, relu {:.2g} %",
                        text.empty() ? "" : "; ", noise, softplus, relu);
  }
  return {better == std::size(kNoises) - 1 ? Verdict::kSupported
          : better > 0                     ? Verdict::kQualified
                                           : Verdict::kNotSupported,
          fmt::format("up to an input of {}: {}", kNear, text)};
}

namespace {

// The neuron and what is fitted to it, up to `most`, a panel a strength of noise.
LineFigure FitFigure(const Evidence& evidence, double most, std::initializer_list<double> noises) {
  LineFigure figure = {
      .name = "",
      .title = "",
      .subtitle =
          "firing rate of a leaky integrate-and-fire neuron, 20 ms, and activations fitted "
          "to it (dashed); noise in units of the threshold",
      .x_label = "input, in units of the threshold",
      .y_label = "spikes a second",
      .dots = false,
      .y_low = 0.0,
      .panels = {}};
  for (const double noise : noises) {
    LinePanel panel = {.title = noise == 0.0 ? "no noise" : fmt::format("noise {}", noise),
                       .series = {}};
    LineSeries neuron = {.name = "neuron", .points = {}};
    const std::vector<double> inputs = EvenInputs(most, 101);
    for (const double input : inputs) {
      neuron.points.push_back({.x = input, .y = RateOf(input, noise)});
    }
    panel.series.push_back(neuron);
    for (const Response& response : Responses()) {
      if (response.name == "identity" || response.name == "tanh") continue;
      const Fields& of = RowOf(evidence.rows, response.name, most, noise).values;
      const ResponseFit fit = {of.Number("amplitude"), of.Number("gain"), of.Number("threshold"),
                               0.0};
      LineSeries series = {.name = Spaced(response.name), .points = {}, .theory = true};
      for (const double input : inputs) {
        series.points.push_back({.x = input, .y = fit.Value(response, input)});
      }
      panel.series.push_back(std::move(series));
    }
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

}  // namespace

Figure ResponseFigure(const Evidence& evidence) {
  LineFigure figure = FitFigure(evidence, kFar, {kNoises[0], kNoises[2]});
  figure.name = "02_3_likeness_response";
  figure.title = fmt::format(
      "A rectifier with a ceiling leaves {:.1f} % of a neuron's response unexplained, relu {:.1f} "
      "%, the sigmoid {:.1f} %",
      Unexplained(evidence, "rectified_tanh", kFar, 0.0), Unexplained(evidence, "relu", kFar, 0.0),
      Unexplained(evidence, "logistic", kFar, 0.0));
  return figure;
}

Figure ThresholdFigure(const Evidence& evidence) {
  LineFigure figure = FitFigure(evidence, kNear, {kNoises[0], kNoises[2]});
  figure.name = "02_3_likeness_threshold";
  figure.title = fmt::format(
      "Near the threshold of a noisy neuron softplus leaves {:.2g} % unexplained, relu {:.2g} %",
      Unexplained(evidence, "softplus", kNear, kNoises[2]),
      Unexplained(evidence, "relu", kNear, kNoises[2]));
  return figure;
}

NamedTable ResponseTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "responses",
      .table = {.caption = "R² of activations fitted to the firing rate of a leaky neuron, by the "
                           "largest input and the noise",
                .columns = {{"activation", false, ""}},
                .rows = {}}};
  for (const double most : kRanges) {
    for (const double noise : kNoises) {
      named.table.columns.push_back({fmt::format("to {}, noise {}", most, noise), true, ""});
    }
  }
  for (const Response& response : Responses()) {
    std::vector<Cell>& cells = named.table.rows.emplace_back();
    cells.push_back({Spaced(response.name)});
    for (const double most : kRanges) {
      for (const double noise : kNoises) {
        const double r_squared =
            RowOf(evidence.rows, response.name, most, noise).values.Number("r_squared");
        cells.push_back({fmt::format("{:.4f}", r_squared), r_squared});
      }
    }
  }
  return named;
}

}  // namespace lanegrad
