/// @file
/// The main job: activations, losses, learning rates and whatever else varies, compared
/// fairly.
// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment/experiment_program.h"
#include "experiments/experiment/main_comparison.h"

int main(int argc, char** argv) {
  return lanegrad::RunExperiment(lanegrad::MainComparison(), argc, argv);
}
