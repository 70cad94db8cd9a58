// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/integrate_and_fire.h"

#include <cmath>
#include <stdexcept>

#include "kernels/elementary.h"

namespace lanegrad {

MembraneStep::MembraneStep(const IntegrateAndFire& neuron, Integration integration, double step_ms)
    : neuron_(neuron),
      integration_(integration),
      step_ms_(step_ms),
      decay_(0.0),
      on_grid_(integration == Integration::kEuler || integration == Integration::kExactOnGrid),
      silent_ms_(neuron.refractory_ms) {
  if (!(step_ms > 0.0) || !(neuron.tau_ms > 0.0) || !(neuron.refractory_ms >= 0.0)) {
    throw std::invalid_argument("a neuron needs a step and a time constant above 0");
  }
  if (!on_grid_ && step_ms > neuron.refractory_ms) {
    throw std::invalid_argument("spikes between steps need steps no longer than the silence");
  }
  decay_ = Exponential(-step_ms / neuron.tau_ms);
  if (on_grid_) silent_ms_ = step_ms * std::round(neuron.refractory_ms / step_ms);
}

// [membrane-voltage]
double MembraneStep::Voltage(double voltage, double current, double part_ms) const {
  const double share = part_ms / neuron_.tau_ms;
  switch (integration_) {
    case Integration::kEuler:
      return voltage + share * (current - voltage);
    case Integration::kMidpoint: {
      const double middle = voltage + 0.5 * share * (current - voltage);
      return voltage + share * (current - middle);
    }
    default: {
      const double decay = part_ms == step_ms_ ? decay_ : Exponential(-share);
      return current + decay * (voltage - current);
    }
  }
}
// [membrane-voltage]

double MembraneStep::Crossing(double voltage, double after, double current, double part_ms) const {
  if (on_grid_) return part_ms;
  if (integration_ == Integration::kMidpoint) return part_ms * (1.0 - voltage) / (after - voltage);
  return neuron_.tau_ms * Logarithm((current - voltage) / (current - 1.0));
}

// [membrane-step]
std::optional<double> MembraneStep::Advance(double current, Membrane& membrane) const {
  if (membrane.silent_ms >= 0.999999 * step_ms_) {
    membrane.silent_ms -= step_ms_;
    return {};
  }
  // What is left of the step after the silence. On the grid silences are whole steps, and what
  // is left of one is rounding.
  const double silent = on_grid_ ? 0.0 : std::fmax(membrane.silent_ms, 0.0);
  membrane.silent_ms = 0.0;
  const double part = step_ms_ - silent;
  const double after = Voltage(membrane.voltage, current, part);
  if (!(after >= 1.0)) {
    membrane.voltage = after;
    return {};
  }
  const double spike = silent + Crossing(membrane.voltage, after, current, part);
  membrane.voltage = 0.0;
  membrane.silent_ms = silent_ms_ - (step_ms_ - spike);
  return spike;
}
// [membrane-step]

// [firing-rate]
double FiringRate(const IntegrateAndFire& neuron, double current) {
  if (!(current > 1.0)) return 0.0;
  const double climb_ms = neuron.tau_ms * Logarithm(current / (current - 1.0));
  return 1000.0 / (neuron.refractory_ms + climb_ms);
}
// [firing-rate]

double SimulatedRate(const IntegrateAndFire& neuron, Integration integration, double step_ms,
                     double current, std::size_t intervals, double limit_ms) {
  const MembraneStep step(neuron, integration, step_ms);
  Membrane membrane;
  double first = -1.0;
  std::size_t spikes = 0;
  for (std::size_t k = 0; static_cast<double>(k) * step_ms < limit_ms; ++k) {
    const std::optional<double> spike = step.Advance(current, membrane);
    if (!spike) continue;
    const double time = static_cast<double>(k) * step_ms + *spike;
    if (spikes == 0) first = time;
    if (spikes == intervals) return 1000.0 * static_cast<double>(intervals) / (time - first);
    ++spikes;
  }
  return 0.0;
}

double VoltageError(const IntegrateAndFire& neuron, Integration integration, std::size_t steps,
                    double current) {
  // The voltage alone: a silence as long as a step keeps every way of integration content.
  const double step_ms = neuron.tau_ms / static_cast<double>(steps);
  const MembraneStep step({.tau_ms = neuron.tau_ms, .refractory_ms = step_ms}, integration,
                          step_ms);
  Membrane membrane;
  for (std::size_t k = 0; k < steps; ++k) step.Advance(current, membrane);
  return std::fabs(membrane.voltage - current * (1.0 - Exponential(-1.0)));
}

}  // namespace lanegrad
