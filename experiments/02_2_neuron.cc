/// @file
/// Article, section 2.2: the brain as neurons, connections and loops that regulate themselves. One
/// neuron, one that keeps its rate, and neurons in loops, each against what theory says of it.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "experiments/experiment/experiment_program.h"
#include "experiments/neuroscience/integrate_and_fire.h"
#include "experiments/neuroscience/neuron_figures.h"
#include "experiments/neuroscience/neuron_statistics.h"
#include "experiments/neuroscience/neuron_tables.h"
#include "experiments/neuroscience/neuron_tasks.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

Finding FormulaGivesTheRate(const Evidence& evidence) {
  double largest = 0.0, highest = 0.0;
  for (const Measurement& row : evidence.Series("rate")) {
    const double formula = row.values.Number("formula");
    largest = std::max(largest, std::fabs(row.values.Number("simulated") - formula));
    highest = std::max(highest, formula);
  }
  return {largest <= 1e-9 * highest ? Verdict::kSupported : Verdict::kNotSupported,
          fmt::format("at {} inputs no simulated rate is farther than {:.2g} Hz from the formula's",
                      evidence.Series("rate").size(), largest)};
}

Finding RateIsAnActivation(const Evidence& evidence) {
  const std::vector<double> inputs = evidence.Numbers("rate", "input");
  const std::vector<double> rates = evidence.Numbers("rate", "simulated");
  const bool rises = std::is_sorted(rates.begin(), rates.end()) && rates.front() < rates.back();
  double silent = 0.0;
  for (std::size_t i = 0; i < rates.size(); ++i) {
    if (rates[i] == 0.0) silent = inputs[i];
  }
  const bool bounded = rates.back() <= 500.0;
  return {
      rises && bounded ? Verdict::kSupported
      : rises          ? Verdict::kQualified
                       : Verdict::kNotSupported,
      fmt::format("the rate is 0 up to an input of {}, {} from there, and is {:.1f} Hz at {}, "
                  "with 500 Hz for a ceiling",
                  silent, rises ? "never falls" : "falls somewhere", rates.back(), inputs.back())};
}

Finding EulerIsOfFirstOrder(const Evidence& evidence) {
  const double order = OrderOf(evidence, "voltage_error_1");
  const double midpoint = OrderOf(evidence, "voltage_error_3");
  return {
      std::fabs(order - 1.0) <= 0.1 ? Verdict::kSupported : Verdict::kNotSupported,
      fmt::format("the error of the voltage falls as the power {:.2f} of the step; by the midpoint "
                  "rule as the power {:.2f}",
                  order, midpoint)};
}

Finding ExactStepsGiveExactRates(const Evidence& evidence) {
  const std::vector<double> on_grid = evidence.Numbers("order", "rate_error_2");
  const std::vector<double> between = evidence.Numbers("order", "rate_error_4");
  const std::vector<double> voltage = evidence.Numbers("order", "voltage_error_2");
  const double grid = *std::max_element(on_grid.begin(), on_grid.end());
  const double exact = *std::max_element(between.begin(), between.end());
  return {
      std::max(grid, exact) <= 1e-9   ? Verdict::kSupported
      : std::min(grid, exact) <= 1e-9 ? Verdict::kQualified
                                      : Verdict::kNotSupported,
      fmt::format(
          "the voltage is right to {:.1g}; with spikes on the grid the rate is wrong "
          "by up to {:.2g} %, falling as the power {:.2f} of the step, and with spikes where the "
          "voltage crosses the threshold by {:.1g} %",
          *std::max_element(voltage.begin(), voltage.end()), 100.0 * grid,
          OrderOf(evidence, "rate_error_2"), 100.0 * exact)};
}

Finding NoiseFiresBelowThreshold(const Evidence& evidence) {
  const Measurement row = NoiseRow(evidence, 0.8, 0.2);
  const std::vector<double> rates = NumbersOf(row.values, "rate");
  const double p = AdjustedP(evidence).at("noise");
  return {!(p <= 0.05)        ? Verdict::kNotDecided
          : Mean(rates) > 0.0 ? Verdict::kSupported
                              : Verdict::kNotSupported,
          fmt::format("at an input of 0.8, where without noise the rate is 0, noise of 0.2 makes "
                      "it {} Hz (p = {:.1g}, Holm)",
                      WithInterval(rates, "{:.2f}"), p)};
}

