/// @file
/// A neuron that keeps its own rate: what becomes of it when its input changes, without any
/// feedback, with a recurrent loop that inhibits it, and with a threshold that adapts.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_NEUROSCIENCE_HOMEOSTASIS_H_
#define LANEGRAD_EXPERIMENTS_NEUROSCIENCE_HOMEOSTASIS_H_

#include <cstdint>
#include <span>
#include <vector>

namespace lanegrad {

/// A rate neuron, with what regulates it. Its rate r is in units of its target, so the target is 1:
///
///     tau dr/dt    = -r + max(0, x - loop_gain r - theta) + noise,
///     dtheta/dt = speed (r - 1).
///
/// The loop is *proportional* feedback: it answers to the rate. The threshold is *integral*
/// feedback: it moves for as long as the rate is wrong. [Turrigiano and Nelson 2004, for the
/// biology; Astrom and Murray 2008, chapter 10, for the two kinds of feedback]
struct RegulatedNeuron {
  double tau_ms = 20.0;    ///< How fast the rate follows its input.
  double loop_gain = 0.0;  ///< Of a recurrent inhibition; 0: none.
  double speed = 0.0;      ///< Of the threshold, in 1/ms; 0: it stays.
  double noise = 0.0;      ///< Standard deviation of the rate by noise, without feedback.
};

/// How the input of a neuron changes. Without a loop both are the same.
enum class InputChange {
  kDoubled,  ///< It becomes twice what it was: with a loop, 2 (1 + loop_gain).
  kAdded,    ///< 1 is added: what would double the rate of a neuron without a loop.
};

/// The rate after the input has changed, at the end of every millisecond. Before, the neuron was at
/// its target and at rest. Steps of 0.1 ms; substream 2 of Stream::kNoise.
std::vector<double> RatesAfter(InputChange change, const RegulatedNeuron& neuron,
                               double duration_ms, std::uint64_t seed);

/// The time constant T, in ms, of the exponential c e^(-t/T) that fits `deviations`, one a
/// millisecond, best: least squares in c and T. T is looked for up to the length of the
/// deviations and down to a thousandth of it, by golden sections of ln T to within 1e-7.
double FitTimeConstant(std::span<const double> deviations);

/// The time constant that theory gives to the return of a homeostatic neuron, in ms: that of the
/// slower root of tau s^2 + s + speed = 0, which is 1 / speed where speed * tau is small. Where
/// speed * tau > 1/4 both roots are complex, the return rings, and this is that of its envelope.
double ReturnTimeConstant(const RegulatedNeuron& neuron);

/// When the rate has come within `tolerance` of its target to stay there, in ms; the length of
/// `rates`, one a millisecond, where it never does.
double SettlingTime(std::span<const double> rates, double tolerance);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_NEUROSCIENCE_HOMEOSTASIS_H_
