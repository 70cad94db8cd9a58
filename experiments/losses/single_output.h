/// @file
/// What losses do to one output: their shape, what they ask for, and how fast they get there.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LOSSES_SINGLE_OUTPUT_H_
#define LANEGRAD_EXPERIMENTS_LOSSES_SINGLE_OUTPUT_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "kernels/loss.h"

namespace lanegrad {

/// Losses and slopes, a sample of one output each.
struct SampleLosses {
  std::vector<double> losses;  ///< E(a_i, y_i).
  std::vector<float> slopes;   ///< dE/da_i.
};

/// The kernel's answers for outputs a and targets y, which are equally many.
SampleLosses EvaluateEach(Loss loss, std::span<const float> a, std::span<const float> y);

/// The one output for all targets with the least mean loss, to 1e-6: by bisection on the sign of
/// the kernel's mean slope, which must not fall between `low` and `high`. Where the slope is zero
/// on an interval, a point of it.
double LeastLossOutput(Loss loss, std::span<const float> targets, double low, double high);

/// Steps of gradient descent until a unit that is wrong and sure changes its mind: one sigmoid,
/// one weight from an input of 1, one bias, target 0, weighted input `z` > 0 at first; until it is
/// at most 0. In double. At most `most` steps.
double StepsToTurn(bool cross_entropy, double z, double rate, double most = 1e7);

/// The same for steps that are infinitely small: the closed integral of dz / (2 rate dE/dz).
/// Squared error: (e^z + 3 z - 3 e^-z - e^-2z / 2 + 5/2) / (4 rate); cross-entropy:
/// (z - e^-z + 1) / (2 rate).
double TurningTime(bool cross_entropy, double z, double rate);

/// The mean loss over `inputs` and `targets` of one unit f(w x + b), where f is the output that is
/// usual with the loss: at (w, b) of every pair of `places`, row after row; w grows along a row, b
/// falls from row to row.
std::vector<double> UnitPlane(Loss loss, std::span<const float> inputs,
                              std::span<const float> targets, std::span<const double> places);

/// The share of random chords of that surface, with both ends in a square of half side `reach`,
/// whose middle lies above their mean by more than 1e-5: 0 where the loss is a convex function of
/// weight and bias.
double BrokenChords(Loss loss, std::span<const float> inputs, std::span<const float> targets,
                    double reach, std::size_t chords, std::uint64_t seed);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LOSSES_SINGLE_OUTPUT_H_
