/// @file
/// Whether numbers of ours agree with a published one.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_STATISTICS_CONFORMITY_H_
#define LANEGRAD_EXPERIMENTS_STATISTICS_CONFORMITY_H_

#include <span>
#include <string_view>

#include "experiments/statistics/statistics.h"

namespace lanegrad {

/// How near ours are to a published number, from near to far.
enum class Conformity {
  kExact,            ///< Our mean has the digits that were published.
  kWithinSpread,     ///< One more run of ours might well be the published one.
  kWithinTolerance,  ///< It might not, but the difference is as small as was allowed.
  kShapeOnly,        ///< It is larger, but the order in its table is the same: see SameShape().
  kDiffers,          ///< None of these.
};

/// "exact", "within spread", "within tolerance", "shape only", "differs".
std::string_view ConformityName(Conformity conformity);

/// Half a unit of the last digit of a number as it was printed: 0.0005 of "0.871".
double HalfUnitOf(std::string_view printed);

/// Where one more value may be expected, at `level`, given those: Student's prediction interval,
/// mean +- t s sqrt(1 + 1/n). NaN of fewer than two. [Geisser 1993, section 2.2]
Interval PredictionInterval(std::span<const double> values, double level = 0.95);

/// Spearman's rank correlation of `a` and `b`, equally long; equal numbers share their mean rank.
/// NaN where either has no two that differ. [Spearman 1904]
double RankCorrelation(std::span<const double> a, std::span<const double> b);

/// Whether two tables of at least four rows have about the same order: a rank correlation of at
/// least 0.8.
bool SameShape(std::span<const double> ours, std::span<const double> published);

/// Compares `values`, one a seed, at least one, with a number as it was printed, which is taken for
/// a single run of somebody's: most tables have no more. Never kShapeOnly, which a number alone
/// cannot have.
Conformity Conform(std::span<const double> values, std::string_view printed, double tolerance);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_STATISTICS_CONFORMITY_H_
