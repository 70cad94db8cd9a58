/// @file
/// What came of a training, in tables.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_TRAINING_TRAINING_TABLE_H_
#define LANEGRAD_EXPERIMENTS_TRAINING_TRAINING_TABLE_H_

#include "experiments/report/text_table.h"
#include "experiments/training/trained_runs.h"

namespace lanegrad {

/// A row a run: how it ended, accuracies, epochs, digest.
Table SeedTable(const TrainedRuns& trained);

/// A row a class, of test samples: recall, precision, what it is most often taken for. Without
/// rows where that is not known.
Table ClassTable(const TrainedRuns& trained);

/// A row a layer of the first run: dead and saturated units, norms.
Table LayerTable(const TrainedRuns& trained);

/// A row a mistake of the first run, the worst first: what it is, what it was taken for, what
/// the network says of both, and the features where they are few.
Table MistakeTable(const TrainedRuns& trained);

/// A row a fault, with its remedy and the seeds that have it.
Table FaultTable(const TrainedRuns& trained);

/// A row a setting that is not as it would be if nobody had said anything, and counts.
Table SettingsTable(const TrainedRuns& trained);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_TRAINING_TRAINING_TABLE_H_