// Every interval must lie within 5 % of the formula: then all do, whatever their number.
Finding AgreesWithSiegert(const Evidence& evidence, std::string_view rates) {
  std::size_t cells = 0, inside = 0, outside = 0;
  double largest = 0.0;
  for (const Measurement& row : evidence.Series("noise")) {
    const double theory = row.values.Number("siegert");
    if (!(theory >= 1.0)) continue;
    std::vector<double> differences;
    for (const double rate : NumbersOf(row.values, rates))
      differences.push_back(rate / theory - 1.0);
    const Verdict within = Within(differences, -0.05, 0.05);
    ++cells;
    inside += within == Verdict::kSupported;
    outside += within == Verdict::kNotSupported;
    if (std::fabs(Mean(differences)) > std::fabs(largest)) largest = Mean(differences);
  }
  return {outside > 0                    ? Verdict::kNotSupported
          : inside == cells && cells > 0 ? Verdict::kSupported
                                         : Verdict::kNotDecided,
          fmt::format("of {} noisy inputs with at least 1 Hz, {} have a rate within 5 % of the "
                      "formula's by their whole interval, and {} outside; the largest mean "
                      "difference is {:+.1f} %",
                      cells, inside, outside, 100.0 * largest)};
}

Finding SiegertGivesTheRate(const Evidence& evidence) {
  return AgreesWithSiegert(evidence, "rate");
}

Finding EndsOfStepsSuffice(const Evidence& evidence) {
  return AgreesWithSiegert(evidence, "on_grid");
}

std::vector<double> Left(const Evidence& evidence, std::string_view input,
                         std::string_view regulation) {
  return NumbersOf(RegulationRow(evidence, input, regulation).values, "left");
}

// [loop-rule]
Finding LoopsRegulate(const Evidence& evidence) {
  const std::vector<double> doubled = Left(evidence, kDoubledInput, kLoop);
  const std::vector<double> added = Left(evidence, kAddedInput, kLoop);
  const PairedComparison pairs = ComparePairs(Left(evidence, kAddedInput, kUnregulated), added);
  const bool weaker = pairs.difference > 0.0 && AdjustedP(evidence).at("loop") <= 0.05;
  const bool back = Within(doubled, -0.05, 0.05) == Verdict::kSupported &&
                    Within(added, -0.05, 0.05) == Verdict::kSupported;
  return {
      back     ? Verdict::kSupported
      : weaker ? Verdict::kQualified
               : Verdict::kNotSupported,
      fmt::format("ten seconds after its input has doubled, a neuron that inhibits itself is "
                  "{} % above its target; after as much has been added as doubles the rate "
                  "without a loop, {} %",
                  WithInterval(doubled, "{:.1f}", 100.0), WithInterval(added, "{:.1f}", 100.0))};
}
// [loop-rule]

Finding ThresholdRegulates(const Evidence& evidence) {
  const std::vector<double> adaptive = Left(evidence, kDoubledInput, kAdaptive);
  const PairedComparison pairs =
      ComparePairs(Left(evidence, kDoubledInput, kUnregulated), adaptive);
  const double p = AdjustedP(evidence).at("threshold");
  const Verdict back = Within(adaptive, -0.05, 0.05);
  return {back == Verdict::kSupported && !(p <= 0.05 && pairs.difference > 0.0)
              ? Verdict::kNotDecided
              : back,
          fmt::format("ten seconds after the input has doubled the rate is {} % from its target; "
                      "without the threshold it is {:.1f} % higher (p = {:.1g}, Holm)",
                      WithInterval(adaptive, "{:.1f}", 100.0), 100.0 * pairs.difference, p)};
}

Finding ReturnsInOneOverSpeed(const Evidence& evidence) {
  std::size_t inside = 0, outside = 0;
  std::string figures;
  const std::vector<Measurement> rows = evidence.Series("return");
  for (const Measurement& row : rows) {
    std::vector<double> ratios;
    for (const double fit : NumbersOf(row.values, "fit")) {
      ratios.push_back(fit / row.settings.Number("inverse_speed_ms"));
    }
    const Verdict within = Within(ratios, 0.95, 1.05);
    inside += within == Verdict::kSupported;
    outside += within == Verdict::kNotSupported;
    figures.append(fmt::format("{}{} at {} s", figures.empty() ? "" : ", ",
                               WithInterval(ratios, "{:.3f}"),
                               row.settings.Number("inverse_speed_ms") / 1000.0));
  }
  return {outside > 0             ? Verdict::kNotSupported
          : inside == rows.size() ? Verdict::kSupported
                                  : Verdict::kNotDecided,
          fmt::format("the fitted time constant, in units of 1/speed: {}", figures)};
}

