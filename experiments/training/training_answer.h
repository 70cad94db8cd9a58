/// @file
/// What came of a training, in sentences and tables.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_TRAINING_TRAINING_ANSWER_H_
#define LANEGRAD_EXPERIMENTS_TRAINING_TRAINING_ANSWER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "experiments/report/text_table.h"
#include "experiments/training/trained_runs.h"

namespace lanegrad {

/// What came of it: test samples first, then held-out and training samples beside them, the
/// class that is recognised least, and what ails the network. A sentence or two each.
std::vector<std::string> AnswerSentences(const TrainedRuns& trained);

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

/// A row a setting that is not as it would be if nobody had said anything.
Table SettingsTable(const TrainedRuns& trained);

/// "relu · softmax_cross_entropy · sgd · rate 0.1 · batch 32".
std::string SettingsLine(const Settings& settings);

/// "60,000".
std::string Thousands(std::size_t count);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_TRAINING_TRAINING_ANSWER_H_
