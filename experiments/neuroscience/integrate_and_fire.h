/// @file
/// The leaky integrate-and-fire neuron: its voltage, its spikes, and the rate at which it fires.
/// A point in space, with one time constant and no adaptation.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_NEUROSCIENCE_INTEGRATE_AND_FIRE_H_
#define LANEGRAD_EXPERIMENTS_NEUROSCIENCE_INTEGRATE_AND_FIRE_H_

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace lanegrad {

/// A leaky integrate-and-fire neuron. Its voltage v is measured from rest in units of the
/// threshold, its input current i in units of the smallest current that makes it fire:
///
///     tau dv/dt = -v + i(t);   where v reaches 1 it fires, v becomes 0 and stays so for a while.
///
/// [Lapicque 1907; Gerstner, Kistler, Naud and Paninski 2014, section 1.3]
struct IntegrateAndFire {
  double tau_ms = 20.0;        ///< Time constant of the membrane, in ms.
  double refractory_ms = 2.0;  ///< How long it is silent after a spike, in ms.
};

/// What a neuron remembers.
struct Membrane {
  double voltage = 0.0;    ///< In units of the threshold.
  double silent_ms = 0.0;  ///< How long it will still be silent.
};

/// How a voltage is taken from one step to the next, and where in the step a spike may lie.
enum class Integration {
  kEuler,        ///< Along the tangent; spikes at the ends of steps. First order.
  kExactOnGrid,  ///< By the solution of the equation; spikes at the ends of steps. First order.
  kMidpoint,  ///< Midpoint rule; spikes by linear interpolation. Second order. [Hansel et al. 1998]
  kExact,     ///< By the solution, spikes where it crosses the threshold. No error but rounding.
};

/// A way to integrate, with its name.
struct IntegrationName {
  Integration integration;  ///< The way.
  std::string_view name;    ///< In records and figures: "euler".
};

/// All of them.
inline constexpr std::array<IntegrationName, 4> kIntegrations = {{
    {Integration::kEuler, "Euler, spikes on the grid"},
    {Integration::kExactOnGrid, "exact voltage, spikes on the grid"},
    {Integration::kMidpoint, "midpoint rule, spikes interpolated"},
    {Integration::kExact, "exact voltage and spikes"},
}};

/// One neuron, step by step. Any number of membranes may share one.
class MembraneStep {
 public:
  /// Steps of `step_ms` > 0. Throws std::invalid_argument where it is not, where the neuron's time
  /// constant is not positive or its silence negative, or where spikes lie between the ends of
  /// steps that are longer than the silence after one: there could be two in a step.
  MembraneStep(const IntegrateAndFire& neuron, Integration integration, double step_ms);

  /// Takes a membrane through one step in which the current stays the same. Where it fires, the
  /// time of the spike from the beginning of the step, in ms.
  std::optional<double> Advance(double current, Membrane& membrane) const;

  double step_ms() const { return step_ms_; }  ///< The length of a step, in ms.

 private:
  // The voltage after a part of a step.
  double Voltage(double voltage, double current, double part_ms) const;
  // When in a part of a step the voltage crosses the threshold; it is beyond it at the end.
  double Crossing(double voltage, double after, double current, double part_ms) const;

  IntegrateAndFire neuron_;
  Integration integration_;
  double step_ms_;
  double decay_;      // exp(-step / tau): what is left of a voltage after a whole step.
  bool on_grid_;      // Whether spikes lie at the ends of steps.
  double silent_ms_;  // After a spike; of whole steps, where spikes are on the grid.
};

/// The rate at which the neuron fires under a constant current, in Hz:
///
///     f(i) = 1 / (t_ref + tau ln(i / (i - 1)))   for i > 1, else 0.
///
/// Bounded by 1 / t_ref. [Gerstner et al. 2014, section 1.3]
double FiringRate(const IntegrateAndFire& neuron, double current);

/// The rate of a simulated neuron, in Hz: the first spike and `intervals` more, over the time
/// between first and last. 0 where it has not fired so often after `limit_ms`.
double SimulatedRate(const IntegrateAndFire& neuron, Integration integration, double step_ms,
                     double current, std::size_t intervals, double limit_ms = 60'000.0);

/// How far the voltage is from the exact one, from rest towards a current below the threshold,
/// at time tau: the largest error on the way would be there. `steps` steps.
double VoltageError(const IntegrateAndFire& neuron, Integration integration, std::size_t steps,
                    double current);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_NEUROSCIENCE_INTEGRATE_AND_FIRE_H_
