/// @file
/// A run as it is saved, and how another takes it over.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_SAVED_RUN_H_
#define LANEGRAD_NETWORK_SAVED_RUN_H_

#include "network/checkpoint.h"
#include "network/dataset.h"
#include "network/epoch_history.h"
#include "network/network.h"
#include "network/run_result.h"
#include "network/settings.h"
#include "network/training_pass.h"

namespace lanegrad {

/// The settings of the run. Throws DataError.
Settings SettingsOf(const Checkpoint& checkpoint);

/// A checkpoint of a run between two of its steps: all that these say of it, and, where an
/// epoch is running, what its first `place` samples have come to. The count of all samples,
/// the weights of the best epoch and the seconds of this one are left to the caller.
Checkpoint Saved(const RunResult& result, const Dataset& data, const Network& network,
                 const TrainingPass& pass, std::size_t place);

/// Takes over what Saved() has kept: fills `result` and `network`, and adds the finished
/// epochs to `history`, which must have none. `result.settings` must be resolved, and
/// `network` prepared for their optimizer. Throws UsageError where the checkpoint is of a
/// run with other settings, and DataError where it is of other data, of another numeric
/// specification, or does not fit the network that its settings make; each says what
/// differs, and nothing is changed.
void Restore(const Checkpoint& from, const Dataset& data, RunResult& result, Network& network,
             EpochHistory& history);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_SAVED_RUN_H_
