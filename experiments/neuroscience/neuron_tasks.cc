// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/neuron_tasks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <span>

#include "experiments/neuroscience/eigenvalues.h"
#include "experiments/neuroscience/homeostasis.h"
#include "experiments/neuroscience/integrate_and_fire.h"
#include "experiments/neuroscience/noisy_neuron.h"
#include "experiments/neuroscience/recurrent_network.h"

namespace lanegrad {
namespace {

constexpr IntegrateAndFire kNeuron;

void SetNumbered(Measurement& row, std::string_view name, std::size_t number, double value) {
  row.values.Set(fmt::format("{}_{}", name, number), value);
}

// Curves are kept to four digits: they are for the eye.
double ForTheEye(double value) { return std::round(value * 1e4) / 1e4; }

void MeasureTrace(Measurement& row) {
  const MembraneStep step(kNeuron, Integration::kExact, kTraceStepMs);
  Membrane membrane;
  std::size_t spikes = 0;
  for (std::size_t k = 1; k <= 400; ++k) {
    spikes += step.Advance(row.settings.Number("input"), membrane).has_value();
    SetNumbered(row, "voltage", k, ForTheEye(membrane.voltage));
  }
  row.values.Set("spikes", static_cast<double>(spikes));
}

void MeasureRate(Measurement& row) {
  const double input = row.settings.Number("input");
  const auto simulated = [&](Integration integration, double step_ms) {
    return SimulatedRate(kNeuron, integration, step_ms, input, 20, 5000.0);
  };
  row.values.Set("formula", FiringRate(kNeuron, input));
  row.values.Set("simulated", simulated(Integration::kExact, 1.0));
  row.values.Set("euler_1", simulated(Integration::kEuler, 1.0));
  row.values.Set("euler_01", simulated(Integration::kEuler, 0.1));
}

// The mean over inputs, since one input's interval may happen to be a whole number of steps.
double RateError(Integration integration, double step_ms) {
  double sum = 0.0;
  constexpr int kInputs = 80;
  for (int k = 0; k < kInputs; ++k) {
    const double input = 1.1 + 0.05 * k;
    const double rate = SimulatedRate(kNeuron, integration, step_ms, input, 5);
    sum += std::fabs(rate / FiringRate(kNeuron, input) - 1.0);
  }
  return sum / kInputs;
}

void MeasureOrder(Measurement& row) {
  const double step_ms = row.settings.Number("step_ms");
  const auto steps = static_cast<std::size_t>(std::round(kNeuron.tau_ms / step_ms));
  for (std::size_t m = 0; m < kIntegrations.size(); ++m) {
    const Integration integration = kIntegrations[m].integration;
    SetNumbered(row, "voltage_error", m + 1, VoltageError(kNeuron, integration, steps, 0.8));
    SetNumbered(row, "rate_error", m + 1, RateError(integration, step_ms));
  }
}

void MeasureNoise(std::size_t seeds, Measurement& row) {
  const NoisyInput input = {row.settings.Number("input"), row.settings.Number("deviation")};
  const double duration_ms = 1000.0 * row.settings.Number("seconds");
  row.values.Set("siegert", SiegertRate(kNeuron, input));
  for (std::size_t seed = 1; seed <= seeds; ++seed) {
    for (const auto& [name, between] :
         {std::pair{"rate", BetweenSteps::kBridge}, {"on_grid", BetweenSteps::kNothing}}) {
      SetNumbered(row, name, seed, NoisyRate(kNeuron, input, between, 0.1, duration_ms, seed));
    }
  }
}

// What is left is the mean deviation from the target over the last second of ten.
void MeasureRegulation(std::size_t seeds, Measurement& row) {
  const std::string regulation = row.settings.Text("regulation");
  const InputChange change =
      row.settings.Text("input") == kDoubledInput ? InputChange::kDoubled : InputChange::kAdded;
  RegulatedNeuron neuron = {.noise = 0.1};
  if (regulation == kLoop) neuron.loop_gain = 4.0;
  if (regulation == kAdaptive) neuron.speed = 1.0 / 2000.0;
  for (std::size_t seed = 1; seed <= seeds; ++seed) {
    const std::vector<double> rates = RatesAfter(change, neuron, 10'000.0, seed);
    double sum = 0.0;
    for (std::size_t ms = 9000; ms < 10'000; ++ms) sum += rates[ms] - 1.0;
    SetNumbered(row, "left", seed, sum / 1000.0);
    if (seed > 1) continue;
    const auto stride = static_cast<std::size_t>(kRateStepMs);
    for (std::size_t k = 1; k <= rates.size() / stride; ++k) {
      SetNumbered(row, "curve", k, ForTheEye(rates[k * stride - 1]));
    }
  }
}

// From five time constants of the neuron on, when the rise is over.
void MeasureReturn(std::size_t seeds, Measurement& row) {
  const double slow_ms = row.settings.Number("inverse_speed_ms");
  const RegulatedNeuron neuron = {.speed = 1.0 / slow_ms, .noise = 0.1};
  row.values.Set("theory", ReturnTimeConstant(neuron));
  for (std::size_t seed = 1; seed <= seeds; ++seed) {
    std::vector<double> deviations = RatesAfter(InputChange::kDoubled, neuron, 6.0 * slow_ms, seed);
    for (double& each : deviations) each -= 1.0;
    const auto rise = static_cast<std::size_t>(5.0 * neuron.tau_ms);
    SetNumbered(row, "fit", seed, FitTimeConstant(std::span(deviations).subspan(rise)));
  }
}

void MeasureSpeed(Measurement& row) {
  RegulatedNeuron neuron;
  neuron.speed = row.settings.Number("speed_tau") / neuron.tau_ms;
  const std::vector<double> rates = RatesAfter(InputChange::kDoubled, neuron, 10'000.0, 0);
  row.values.Set("highest", *std::max_element(rates.begin(), rates.end()));
  row.values.Set("lowest", *std::min_element(rates.begin(), rates.end()));
  row.values.Set("settled_ms", SettlingTime(rates, 0.05));
}

void MeasureLoop(Coupling coupling, std::size_t seeds, Measurement& row) {
  constexpr std::size_t kUnits = 40;
  for (std::size_t seed = 1; seed <= seeds; ++seed) {
    std::vector<double> weights = RandomWeights(coupling, kUnits, 1.0, seed);
    const std::vector<Eigenvalue> eigenvalues = Eigenvalues(weights, kUnits);
    const double scale = row.settings.Number("radius") / SpectralRadius(eigenvalues);
    for (double& weight : weights) weight *= scale;
    SetNumbered(row, "real_part", seed, scale * SpectralAbscissa(eigenvalues));
    SetNumbered(row, "per_step", seed, StepGrowth(weights, kUnits, 4000, seed));
    SetNumbered(row, "per_tau", seed, FlowGrowth(weights, kUnits, 600.0, seed));
  }
}

void MeasureChaos(std::size_t seeds, Measurement& row) {
  for (std::size_t seed = 1; seed <= seeds; ++seed) {
    const LongRun run =
        Follow(static_cast<std::size_t>(row.settings.Number("units")), row.settings.Number("gain"),
               100.0, row.settings.Number("duration"), seed);
    SetNumbered(row, "lyapunov", seed, run.lyapunov);
    SetNumbered(row, "activity", seed, run.activity);
    SetNumbered(row, "motion", seed, run.motion);
  }
}

RandomTanhNetwork NetworkOf(const Measurement& row) {
  return {static_cast<std::size_t>(row.settings.Number("units")), row.settings.Number("gain"), 1};
}

void MeasureParting(Measurement& row) {
  RandomTanhNetwork network = NetworkOf(row);
  network.Advance(500);
  RandomTanhNetwork neighbour = network.Neighbour(1e-8, 1);
  for (std::size_t k = 1; k <= 100; ++k) {
    SetNumbered(row, "distance", k, RandomTanhNetwork::Distance(network, neighbour));
    network.Advance(10);
    neighbour.Advance(10);
  }
}

void MeasureUnits(Measurement& row) {
  RandomTanhNetwork network = NetworkOf(row);
  for (std::size_t k = 1; k <= 100; ++k) {
    for (std::size_t unit = 0; unit < 4; ++unit) {
      SetNumbered(row, fmt::format("unit{}", unit + 1), k, ForTheEye(network.state()[unit]));
    }
    network.Advance(5);
  }
}

void AddNeuron(const Scope& scope, std::vector<Task>& tasks) {
  const auto add = [&](const char* series, Fields settings,
                       std::function<void(Measurement&)> measure) {
    tasks.push_back({.series = series,
                     .settings = std::move(settings),
                     .seed = 0,
                     .measure = std::move(measure)});
  };
  const bool quick = scope.profile == "quick";
  for (const double input : {0.95, 1.5, 3.0}) add("trace", {{"input", input}}, MeasureTrace);
  for (const double input : {0.0, 0.5, 0.9, 1.0, 1.01, 1.03, 1.1, 1.2, 1.35, 1.5,   1.75,  2.0,
                             2.5, 3.0, 4.0, 5.0, 6.0,  7.0,  8.0, 9.0, 10.0, 100.0, 1000.0}) {
    add("rate", {{"input", input}}, MeasureRate);
  }
  for (const double step_ms : {2.0, 1.0, 0.5, 0.25, 0.125, 0.0625}) {
    add("order", {{"step_ms", step_ms}}, MeasureOrder);
  }
  for (const double deviation : {0.2, 0.5, 1.0}) {
    for (const double input : {0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.0, 1.1, 1.2, 1.4, 1.7, 2.0}) {
      add("noise", {{"input", input}, {"deviation", deviation}, {"seconds", quick ? 6.0 : 61.0}},
          [seeds = scope.seeds](Measurement& row) { MeasureNoise(seeds, row); });
    }
  }
}

void AddRegulation(const Scope& scope, std::vector<Task>& tasks) {
  for (const std::string_view input : {kDoubledInput, kAddedInput}) {
    for (const std::string_view regulation : {kUnregulated, kLoop, kAdaptive}) {
      tasks.push_back(
          {.series = "regulation",
           .settings = {{"input", std::string(input)}, {"regulation", std::string(regulation)}},
           .seed = 0,
           .measure = [seeds = scope.seeds](Measurement& row) { MeasureRegulation(seeds, row); }});
    }
  }
  for (const double slow_ms : {1000.0, 2000.0, 5000.0}) {
    tasks.push_back(
        {.series = "return",
         .settings = {{"inverse_speed_ms", slow_ms}},
         .seed = 0,
         .measure = [seeds = scope.seeds](Measurement& row) { MeasureReturn(seeds, row); }});
  }
  for (const double speed : {0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0}) {
    tasks.push_back({.series = "speed",
                     .settings = {{"speed_tau", speed}},
                     .seed = 0,
                     .measure = MeasureSpeed});
  }
}

void AddLoops(const Scope& scope, std::vector<Task>& tasks) {
  const bool quick = scope.profile == "quick", full = scope.profile == "full";
  for (const CouplingName& each : kCouplings) {
    for (const double radius : {0.9, 0.98, 1.02, 1.1}) {
      tasks.push_back({.series = "loop",
                       .settings = {{"coupling", std::string(each.name)}, {"radius", radius}},
                       .seed = 0,
                       .measure = [coupling = each.coupling, seeds = scope.seeds](
                                      Measurement& row) { MeasureLoop(coupling, seeds, row); }});
    }
  }
  const std::vector<double> sizes = quick  ? std::vector<double>{32, 64}
                                    : full ? std::vector<double>{64, 128, 256, 512}
                                           : std::vector<double>{64, 128, 256};
  for (const double units : sizes) {
    for (const double gain : {0.6, 0.8, 1.2, 1.5, 2.0, 3.0}) {
      tasks.push_back(
          {.series = "chaos",
           .settings = {{"units", units}, {"gain", gain}, {"duration", quick ? 100.0 : 400.0}},
           .seed = 0,
           .measure = [seeds = scope.seeds](Measurement& row) { MeasureChaos(seeds, row); }});
    }
  }
  for (const double gain : {0.8, 1.5, 3.0}) {
    const Fields settings = {{"units", sizes.back()}, {"gain", gain}};
    tasks.push_back(
        {.series = "parting", .settings = settings, .seed = 0, .measure = MeasureParting});
    tasks.push_back({.series = "units", .settings = settings, .seed = 0, .measure = MeasureUnits});
  }
}

}  // namespace

std::vector<Task> NeuronTasks(const Scope& scope) {
  std::vector<Task> tasks;
  AddNeuron(scope, tasks);
  AddRegulation(scope, tasks);
  AddLoops(scope, tasks);
  return tasks;
}

}  // namespace lanegrad
