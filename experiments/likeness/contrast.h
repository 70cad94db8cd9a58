/// @file
/// Section 2.3: rules of learning that are the gradient, or become it.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LIKENESS_CONTRAST_H_
#define LANEGRAD_EXPERIMENTS_LIKENESS_CONTRAST_H_

#include <vector>

#include "experiments/experiment/experiment.h"

namespace lanegrad {

/// Adds rows of the delta rule beside the gradient, one a kind of output and seed.
void AddDeltaRuleTasks(const Scope& scope, std::vector<Task>& tasks);
/// Adds rows of contrastive Hebbian learning beside the gradient, one a seed.
void AddContrastTasks(const Scope& scope, std::vector<Task>& tasks);

/// Whether the delta rule is the gradient of one layer.
Finding DeltaRuleIsTheGradient(const Evidence& evidence);
/// Whether contrastive Hebbian learning becomes the gradient as its feedback goes to 0.
Finding ContrastNearsTheGradient(const Evidence& evidence);

/// The angle to the gradient against the strength of feedback.
Figure ContrastFigure(const Evidence& evidence);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LIKENESS_CONTRAST_H_
