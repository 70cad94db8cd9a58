/// @file
/// How good a setting is with little tuning: the best of k trials, expected.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPARISON_EXPECTED_BEST_H_
#define LANEGRAD_EXPERIMENTS_COMPARISON_EXPECTED_BEST_H_

#include <span>
#include <vector>

namespace lanegrad {

/// The expected largest of k values drawn from `values` without replacement, for k = 1,
/// 2, ..., n; empty of nothing. With v_(1) <= ... <= v_(n) it is
///
///     sum over i of v_(i) C(i-1, k-1) / C(n, k),
///
/// the mean over all subsets of size k. It never falls with k, begins at the mean and ends
/// at the largest value. The curve of Dodge et al. [2019, "Show your work", EMNLP, equation
/// 7] draws with replacement, which is biased downwards; this is its unbiased form.
/// [Tang et al. 2020, "Showing your work doesn't always work", ACL, equation 4]
/// No value is NaN. Cost: O(n^2).
std::vector<double> ExpectedBest(std::span<const double> values);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPARISON_EXPECTED_BEST_H_
