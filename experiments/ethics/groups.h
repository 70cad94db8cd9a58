/// @file
/// Data made of groups, of which one is rare, and ways to make up for it.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_ETHICS_GROUPS_H_
#define LANEGRAD_EXPERIMENTS_ETHICS_GROUPS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "network/dataset.h"
#include "network/network.h"

namespace lanegrad {

/// A group of samples: what they are in the source, what they are taught as, how many there are.
struct Group {
  std::uint8_t source = 0;  ///< Their class in the source.
  std::uint8_t label = 0;   ///< The class that they are taught as.
  std::size_t train = 0;    ///< Training samples.
};

/// A data set with the group of each sample.
struct GroupedData {
  Dataset data;                            ///< `test` is what it is judged by.
  std::vector<std::uint8_t> train_groups;  ///< Of each training sample.
  std::vector<std::uint8_t> test_groups;   ///< Of each sample of data.test.
};

/// What a draw takes to judge by.
enum class JudgedBy {
  kHeldOut,  ///< Training samples of the source that are not learned from.
  kTest,     ///< Test samples of the source.
};

/// Draws Group::train training samples of every group at random from `seed`, and `judged` samples
/// of every group to judge by. A draw with fewer samples of a group takes a part of what one with
/// more takes. Throws DataError where the source has not so many.
GroupedData DrawGroups(const Dataset& source, std::span<const Group> groups, std::size_t judged,
                       JudgedBy by, std::uint64_t seed);

/// How a draw is brought to equal counts.
enum class Balance {
  kRepeat,  ///< Samples of rare groups come several times.
  kDrop,    ///< Samples of common groups are left out.
};

/// The draw with as many training samples of every group as of the most common one, or of the
/// rarest one.
GroupedData Balanced(const GroupedData& drawn, std::size_t groups, Balance how);

/// Share of the samples to judge by that are recognised, a group each.
std::vector<double> GroupRecalls(const Network& network, const GroupedData& drawn,
                                 std::size_t groups);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_ETHICS_GROUPS_H_
