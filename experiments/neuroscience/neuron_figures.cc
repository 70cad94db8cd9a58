// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/neuron_figures.h"

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "experiments/neuroscience/integrate_and_fire.h"
#include "experiments/neuroscience/neuron_statistics.h"
#include "experiments/neuroscience/neuron_tasks.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

// A curve of values at `first`, `first + width`, ...
LineSeries Curve(std::string name, const std::vector<double>& values, double first, double width) {
  LineSeries series = {.name = std::move(name), .points = {}};
  for (std::size_t k = 0; k < values.size(); ++k) {
    series.points.push_back({.x = first + width * static_cast<double>(k), .y = values[k]});
  }
  return series;
}

// A curve of one number of rows against another, up to an end of x.
LineSeries Against(std::string name, const std::vector<Measurement>& rows, std::string_view x,
                   std::string_view y, double x_end, bool theory) {
  LineSeries series = {.name = std::move(name), .points = {}, .theory = theory};
  for (const Measurement& row : rows) {
    const double place = row.settings.Number(x);
    if (place <= x_end) series.points.push_back({.x = place, .y = row.values.Number(y)});
  }
  return series;
}

// A curve of means over seeds, with their intervals.
LineSeries Means(std::string name, const std::vector<Measurement>& rows, std::string_view x,
                 std::string_view values) {
  LineSeries series = {.name = std::move(name), .points = {}};
  for (const Measurement& row : rows) {
    const std::vector<double> all = NumbersOf(row.values, values);
    const Interval interval = MeanInterval(all);
    series.points.push_back(
        {.x = row.settings.Number(x), .y = Mean(all), .low = interval.low, .high = interval.high});
  }
  return series;
}

std::vector<Measurement> Where(std::vector<Measurement> rows, std::string_view name, double value) {
  std::erase_if(rows, [&](const auto& row) { return row.settings.Number(name) != value; });
  return rows;
}

// The different values of a setting, in order of appearance.
std::vector<double> SettingsOf(const std::vector<Measurement>& rows, std::string_view name) {
  std::vector<double> values;
  for (const Measurement& row : rows) {
    const double value = row.settings.Number(name);
    if (values.empty() || values.back() != value) values.push_back(value);
  }
  return values;
}

}  // namespace

Figure TraceFigure(const Evidence& evidence) {
  LineFigure figure = {
      .name = "02_2_neuron_traces",
      .title = "",
      .subtitle =
          "a leaky integrate-and-fire neuron at constant inputs; inputs in units of the "
          "smallest that makes it fire",
      .x_label = "time, ms",
      .y_label = "voltage, in units of the threshold",
      .dots = false,
      .y_low = 0.0,
      .y_high = 1.1,
      .panels = {}};
  std::string counts;
  for (const Measurement& row : evidence.Series("trace")) {
    const std::vector<double> voltage = NumbersOf(row.values, "voltage");
    const double end = kTraceStepMs * static_cast<double>(voltage.size());
    figure.panels.push_back({.title = fmt::format("input {}", row.settings.Number("input")),
                             .series = {Curve("voltage", voltage, kTraceStepMs, kTraceStepMs),
                                        {.name = "threshold",
                                         .points = {{0.0, 1.0}, {end, 1.0}},
                                         .best = -1,
                                         .theory = true}}});
    counts.append(fmt::format("{}{} at {}", counts.empty() ? "" : ", ", row.values.Number("spikes"),
                              row.settings.Number("input")));
  }
  figure.title = fmt::format("Spikes in 100 ms, by input: {}", counts);
  return figure;
}

Figure RateFigure(const Evidence& evidence) {
  const std::vector<Measurement> rows = evidence.Series("rate");
  double formula = 0.0, euler = 0.0;
  for (const Measurement& row : Where(rows, "input", 10.0)) {
    formula = row.values.Number("formula"), euler = row.values.Number("euler_1");
  }
  return LineFigure{
      .name = "02_2_neuron_rate",
      .title = fmt::format("At ten times the threshold it fires at {:.0f} Hz; Euler's method with "
                           "steps of 1 ms says {:.0f} Hz",
                           formula, euler),
      .subtitle = "firing rate at constant inputs",
      .x_label = "input, in units of the smallest that makes it fire",
      .y_label = "firing rate, Hz",
      .joined = false,
      .panels = {{.title = "",
                  .series = {Against("closed formula", rows, "input", "formula", 10.0, true),
                             Against("simulated exactly", rows, "input", "simulated", 10.0, false),
                             Against("Euler, 1 ms", rows, "input", "euler_1", 10.0, false)},
                  .marks = {{1.0, "threshold"}}}}};
}

