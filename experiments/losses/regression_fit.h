/// @file
/// Losses of numbers at work: a line through points of which some are wrong, and a rate of counts.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LOSSES_REGRESSION_FIT_H_
#define LANEGRAD_EXPERIMENTS_LOSSES_REGRESSION_FIT_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/loss.h"

namespace lanegrad {

/// FitPoints in the plane.
struct FitPoints {
  std::vector<float> x;  ///< Inputs.
  std::vector<float> y;  ///< Targets, as many.
};

/// A line y = weight x + bias.
struct FittedLine {
  double weight = 0.0;  ///< Its slope.
  double bias = 0.0;    ///< Its height at 0.
};

/// The line that the points of NoisyLine() are about.
inline constexpr FittedLine kTrueLine = {2.0, 1.0};
/// The logarithm of the rate of the counts of CountedPoints().
inline constexpr FittedLine kTrueLogRate = {1.5, 0.5};

/// FitPoints about kTrueLine, x uniform in [-1, 1), normal noise of deviation 0.3. A share of them
/// lies 8 lower. The same seed has the same points, whatever the share.
FitPoints NoisyLine(std::uint64_t seed, std::size_t count, double outliers);

/// Counts y from Poisson's distribution of mean exp(kTrueLogRate), x uniform in [-1, 1).
FitPoints CountedPoints(std::uint64_t seed, std::size_t count);

/// Trains one linear unit on all points with the loss: gradient descent of so many steps at a rate
/// that falls to zero along a line. For losses of one number and `poisson`.
FittedLine FitUnit(Loss loss, const FitPoints& points, std::size_t steps, float rate);

/// Least squares, in closed form: the oracle of FitUnit(mse).
FittedLine LeastSquares(const FitPoints& points);

/// Fits y = exp(weight x + bias) by Fisher's scoring, in double: with the loss of Poisson, or with
/// the squared error of the same model. 100 steps, each at most 1/2 long.
FittedLine FitLogRate(const FitPoints& counts, bool squared_error);

/// The root of the mean squared distance of two lines for x uniform in [-1, 1].
double DistanceOf(const FittedLine& a, const FittedLine& b);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LOSSES_REGRESSION_FIT_H_
