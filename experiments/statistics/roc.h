/// @file
/// How well a number tells two groups apart.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_STATISTICS_ROC_H_
#define LANEGRAD_EXPERIMENTS_STATISTICS_ROC_H_

#include <span>

namespace lanegrad {

/// The probability that one of `flagged` is larger than one of `others`, ties counting half: 1
/// where a number tells the two apart, 1/2 where it says nothing. NaN where either is empty. Exact
/// but for the last division. Cost: sorting. [Hanley and McNeil 1982: the area under the ROC curve]
double ProbabilityLarger(std::span<const double> flagged, std::span<const double> others);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_STATISTICS_ROC_H_