Figure OrderFigure(const Evidence& evidence) {
  const std::vector<Measurement> rows = evidence.Series("order");
  LineFigure figure = {
      .name = "02_2_neuron_order",
      .title = fmt::format("Exact steps with spikes on the grid: the error of the rate falls as "
                           "the power {:.2f} of the step; Euler's as the power {:.2f}",
                           OrderOf(evidence, "rate_error_2"), OrderOf(evidence, "rate_error_1")),
      .subtitle =
          "error of the voltage at an input of 0.8, and mean relative error of the rate "
          "over 80 inputs",
      .x_label = "step, ms",
      .y_label = "error, of the threshold or of the rate",
      .x_log = true,
      .y_log = true,
      .y_low = 1e-17,
      .y_high = 1.0,
      .panels = {}};
  for (const auto& [title, name] :
       {std::pair{"voltage", "voltage_error"}, {"firing rate", "rate_error"}}) {
    LinePanel panel = {.title = title, .series = {}};
    for (std::size_t m = 0; m < kIntegrations.size(); ++m) {
      panel.series.push_back(Against(std::string(kIntegrations[m].name), rows, "step_ms",
                                     fmt::format("{}_{}", name, m + 1), 10.0, false));
    }
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

Figure NoiseFigure(const Evidence& evidence) {
  const std::vector<Measurement> rows = evidence.Series("noise");
  LineFigure figure = {
      .name = "02_2_neuron_noise",
      .title = fmt::format("Noise softens the threshold: at an input of 0.8 it makes a silent "
                           "neuron fire at {:.1f} to {:.1f} Hz",
                           Mean(NumbersOf(NoiseRow(evidence, 0.8, 0.2).values, "rate")),
                           Mean(NumbersOf(NoiseRow(evidence, 0.8, 1.0).values, "rate"))),
      .subtitle = fmt::format("mean over {} seeds; the band is its 95 % interval, often too narrow "
                              "to be seen",
                              evidence.scope.seeds),
      .x_label = "mean input, threshold 1",
      .y_label = "firing rate, Hz",
      .joined = false,
      .panels = {}};
  for (const double deviation : SettingsOf(rows, "deviation")) {
    const std::vector<Measurement> some = Where(rows, "deviation", deviation);
    figure.panels.push_back(
        {.title = fmt::format("noise {}", deviation),
         .series = {Against("Siegert's formula", some, "input", "siegert", 10.0, true),
                    Against("formula without noise", evidence.Series("rate"), "input", "formula",
                            2.0, true),
                    Means("simulated", some, "input", "rate")}});
  }
  return figure;
}

Figure RegulationFigure(const Evidence& evidence) {
  const double time_constant_s =
      Where(evidence.Series("return"), "inverse_speed_ms", 2000.0).at(0).values.Number("theory") /
      1000.0;
  LineSeries theory = {.name = "1 + exp(-t speed)", .points = {}, .best = -1, .theory = true};
  for (int k = 0; k <= 100; ++k) {
    theory.points.push_back({.x = 0.1 * k, .y = 1.0 + std::exp(-0.1 * k / time_constant_s)});
  }
  LineFigure figure = {
      .name = "02_2_neuron_regulation",
      .title = fmt::format(
          "Ten seconds after its input has doubled, a neuron with a loop is {:.0f} % above its "
          "target, one with an adaptive threshold {:.1f} %",
          100.0 * Mean(NumbersOf(RegulationRow(evidence, kDoubledInput, kLoop).values, "left")),
          100.0 *
              Mean(NumbersOf(RegulationRow(evidence, kDoubledInput, kAdaptive).values, "left"))),
      .subtitle =
          "the rate of one noisy neuron, of one that inhibits itself, and of one whose "
          "threshold adapts; seed 1",
      .x_label = "time since the input changed, s",
      .y_label = "rate, in units of its target",
      .dots = false,
      .y_low = 0.0,
      .panels = {}};
  for (const auto& [title, input] :
       {std::pair{"input doubled", kDoubledInput}, {"a fixed amount added", kAddedInput}}) {
    LinePanel panel = {.title = title, .series = {}};
    for (const Measurement& row : evidence.Series("regulation")) {
      if (row.settings.Text("input") != input) continue;
      panel.series.push_back(Curve(row.settings.Text("regulation"), NumbersOf(row.values, "curve"),
                                   kRateStepMs / 1000.0, kRateStepMs / 1000.0));
    }
    panel.series.push_back(theory);
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

Figure UnitsFigure(const Evidence& evidence) {
  const std::vector<Measurement> rows = evidence.Series("units");
  LineFigure figure = {.name = "02_2_neuron_units",
                       .title = "",
                       .subtitle = fmt::format("four of {} units of a random network of tanh, from "
                                               "a random start",
                                               rows.front().settings.Number("units")),
                       .x_label = "time, in time constants",
                       .y_label = "state x, dimensionless",
                       .dots = false,
                       .panels = {}};
  std::string last;
  for (const Measurement& row : rows) {
    LinePanel panel = {.title = fmt::format("gain {}", row.settings.Number("gain")), .series = {}};
    double square = 0.0;
    for (int unit = 1; unit <= 4; ++unit) {
      const std::vector<double> states = NumbersOf(row.values, fmt::format("unit{}", unit));
      square += states.back() * states.back() / 4.0;
      panel.series.push_back(Curve(fmt::format("unit {}", unit), states, 0.0, 1.0));
    }
    last.append(fmt::format("{}{:.2g} at gain {}", last.empty() ? "" : ", ", std::sqrt(square),
                            row.settings.Number("gain")));
    figure.panels.push_back(std::move(panel));
  }
  figure.title = fmt::format("What is left of the activity after 99 time constants: {}", last);
  return figure;
}

Figure PartingFigure(const Evidence& evidence) {
  const std::vector<Measurement> rows = evidence.Series("parting");
  LineFigure figure = {.name = "02_2_neuron_parting",
                       .title = "",
                       .subtitle = "two copies of a network that start 1e-8 apart; seed 1",
                       .x_label = "time, in time constants",
                       .y_label = "distance of the two states, dimensionless",
                       .y_log = true,
                       .dots = false,
                       .y_high = 1e3,
                       .panels = {}};
  std::string ends;
  for (const Measurement& row : rows) {
    const double gain = row.settings.Number("gain");
    const std::vector<double> distances = NumbersOf(row.values, "distance");
    const double exponent =
        NumbersOf(Where(LargestNetworks(evidence), "gain", gain).at(0).values, "lyapunov").at(0);
    std::vector<double> theory;
    for (std::size_t k = 0; k < distances.size(); ++k) {
      theory.push_back(1e-8 * std::exp(exponent * 2.0 * static_cast<double>(k)));
    }
    LineSeries line = Curve("by the Lyapunov exponent", theory, 0.0, 2.0);
    line.theory = true;
    figure.panels.push_back({.title = fmt::format("gain {}", gain),
                             .series = {Curve("measured", distances, 0.0, 2.0), std::move(line)}});
    ends.append(
        fmt::format("{}{:.2g} at gain {}", ends.empty() ? "" : ", ", distances.back(), gain));
  }
  figure.title = fmt::format("A difference of 1e-8 becomes {}", ends);
  return figure;
}

Figure LyapunovFigure(const Evidence& evidence) {
  const std::vector<Measurement> rows = evidence.Series("chaos");
  const Measurement last = LargestNetworks(evidence).back();
  LineFigure figure = {
      .name = "02_2_neuron_lyapunov",
      .title = fmt::format("With {} units the largest Lyapunov exponent reaches {:.2f} per time "
                           "constant at gain {}",
                           last.settings.Number("units"), Mean(NumbersOf(last.values, "lyapunov")),
                           last.settings.Number("gain")),
      .subtitle = fmt::format("mean over {} random networks of tanh and its 95 % interval; above 0 "
                              "neighbours part",
                              evidence.scope.seeds),
      .x_label = "gain g, dimensionless",
      .y_label = "largest Lyapunov exponent, per time constant",
      .panels = {{.title = "", .series = {}, .marks = {{1.0, "gain 1"}}}}};
  for (const double units : SettingsOf(rows, "units")) {
    figure.panels[0].series.push_back(
        Means(fmt::format("{} units", units), Where(rows, "units", units), "gain", "lyapunov"));
  }
  figure.panels[0].series.push_back(
      {.name = "neither part nor meet",
       .points = {{rows.front().settings.Number("gain"), 0.0}, {last.settings.Number("gain"), 0.0}},
       .best = -1,
       .theory = true});
  return figure;
}

}  // namespace lanegrad
