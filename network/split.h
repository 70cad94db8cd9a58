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

/// Sample numbers, in increasing order.
struct Split {
  std::vector<std::uint32_t> train;       ///< Of Dataset::train: to learn from.
  std::vector<std::uint32_t> validation;  ///< Of HeldOutSamples(): to choose by.
  std::vector<std::uint32_t> test;        ///< Of TestSamples(): to be judged by.
};

/// The samples among which those to choose by are: the data's own validation samples, or training
/// samples where there are none.
const Samples& HeldOutSamples(const Dataset& data);

/// The samples among which those to be judged by are: test samples, or in cross-validation
/// training samples.
const Samples& TestSamples(const Settings& settings, const Dataset& data);

/// The split that `settings`, which must be resolved, make of `data`. It does not
/// depend on the run's seed: all runs of a comparison are chosen by the same samples. In
/// cross-validation the run's fold is what it is judged by, and nothing of it is learned or chosen
/// by; the test samples stay unread.
Split SplitSamples(const Settings& settings, const Dataset& data);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_SPLIT_H_
