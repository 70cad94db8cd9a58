/// @file
/// Section 2.3: what an error signal hangs on that is not at its synapse.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LIKENESS_LOCALITY_H_
#define LANEGRAD_EXPERIMENTS_LIKENESS_LOCALITY_H_

#include <vector>

#include "experiments/experiment/experiment.h"

namespace lanegrad {

/// Adds a row a rule: how much of a hidden layer's error signal hangs on weights elsewhere.
void AddLocalityTasks(const Scope& scope, std::vector<Task>& tasks);

/// Whether a hidden layer's change under back-propagation is made of what is at hand there.
Finding BackPropagationIsLocal(const Evidence& evidence);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LIKENESS_LOCALITY_H_
