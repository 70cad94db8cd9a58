// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/neuron_tables.h"

#include <fmt/format.h>

#include "experiments/experiment/row_table.h"
#include "experiments/neuroscience/integrate_and_fire.h"
#include "experiments/neuroscience/neuron_statistics.h"
#include "experiments/neuroscience/neuron_tasks.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

Cell NumberCell(double value, std::string text) {
  return {.text = std::move(text), .sort = value, .strong = false};
}

Cell CountCell(std::size_t count) {
  return NumberCell(static_cast<double>(count), fmt::format("{}", count));
}

}  // namespace

NamedTable RateTable(const Evidence& evidence) {
  return RowTable("rates", "Firing rates at constant inputs, in Hz", evidence.Series("rate"),
                  {{"input", "input", "{}", 1.0, "in units of the smallest that makes it fire"},
                   {"formula", "formula", "{:.2f}"},
                   {"simulated", "simulated exactly", "{:.2f}"},
                   {"euler_01", "Euler, 0.1 ms", "{:.2f}"},
                   {"euler_1", "Euler, 1 ms", "{:.2f}"}});
}

NamedTable OrderTable(const Evidence& evidence) {
  NamedTable named = {.name = "orders",
                      .table = {.caption = "Errors with steps of 1 ms, and the order with which "
                                           "they fall with the step",
                                .columns = {{"integration"},
                                            {"voltage", true, "in units of the threshold"},
                                            {"order", true},
                                            {"firing rate", true, "mean relative error"},
                                            {"order of it", true}},
                                .rows = {}}};
  for (const Measurement& row : evidence.Series("order")) {
    if (row.settings.Number("step_ms") != 1.0) continue;
    for (std::size_t m = 0; m < kIntegrations.size(); ++m) {
      std::vector<Cell> cells = {{.text = std::string(kIntegrations[m].name)}};
      for (const char* error : {"voltage_error", "rate_error"}) {
        const std::string name = fmt::format("{}_{}", error, m + 1);
        const double value = row.values.Number(name), order = OrderOf(evidence, name);
        cells.push_back(NumberCell(value, fmt::format("{:.1e}", value)));
        // Rounding has no order.
        cells.push_back(NumberCell(order, value > 1e-12 ? fmt::format("{:.2f}", order) : "none"));
      }
      named.table.rows.push_back(std::move(cells));
    }
  }
  return named;
}

NamedTable SpeedTable(const Evidence& evidence) {
  return RowTable("speeds", "How a rate returns after its input has doubled, without noise",
                  evidence.Series("speed"),
                  {{"speed_tau", "speed of the threshold, 1/tau"},
                   {"highest", "highest rate", "{:.3f}", 1.0, "in units of the target"},
                   {"lowest", "lowest", "{:.3f}"},
                   {"settled_ms", "within 5 % after, ms", "{:.0f}"}});
}

NamedTable LoopTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "loops",
      .table = {.caption = "Of how many linear loops the spectral radius, or the largest real "
                           "part, tells whether they grow",
                .columns = {{"weights"},
                            {"radius", true, "the largest modulus of an eigenvalue"},
                            {"steps: radius", true, "of loops in steps, by the radius"},
                            {"time: radius", true, "of loops in continuous time, by the radius"},
                            {"real part", true, "of those, by the largest real part"},
                            {"its mean", true, "the largest real part, mean over loops"}},
                .rows = {}}};
  for (const Measurement& row : evidence.Series("loop")) {
    const LoopCount count = CountLoops(row);
    const auto share = [&](std::size_t told) {
      return NumberCell(static_cast<double>(told), fmt::format("{} of {}", told, count.loops));
    };
    const double radius = row.settings.Number("radius");
    const double real_part = Mean(NumbersOf(row.values, "real_part"));
    named.table.rows.push_back({{.text = row.settings.Text("coupling")},
                                NumberCell(radius, fmt::format("{}", radius)),
                                share(count.step_by_radius),
                                share(count.flow_by_radius),
                                share(count.flow_by_real_part),
                                NumberCell(real_part, fmt::format("{:.3f}", real_part))});
  }
  return named;
}

NamedTable ChaosTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "chaos",
      .table = {.caption = "What random networks of tanh do in the end",
                .columns = {{"units", true},
                            {"gain", true},
                            {"Lyapunov exponent", true, "the largest, per tau"},
                            {"silent", true, "networks whose activity ends"},
                            {"steady", true, "that stand still, not at 0"},
                            {"oscillating", true, "that move, and no neighbours part"},
                            {"chaotic", true, "with an exponent above 0.01"}},
                .rows = {}}};
  for (const Measurement& row : evidence.Series("chaos")) {
    const std::vector<double> exponents = NumbersOf(row.values, "lyapunov");
    const std::vector<double> activity = NumbersOf(row.values, "activity");
    const std::vector<double> motion = NumbersOf(row.values, "motion");
    std::size_t silent = 0, steady = 0, oscillating = 0, chaotic = 0;
    for (std::size_t i = 0; i < exponents.size(); ++i) {
      ++(activity[i] < 1e-3               ? silent
         : exponents[i] > 0.01            ? chaotic
         : motion[i] < 0.05 * activity[i] ? steady
                                          : oscillating);
    }
    const double units = row.settings.Number("units"), gain = row.settings.Number("gain");
    named.table.rows.push_back(
        {NumberCell(units, fmt::format("{}", units)), NumberCell(gain, fmt::format("{}", gain)),
         NumberCell(Mean(exponents), WithInterval(exponents, "{:.3f}")), CountCell(silent),
         CountCell(steady), CountCell(oscillating), CountCell(chaotic)});
  }
  return named;
}

}  // namespace lanegrad
