/// @file
/// The scatter matrix of samples of bytes, without any rounding.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CONFORMANCE_CENTRED_SCATTER_H_
#define LANEGRAD_EXPERIMENTS_CONFORMANCE_CENTRED_SCATTER_H_

#include <vector>

#include "network/dataset.h"

namespace lanegrad {

/// The covariance matrix of the samples' features, times the square of their number:
///
///     n sum_s x(s, i) x(s, j) - sum_s x(s, i) sum_s x(s, j),
///
/// features rows of as many numbers, in units of a byte. Every number is exact: 256 products of two
/// bytes add up to less than 2^24, which a float holds, and all else to less than 2^53, which a
/// double holds. Throws DataError where the samples are no bytes, or more than 2^18. Cost: 2 n
/// features^2 flops.
std::vector<double> CentredScatter(const Samples& samples);

/// The explained fractions of the `count` first principal components: the largest eigenvalues of
/// the covariance matrix, over the sum of all. Scale of the samples cancels.
std::vector<double> ExplainedFractions(const Samples& samples, std::size_t count);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CONFORMANCE_CENTRED_SCATTER_H_
