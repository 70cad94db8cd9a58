/// @file
/// The range test: one short training in which the rate rises at every step.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_DESCENT_RANGE_TEST_H_
#define LANEGRAD_EXPERIMENTS_DESCENT_RANGE_TEST_H_

#include <cstddef>
#include <vector>

#include "network/dataset.h"
#include "network/settings.h"

namespace lanegrad {

/// One step of a range test.
struct RangeStep {
  double rate;    ///< It was made with this.
  double loss;    ///< Mean loss of its batch, before it.
  double smooth;  ///< Losses so far, each weighing nine tenths of the next.
};

/// Trains with plain gradient descent, a batch a step, at rates that rise in equal ratios from
/// `low` to `high` in `steps` steps. Ends early where the loss is not finite or four times the
/// smallest smooth one. Of the settings it takes network, loss, initial weights, batch, samples
/// and seed. [Smith 2017, "Cyclical learning rates for training neural networks", section 3.3]
std::vector<RangeStep> RangeTest(const Settings& settings, const Dataset& data, double low,
                                 double high, std::size_t steps);

/// The rate that a range test suggests: a tenth of where the smoothed loss is least. `steps` are
/// not empty. [The rule of fastai's `lr_find`, "minimum / 10"]
double SuggestedRate(const std::vector<RangeStep>& steps);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_DESCENT_RANGE_TEST_H_
