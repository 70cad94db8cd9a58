/// @file
/// The largest eigenvalues of a symmetric matrix: of a covariance matrix, the variances along its
/// principal components.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_STATISTICS_LEADING_EIGENVALUES_H_
#define LANEGRAD_EXPERIMENTS_STATISTICS_LEADING_EIGENVALUES_H_

#include <cstddef>
#include <span>
#include <vector>

namespace lanegrad {

/// The `count` largest eigenvalues, falling, of a symmetric matrix without negative ones, `size`
/// rows of `size` numbers; fewer where `size` is less. By power iteration from a fixed start, and
/// deflation: each one that is found is subtracted. Every sum is taken in one order, so that the
/// bits are the same on every machine. Relative error about 1e-12 where neighbouring eigenvalues
/// differ by a hundredth or more. Throws std::invalid_argument where the matrix is not square.
/// Cost: 2 size^2 flops an iteration; tens to hundreds of iterations each.
/// [Golub and Van Loan 2013, sections 8.2 and 7.3.1]
std::vector<double> LeadingEigenvalues(std::span<const double> matrix, std::size_t size,
                                       std::size_t count);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_STATISTICS_LEADING_EIGENVALUES_H_
