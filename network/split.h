/// @file
/// Which samples a run learns from, is chosen by, and is judged by.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_SPLIT_H_
#define LANEGRAD_NETWORK_SPLIT_H_

#include <cstdint>
#include <vector>

#include "network/dataset.h"
#include "network/settings.h"

namespace lanegrad {

/// Sample numbers, in increasing order: of Dataset::train twice, of Dataset::test once.
struct Split {
  std::vector<std::uint32_t> train;       ///< To learn from.
  std::vector<std::uint32_t> validation;  ///< Held out.
  std::vector<std::uint32_t> test;        ///< All of them.
};

/// The split that `settings`, which must be resolved, make of `data`. It does not
/// depend on the run's seed: all runs of a comparison are chosen by the same samples.
Split SplitSamples(const Settings& settings, const Dataset& data);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_SPLIT_H_