Finding ReturnsWithoutUndershoot(const Evidence& evidence) {
  const std::vector<double> speeds = evidence.Numbers("speed", "speed_tau");
  const std::vector<double> lowest = evidence.Numbers("speed", "lowest");
  std::size_t below = 0;
  double safe = 0.0;
  for (std::size_t i = 0; i < speeds.size(); ++i) {
    if (lowest[i] < 0.999) {
      ++below;
    } else {
      safe = std::max(safe, speeds[i]);
    }
  }
  return {below == 0               ? Verdict::kSupported
          : below == speeds.size() ? Verdict::kNotSupported
                                   : Verdict::kQualified,
          fmt::format("it does not at speeds up to {}/tau; at {}/tau it falls to {:.2f} of the "
                      "target",
                      safe, speeds.back(), lowest.back())};
}

Finding RadiusDecides(const Evidence& evidence) {
  const LoopCount count = CountLoops(evidence);
  return {count.step_by_radius < count.loops   ? Verdict::kNotSupported
          : count.flow_by_radius < count.loops ? Verdict::kQualified
                                               : Verdict::kSupported,
          fmt::format("it predicts what becomes of {} of {} loops in discrete steps, and of {} of "
                      "the same {} in continuous time",
                      count.step_by_radius, count.loops, count.flow_by_radius, count.loops)};
}

Finding RealPartDecides(const Evidence& evidence) {
  const LoopCount count = CountLoops(evidence);
  return {count.flow_by_real_part == count.loops ? Verdict::kSupported : Verdict::kNotSupported,
          fmt::format("it predicts what becomes of {} of {} loops in continuous time; their rate "
                      "of growth differs from it by {:.4f} per tau at most",
                      count.flow_by_real_part, count.loops, count.largest_difference)};
}

Finding SilentBelowOne(const Evidence& evidence) {
  std::size_t networks = 0, silent = 0;
  double units = 0.0;
  for (const Measurement& row : LargestNetworks(evidence)) {
    if (row.settings.Number("gain") >= 1.0) continue;
    units = row.settings.Number("units");
    for (const double activity : NumbersOf(row.values, "activity")) {
      ++networks;
      silent += std::fabs(activity) < 1e-3;
    }
  }
  const double p = AdjustedP(evidence).at("silent");
  return {2 * silent < networks ? Verdict::kNotSupported
          : silent < networks   ? Verdict::kQualified
          : p <= 0.05           ? Verdict::kSupported
                                : Verdict::kNotDecided,
          fmt::format("with {} units {} of {} networks with gains below 1 are silent in the end; "
                      "the largest p of their exponents against 0 is {:.1g} (Holm)",
                      units, silent, networks, p)};
}

