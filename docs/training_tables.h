/// @file
/// The book's tables of training: beside PyTorch and numpy, from the record of
/// bench/peers/training.py, and what the same bits cost in it.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_TRAINING_TABLES_H_
#define LANEGRAD_DOCS_TRAINING_TABLES_H_

#include <string>

#include "experiments/json/json.h"

namespace lanegrad {

/// Samples a second, ours and theirs, their ratio beside the goal, the shares of the peaks.
std::string TrainingTable(const Json& record);
/// Microseconds of a step by phase, and what its multiply-adds alone would take.
std::string StepTable(const Json& record);
/// Two threads over one, on an idle machine and with one core busy, and two processes.
std::string ThreadTable(const Json& record);
/// The phases of a step of two threads beside half of one thread's.
std::string PhaseTable(const Json& record);
/// What running a grid's trainings side by side brings.
std::string GridPace(const Json& record);
/// What the same bits cost, from the record of scripts/reproducibility-cost.
std::string CostTable(const Json& record);
/// The same as one number for each activation, with its interval.
std::string CostTotal(const Json& record);
/// Which machine and libraries the record is of.
std::string TrainingMachine(const Json& record);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_TRAINING_TABLES_H_
