/// @file
/// How much of a spread comes from each of several causes, by itself and together with others,
/// where every combination of their levels was measured.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_STATISTICS_VARIANCE_COMPONENTS_H_
#define LANEGRAD_EXPERIMENTS_STATISTICS_VARIANCE_COMPONENTS_H_

#include <cstddef>
#include <span>
#include <vector>

#include "experiments/statistics/statistics.h"

namespace lanegrad {

/// A set of causes: bit i stands for cause number i. Never empty.
using CauseSet = std::size_t;

/// The variance of one result, split by the causes that were drawn at random. By set of causes:
/// what the causes of the set do together and no smaller set does; number 0 is unused.
struct VarianceSplit {
  std::size_t causes = 0;            ///< How many there are.
  std::vector<std::size_t> levels;   ///< How many levels of each were drawn.
  std::vector<double> mean_squares;  ///< Of the analysis of variance.
  std::vector<double> freedom;       ///< Degrees of freedom of each.
  std::vector<double> variances;     ///< Estimates; below zero by chance where one is small.
  /// The sets that hold `cause`: all that is gone once its level is fixed.
  std::vector<CauseSet> With(std::size_t cause) const;
  /// All sets of two causes or more: what no cause does by itself.
  std::vector<CauseSet> Together() const;
  /// All sets: the variance of one result.
  std::vector<CauseSet> All() const;
  /// The sum of the estimates of `sets`.
  double Sum(std::span<const CauseSet> sets) const;
};

/// Splits the variance of results y[(a * levels[1] + b) * levels[2] + c], ..., one for every
/// combination of levels, at least two of each cause. The estimate is that of the analysis of
/// variance with random effects and all interactions, without bias whatever the interactions are:
/// with mean squares M and n_i levels of cause i,
///
///     v(S) = sum over T that hold S of (-1)^(|T| - |S|) M(T)  /  product of n_i, i not in S.
///
/// There is one result a combination, so what all causes do together holds whatever else there is;
/// of trainings that are the same to the last bit there is nothing else. [Cornfield and Tukey 1956;
/// Searle, Casella and McCulloch 1992, chapter 4]
VarianceSplit SplitVariance(std::span<const double> y, std::span<const std::size_t> levels);

/// What the variances may be, given their mean squares: generalized pivots, in which each M(S) is
/// replaced by M(S) f(S) / chi^2 with f(S) degrees of freedom, the chi^2 drawn from stream
/// kBootstrap of seed 1. They assume normal effects. [Weerahandi 1993; Hannig, Iyer and Patterson
/// 2006]
class VariancePivots {
 public:
  /// `draws` times; the work is draws times results.
  explicit VariancePivots(const VarianceSplit& split, std::size_t draws = 1999);
  /// The interval of a sum of variances, not below zero.
  Interval Sum(std::span<const CauseSet> sets, double level = 0.95) const;
  /// The share of draws in which the variance of `cause` by itself is above zero and larger than
  /// that of each other cause by itself.
  double LargestShare(std::size_t cause) const;

 private:
  const std::size_t causes_;
  std::vector<std::vector<double>> draws_;  // each by set
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_STATISTICS_VARIANCE_COMPONENTS_H_
