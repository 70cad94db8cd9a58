/// @file
/// Section 2.3: trained networks with a part of them gone.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LIKENESS_LESIONS_H_
#define LANEGRAD_EXPERIMENTS_LIKENESS_LESIONS_H_

#include <memory>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/likeness/trials.h"

namespace lanegrad {

/// Adds a row of one seed: test accuracy by activation, kind of lesion and share removed.
void AddLesionTask(const std::shared_ptr<Trials>& trials, std::uint64_t seed,
                   std::vector<Task>& tasks);

/// Whether losing a fifth of the hidden units costs little.
Finding DegradesGracefully(const Evidence& evidence);

/// Accuracy against the share that is removed.
Figure LesionFigure(const Evidence& evidence);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LIKENESS_LESIONS_H_
