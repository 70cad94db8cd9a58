/// @file
/// Where a series of measurements changes its level, and how often that is said of one that
/// does not.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_STATISTICS_CHANGE_POINT_H_
#define LANEGRAD_EXPERIMENTS_STATISTICS_CHANGE_POINT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace lanegrad {

/// One change of level.
struct LevelChange {
  std::size_t begin = 0;  ///< The first value of the new level; two at least are on each side.
  double p = 1.0;         ///< Of no change in the stretch that it divides, for both searches.
};

/// The changes of level of `values`, by growing place. A stretch is tested for one change by
/// the largest difference of mean ranks over all places that divide it, against random orders
/// of the stretch; and where that shows none, for two, there and back again, by the largest
/// difference of an inner arc from the rest; p is twice that of either. A change is put where
/// the values lie closest to the medians of both sides, and what it divides is searched again
/// at half the level. A series of which any order is as likely as any other, one without
/// change or trend, has a change in at most a share `level` of cases. Random orders are drawn
/// by seed 0 and `series`, `orders` at most, and no more than decide. Cost: n^2 a drawn order.
/// [Pettitt 1979; Olshen et al. 2004; Besag and Clifford 1991]
std::vector<LevelChange> FindLevelChanges(std::span<const double> values, double level,
                                          std::size_t orders, std::uint64_t series);

/// The smallest level at which `n` different values can show a change.
double LeastChangeLevel(std::size_t n);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_STATISTICS_CHANGE_POINT_H_
