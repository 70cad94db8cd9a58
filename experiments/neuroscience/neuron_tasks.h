/// @file
/// What the experiment on section 2.2 measures, row by row: one neuron, a neuron that regulates
/// itself, and neurons in loops.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_NEUROSCIENCE_NEURON_TASKS_H_
#define LANEGRAD_EXPERIMENTS_NEUROSCIENCE_NEURON_TASKS_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"

namespace lanegrad {

/// The time between two values of a voltage trace, in ms.
inline constexpr double kTraceStepMs = 0.25;
/// The time between two values of a rate that returns to its target, in ms.
inline constexpr double kRateStepMs = 100.0;
/// A rate without regulation, as records call it.
inline constexpr std::string_view kUnregulated = "no feedback";
/// A rate that inhibits itself through a loop, as records call it.
inline constexpr std::string_view kLoop = "recurrent inhibition";
/// A rate that a threshold regulates, as records call it.
inline constexpr std::string_view kAdaptive = "adaptive threshold";
/// An input that has doubled, as records call it.
inline constexpr std::string_view kDoubledInput = "doubled";
/// An input to which as much was added as doubles a rate without regulation.
inline constexpr std::string_view kAddedInput = "as much added";

/// All rows, by series:
///
/// | series       | a row is                    | its values                                     |
/// |:-------------|:----------------------------|:-----------------------------------------------|
/// | `trace`      | a constant input            | the voltage in time                            |
/// | `rate`       | a constant input            | the rate by formula and by simulations         |
/// | `order`      | a step                      | the errors of each way to integrate            |
/// | `noise`      | a noisy input               | Siegert's rate, and simulated ones, by seed    |
/// | `regulation` | a change, a regulation      | the rate in time, and what is left, by seed    |
/// | `return`     | a speed of the threshold    | the time constant of the return, by seed       |
/// | `speed`      | a speed, without noise      | how low the rate falls, and when it settles    |
/// | `loop`       | a coupling, and its radius  | eigenvalues, and how a state grows, by seed    |
/// | `chaos`      | a size and a gain           | the Lyapunov exponent and the activity, by seed|
/// | `parting`    | a gain                      | the distance of two neighbours in time         |
/// | `units`      | a gain                      | the states of four units in time               |
std::vector<Task> NeuronTasks(const Scope& scope);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_NEUROSCIENCE_NEURON_TASKS_H_
