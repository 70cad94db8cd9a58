/// @file
/// Section 2.3: what anatomy costs a network.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LIKENESS_ANATOMY_H_
#define LANEGRAD_EXPERIMENTS_LIKENESS_ANATOMY_H_

#include "experiments/experiment/experiment.h"

namespace lanegrad {

/// Whether Dale's law costs accuracy.
Finding DaleCostsNothing(const Evidence& evidence);
/// Whether a tenth of the connections will do.
Finding TenthSuffices(const Evidence& evidence);

/// Test accuracies under a wiring.
Figure WiringFigure(const Evidence& evidence);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LIKENESS_ANATOMY_H_
