/// @file
/// Section 2.3: what Hebbian learning finds in Fashion-MNIST.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LIKENESS_HEBBIAN_H_
#define LANEGRAD_EXPERIMENTS_LIKENESS_HEBBIAN_H_

#include <vector>

#include "experiments/experiment/experiment.h"

namespace lanegrad {

/// Adds a row of the truth (principal components), and rows of Hebb, of Oja and Sanger, and of Oja
/// on pixels that are not centred, one a seed.
void AddHebbianTasks(const Scope& scope, std::vector<Task>& tasks);

/// Whether plain Hebb grows at the rate times the largest eigenvalue.
Finding HebbGrowsWithoutBound(const Evidence& evidence);
/// Whether Oja's unit and Sanger's first five reach the principal components.
Finding SangerFindsComponents(const Evidence& evidence);
/// Whether pixels as they are lead to the mean image.
Finding UncentredFindsTheMean(const Evidence& evidence);

/// The length of Hebb's weights against time.
Figure HebbFigure(const Evidence& evidence);
/// Components and mean as pictures, above the weights that come to look like them.
Figure PictureFigure(const Evidence& evidence);
/// What Sanger's units explain, beside the eigenvalues.
NamedTable SangerTable(const Evidence& evidence);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LIKENESS_HEBBIAN_H_
