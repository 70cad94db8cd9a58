/// @file
/// An integrate-and-fire neuron whose input is noisy: the rate that theory gives it, and the rate
/// that a simulation has.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_NEUROSCIENCE_NOISY_NEURON_H_
#define LANEGRAD_EXPERIMENTS_NEUROSCIENCE_NOISY_NEURON_H_

#include <cstdint>

#include "experiments/neuroscience/integrate_and_fire.h"

namespace lanegrad {

/// An input with white noise on it, in units of the neuron's threshold:
///
///     tau dv/dt = -v + mean + deviation sqrt(tau) xi(t).
///
/// A voltage that never fired would have the standard deviation `deviation` / sqrt(2).
struct NoisyInput {
  double mean = 0.0;       ///< Its mean.
  double deviation = 0.0;  ///< Its noise; above 0.
};

/// The mean rate under such an input, in Hz: Siegert's formula,
///
///     1/f = t_ref + tau sqrt(pi) * integral of e^(u^2) (1 + erf u) du
///                                  from -mean / deviation to (1 - mean) / deviation,
///
/// which is t_ref + tau * integral over s > 0 of e^(-s^2) (e^(2bs) - e^(2as)) / s, with a and b for
/// the two ends. Computed in that form, by the trapezoidal rule in ln s; relative error
/// below 1e-10. 0 where it would be below 1e-250 Hz. Deviations from 0.001 to 100.
/// [Siegert 1951; Amit and Tsodyks 1991; Brunel 2000]
double SiegertRate(const IntegrateAndFire& neuron, const NoisyInput& input);

/// What a simulation knows of the time between two of its steps.
enum class BetweenSteps {
  kNothing,  ///< A voltage that is below the threshold before and after has not crossed it.
  kBridge,   ///< It has, with the probability with which Brownian motion between them would have.
};

/// The rate of a simulated neuron, in Hz: spikes over `duration_ms`, of which the first second
/// does not count. The voltage is advanced by the exact law of a step; its normal variates are
/// those of substream 0 of Stream::kNoise. [Giraudo and Sacerdote 1999, for the bridge]
double NoisyRate(const IntegrateAndFire& neuron, const NoisyInput& input, BetweenSteps between,
                 double step_ms, double duration_ms, std::uint64_t seed);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_NEUROSCIENCE_NOISY_NEURON_H_