Finding ChaoticAboveOne(const Evidence& evidence) {
  std::size_t gains = 0, shown = 0, positive = 0;
  std::string figures;
  double units = 0.0;
  const auto p = AdjustedP(evidence);
  for (const Measurement& row : LargestNetworks(evidence)) {
    const double gain = row.settings.Number("gain");
    if (gain <= 1.0) continue;
    units = row.settings.Number("units");
    const std::vector<double> exponents = NumbersOf(row.values, "lyapunov");
    const bool above = Mean(exponents) > 0.0;
    ++gains;
    positive += above;
    shown += above && p.at(fmt::format("gain {}", gain)) <= 0.05;
    figures.append(fmt::format("{}{} at {}", figures.empty() ? "" : ", ",
                               WithInterval(exponents, "{:.3f}"), gain));
  }
  return {shown == gains ? Verdict::kSupported
          : shown > 0    ? Verdict::kQualified
          : positive > 0 ? Verdict::kNotDecided
                         : Verdict::kNotSupported,
          fmt::format("with {} units the largest Lyapunov exponent is shown to be above 0 at {} of "
                      "{} gains (Holm, 5 %); per tau it is {}",
                      units, shown, gains, figures)};
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "02_2_neuron",
       .section = "2.2",
       .title = "Neurons and loops",
       .summary =
           "Section 2.2 of the article: a neuron, a neuron that regulates itself, and loops.",
       .question = "What does a neuron compute, and do loops of neurons regulate themselves?",
       .task_profiles = {{"quick", 3}, {"default", 10}, {"full", 40}},
       .tasks = NeuronTasks,
       .claims =
           {{"formula-gives-the-rate",
             "A leaky integrate-and-fire neuron fires at the rate of its closed formula.",
             "Gerstner, Kistler, Naud and Paninski 2014",
             "constant input; simulated with exact spikes", FormulaGivesTheRate,
             Verdict::kSupported},
            {"rate-is-an-activation",
             "A neuron takes an input and answers with an output, as an activation function does.",
             "article, sections 1 and 2.1", "constant input, rate only, no adaptation",
             RateIsAnActivation, Verdict::kSupported},
            {"euler-first-order", "Half the step halves the error of Euler's method.",
             "Hansel et al. 1998, for neurons", "the voltage below the threshold",
             EulerIsOfFirstOrder, Verdict::kSupported},
            {"exact-steps-exact-rates",
             "Where every step of the voltage is exact, the rate is exact.", "ours, section 2.2.3",
             "constant inputs from 1.1 to 5.05; steps up to 2 ms", ExactStepsGiveExactRates,
             Verdict::kQualified},
            {"noise-fires-below-threshold", "Noise makes a neuron fire below its threshold.",
             "Brunel 2000", "white noise, one cell of the grid", NoiseFiresBelowThreshold,
             Verdict::kSupported},
            {"siegert-gives-the-rate", "A noisy neuron fires at the rate of Siegert's formula.",
             "Siegert 1951", "white noise, the same of a seed at every input; steps of 0.1 ms",
             SiegertGivesTheRate, Verdict::kSupported},
            {"ends-of-steps-suffice",
             "It is enough to look for the spikes of a noisy neuron at the ends of steps.",
             "ours, section 2.2.4", "the same inputs and steps; noise shared by seed",
             EndsOfStepsSuffice, Verdict::kNotSupported},
            {"loops-regulate",
             "A recurrent loop brings a neuron's rate back when its input changes.",
             "article, section 2.2", "one inhibitory loop, of gain 4; a linear neuron",
             LoopsRegulate, Verdict::kQualified},
            {"threshold-regulates",
             "A homeostatic threshold brings a neuron's rate back when its input doubles.",
             "Turrigiano and Nelson 2004", "a rate neuron; one target; input that stays doubled",
             ThresholdRegulates, Verdict::kSupported},
            {"returns-in-one-over-speed",
             "The rate comes back with a time constant of one over the threshold's speed.",
             "ours, section 2.2.3", "speeds far below 1/(4 tau)", ReturnsInOneOverSpeed,
             Verdict::kSupported},
            {"returns-without-undershoot",
             "On its way back the rate does not fall below its target.", "ours, section 2.2.3",
             "without noise; a linear neuron", ReturnsWithoutUndershoot, Verdict::kQualified},
            {"radius-decides",
             "A linear loop is stable exactly if the spectral radius of its weights is below 1.",
             "common in texts on recurrent networks", "40 units; radii from 0.9 to 1.1",
             RadiusDecides, Verdict::kQualified},
            {"real-part-decides",
             "In continuous time it is stable exactly if the largest real part is below 1.",
             "linear systems theory", "the same loops", RealPartDecides, Verdict::kSupported},
            {"silent-below-one", "Below a gain of 1 a random network of tanh falls silent.",
             "Sompolinsky, Crisanti and Sommers 1988",
             "no input; gains of 0.6 and 0.8; the largest networks of the profile", SilentBelowOne,
             Verdict::kSupported},
            {"chaotic-above-one", "Above a gain of 1 it is chaotic.",
             "Sompolinsky, Crisanti and Sommers 1988, for infinitely many units",
             "no input; the largest networks of the profile", ChaoticAboveOne,
             Verdict::kQualified}},
       .figures = {TraceFigure, RateFigure, OrderFigure, NoiseFigure, RegulationFigure, UnitsFigure,
                   PartingFigure, LyapunovFigure},
       .tables = {RateTable, OrderTable, SpeedTable, LoopTable, ChaosTable}},
      argc, argv);
}
