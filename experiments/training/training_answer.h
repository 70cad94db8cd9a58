/// @file
/// What came of a training, in sentences.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_TRAINING_TRAINING_ANSWER_H_
#define LANEGRAD_EXPERIMENTS_TRAINING_TRAINING_ANSWER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "experiments/training/trained_runs.h"

namespace lanegrad {

/// What came of it: test samples first, then held-out and training samples beside them, the
/// class that is recognised least, and what is wrong with the network. A sentence or two each.
std::vector<std::string> AnswerSentences(const TrainedRuns& trained);

/// "relu · softmax_cross_entropy · sgd · rate 0.1 · batch 32".
std::string SettingsLine(const Settings& settings);

/// "60,000".
std::string Thousands(std::size_t count);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_TRAINING_TRAINING_ANSWER_H_
