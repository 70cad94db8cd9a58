/// @file
/// The main job, as data: what several programs run, by engines of their own.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPERIMENT_MAIN_COMPARISON_H_
#define LANEGRAD_EXPERIMENTS_EXPERIMENT_MAIN_COMPARISON_H_

#include "experiments/experiment/experiment.h"

namespace lanegrad {

/// Activations, losses, learning rates and whatever else varies, compared fairly.
Experiment MainComparison();

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPERIMENT_MAIN_COMPARISON_H_
