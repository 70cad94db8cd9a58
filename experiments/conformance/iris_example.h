/// @file
/// The networks on iris of an example in the documentation of scikit-learn: their last losses.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CONFORMANCE_IRIS_EXAMPLE_H_
#define LANEGRAD_EXPERIMENTS_CONFORMANCE_IRIS_EXAMPLE_H_

#include <vector>

#include "experiments/experiment/experiment.h"
#include "network/dataset.h"

namespace lanegrad {

/// The series of its records.
inline constexpr const char* kIrisExample = "iris_example";

/// Fisher's 150 flowers (experiments/tables/SOURCES.md), all for training, every measurement
/// shifted and scaled so that its least is 0 and its largest 1, as the example has them.
Dataset IrisFromZeroToOne();

/// Trainings as the example has them, by seed: 4-100-3 with relu, all flowers in every step, the
/// penalty 1e-4 over as many, Glorot's bounds for weights and biases. What is compared is the loss
/// in the last pass, each flower judged before the step.
void AddIrisExample(const Scope& scope, std::vector<Task>& tasks);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CONFORMANCE_IRIS_EXAMPLE_H_
