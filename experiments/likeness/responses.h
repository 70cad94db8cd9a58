/// @file
/// Section 2.3: the response of a neuron to a steady input, and the activations that describe it.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LIKENESS_RESPONSES_H_
#define LANEGRAD_EXPERIMENTS_LIKENESS_RESPONSES_H_

#include <vector>

#include "experiments/experiment/experiment.h"

namespace lanegrad {

/// Adds a row for each strength of noise and each activation: its best fit.
void AddResponseTasks(const Scope& scope, std::vector<Task>& tasks);

/// Whether relu fits a neuron without noise better than the logistic sigmoid.
Finding ReluFitsBetter(const Evidence& evidence);
/// Whether a curve with a threshold and a ceiling fits it best.
Finding CeilingFitsBest(const Evidence& evidence);
/// Whether noise makes softplus the better description.
Finding NoiseSmoothsTheThreshold(const Evidence& evidence);

/// The neuron and its fits, without noise and with it.
Figure ResponseFigure(const Evidence& evidence);
/// The same near the threshold.
Figure ThresholdFigure(const Evidence& evidence);
/// Every fit.
NamedTable ResponseTable(const Evidence& evidence);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LIKENESS_RESPONSES_H_
