/// @file
/// Section 2.3: a trained network of rectifiers, run on spikes.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LIKENESS_SPIKES_H_
#define LANEGRAD_EXPERIMENTS_LIKENESS_SPIKES_H_

#include <memory>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/likeness/trials.h"

namespace lanegrad {

/// Adds a row of one seed: accuracy and synaptic events after 1, 2, 4 ... time steps, beside those
/// of the network itself on the same test images.
void AddSpikingTask(const std::shared_ptr<Trials>& trials, std::uint64_t seed,
                    std::vector<Task>& tasks);

/// Whether spikes end with the accuracy of the network.
Finding SpikesCarryTheNetwork(const Evidence& evidence);
/// Whether they get there with fewer operations.
Finding SpikesSaveOperations(const Evidence& evidence);

/// Accuracy against synaptic events.
Figure SpikingFigure(const Evidence& evidence);
/// Accuracy and operations by time step.
NamedTable SpikingTable(const Evidence& evidence);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LIKENESS_SPIKES_H_
