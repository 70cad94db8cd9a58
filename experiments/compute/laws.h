/// @file
/// What is read off the records of chapter 5.1: the law of error over work, instruction sets, and
/// the bounds of a step.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPUTE_LAWS_H_
#define LANEGRAD_EXPERIMENTS_COMPUTE_LAWS_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "experiments/compute/frontier.h"
#include "experiments/forward_ladder/pace.h"
#include "experiments/statistics/power_law.h"

namespace lanegrad {

/// Mean error on test samples, 1 - accuracy; at least a millionth.
double MeanError(std::span<const double> accuracy);

/// The law of the mean errors of the best widths over the budgets.
struct WorkLaw {
  PowerLaw law;             ///< With or without offset, whichever FitBetterPowerLaw() takes.
  std::size_t budgets = 0;  ///< To how many it was fitted; of fewer than three, none is.
};
WorkLaw WorkLawOf(const std::vector<Budget>& budgets);

/// One instruction set.
struct TargetPace {
  std::string name;      ///< "AVX2".
  double differs = 0.0;  ///< Whether its training has another digest: 0 or 1.
  Pace train;            ///< Samples a second.
  Pace forward;          ///< Samples a second.
};

/// All of the machine that recorded, the slowest kind first.
std::vector<TargetPace> TargetsOf(const Evidence& evidence);

/// Operations a second that a row of "shape" can reach at most: peak_flops, or its operations per
/// byte times read_bytes, whichever is less.
double RoofOf(const Measurement& shape);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPUTE_LAWS_H_
