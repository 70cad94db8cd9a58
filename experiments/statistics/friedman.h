/// @file
/// Are several settings different at all, judged by their ranks only? Friedman's test,
/// and the critical difference of Nemenyi, which says whose ranks are far apart.
///
/// A *block* is what the settings share: here a seed, which gives every setting the
/// same held-out samples and the same stream of random numbers. Ranks are taken inside
/// a block, so that a seed that is easy for all helps none.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_STATISTICS_FRIEDMAN_H_
#define LANEGRAD_EXPERIMENTS_STATISTICS_FRIEDMAN_H_

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace lanegrad {

/// Ranks of values, the largest first: rank 1. Equal values share the mean of their
/// ranks. No value is NaN.
std::vector<double> RanksFromLargest(std::span<const double> values);

/// What Friedman's test says of k settings in n blocks.
struct FriedmanTest {
  std::size_t settings = 0;    ///< k.
  std::size_t blocks = 0;      ///< n.
  std::vector<double> ranks;   ///< Mean rank of each setting; 1 would be first in every block.
  double chi_squared = 0.0;    ///< Friedman's statistic, corrected for ties.
  double chi_squared_p = 1.0;  ///< Its p value: chi-squared with k - 1 degrees of freedom.
  double f = 0.0;              ///< Iman and Davenport's better statistic.
  double p = 1.0;              ///< Its p value: F with k - 1 and (k - 1)(n - 1) degrees.
};

/// Tests whether all settings are equal. `values[i][j]` is setting i in block j, larger
/// is better; at least two settings and two blocks, none NaN. Where every block agrees on
/// the order, F has no bound, and p is the chance that all blocks agree with the first,
/// 1 / (k!)^(n-1). [Friedman 1937; Iman and Davenport 1980; Demsar 2006, section 3.2.2]
FriedmanTest Friedman(std::span<const std::vector<double>> values);

/// The probability that the range of `k` standard normal values is at most `q`: the
/// distribution of the studentized range with unlimited degrees of freedom,
///
///     k * integral of phi(z) (Phi(z) - Phi(z - q))^(k-1) dz.
///
/// Absolute error below 1e-10. k is at least 2. [Tukey 1953; Harter 1960]
double RangeProbability(double q, std::size_t k);

/// The q with RangeProbability(q, k) = probability, which lies in (0, 1).
double RangeQuantile(double probability, std::size_t k);

/// Nemenyi's critical difference: mean ranks of k settings over n blocks that lie further
/// apart differ at `level`, all k(k-1)/2 pairs judged together. [Nemenyi 1963; Demsar
/// 2006, equation in section 3.2.2, whose q is RangeQuantile / sqrt(2)]
double CriticalDifference(std::size_t k, std::size_t n, double level = 0.05);

/// Groups of settings between which no difference is shown: each a run of neighbours in
/// the order of ranks, from the first to the last place in `sorted_ranks` whose ranks lie
/// at most `critical` apart. Only groups of two or more that no other group contains.
std::vector<std::pair<std::size_t, std::size_t>> RankGroups(std::span<const double> sorted_ranks,
                                                            double critical);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_STATISTICS_FRIEDMAN_H_
