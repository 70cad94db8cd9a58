/// @file
/// Linear least squares, in double and in a fixed order: the same bits on every machine.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_APPROXIMATION_LEAST_SQUARES_H_
#define LANEGRAD_EXPERIMENTS_APPROXIMATION_LEAST_SQUARES_H_

#include <span>
#include <vector>

namespace lanegrad {

/// The weights w that make small
///
///     |sum_j w_j columns[j] - y|^2  +  damping^2 |w|^2
///
/// by Householder reflections, without forming the normal equations, whose condition is the
/// square of this problem's. [Golub 1965] With damping > 0 there is one solution whatever the
/// columns; with 0 they must be independent. All columns are as long as y. Throws
/// std::invalid_argument where they are not. Cost: 2 n^2 (m + n) for n columns of m numbers.
std::vector<double> LeastSquares(std::vector<std::vector<double>> columns,
                                 std::span<const double> y, double damping);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_APPROXIMATION_LEAST_SQUARES_H_
