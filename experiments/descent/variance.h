/// @file
/// How much of a spread comes from each of three causes that are varied one by one.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_DESCENT_VARIANCE_H_
#define LANEGRAD_EXPERIMENTS_DESCENT_VARIANCE_H_

#include <array>
#include <cstddef>
#include <span>

namespace lanegrad {

/// Variances that add up to that of one result.
struct VarianceParts {
  std::array<double, 3>
      causes;   ///< Of each cause by itself; below zero by chance where it is small.
  double rest;  ///< Of what the causes do together.
};

/// Splits the variance of results that were measured for every combination of so many levels of
/// three causes, each drawn at random: y[(a * levels[1] + b) * levels[2] + c]. At least two levels
/// each. The estimate is that of the analysis of variance with random effects, all interactions
/// counted as rest. [Searle, Casella and McCulloch 1992, chapter 4]
VarianceParts SplitVariance(std::span<const double> y, std::array<std::size_t, 3> levels);

/// The share of `resamples` in which the cause number `cause` has more variance than each of the
/// other two; of no variance at all, none has. Whole levels of each cause are drawn again, with
/// replacement, from stream kBootstrap of seed 1. [Owen 2007, "The pigeonhole bootstrap"]
double LargestCauseShare(std::span<const double> y, std::array<std::size_t, 3> levels,
                         std::size_t cause, std::size_t resamples);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_DESCENT_VARIANCE_H_
