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

/// Points in the plane.
struct Points {
  std::vector<float> x, y;  ///< Equally many.
};

/// A line y = weight x + bias.
struct Line {
  double weight = 0.0;  ///< Its slope.
  double bias = 0.0;    ///< Its height at 0.
};

/// The line that the points of NoisyLine() are about.
inline constexpr Line kTrueLine = {2.0, 1.0};
/// The logarithm of the rate of the counts of CountedPoints().
inline constexpr Line kTrueLogRate = {1.5, 0.5};

/// Points about kTrueLine, x uniform in [-1, 1), normal noise of deviation 0.3. A share of them
/// lies 8 lower. The same seed has the same points, whatever the share.
Points NoisyLine(std::uint64_t seed, std::size_t count, double outliers);

/// Counts y from Poisson's distribution of mean exp(kTrueLogRate), x uniform in [-1, 1).
Points CountedPoints(std::uint64_t seed, std::size_t count);

/// Trains one linear unit on all points with the loss: gradient descent of so many steps at a rate
/// that falls to zero along a line. For losses of one number and `poisson`.
Line FitUnit(Loss loss, const Points& points, std::size_t steps, float rate);

/// Least squares, in closed form: the oracle of FitUnit(mse).
Line LeastSquares(const Points& points);

/// Fits y = exp(weight x + bias) by Fisher's scoring, in double: with the loss of Poisson, or with
/// the squared error of the same model. 100 steps, each at most 1/2 long.
Line FitLogRate(const Points& counts, bool squared_error);

/// The root of the mean squared distance of two lines for x uniform in [-1, 1].
double DistanceOf(const Line& a, const Line& b);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LOSSES_REGRESSION_FIT_H_
