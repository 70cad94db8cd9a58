/// @file
/// Carries out the tasks of an experiment: each row is recorded as soon as it is measured, and
/// never measured twice.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPERIMENT_MEASURE_H_
#define LANEGRAD_EXPERIMENTS_EXPERIMENT_MEASURE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "experiments/cli/progress.h"
#include "experiments/experiment/experiment.h"
#include "experiments/records/record.h"

namespace lanegrad {

/// The row of a task before it is measured.
Measurement Unmeasured(const Task& task);

/// The records of tasks, in their order; null where there is none.
std::vector<const Json*> RecordsOf(const Experiment& experiment, const std::vector<Task>& tasks,
                                   const RecordSet& records);

/// Measures the tasks that the file lacks (all of them, where `force` is set), one after the
/// other. A row is on disk before the next begins. Stops early when interrupted
/// (InterruptRequested()). Throws WriteError.
void Measure(const Experiment& experiment, const std::vector<Task>& tasks, RecordFile& file,
             bool force, ProgressBar& progress);

/// The rows of tasks, in their order. Throws DataError where one is missing or damaged.
std::vector<Measurement> RowsOf(const Experiment& experiment, const std::vector<Task>& tasks,
                                const RecordSet& records);

/// What came of a verification.
struct MeasurementCheck {
  std::size_t count = 0;           ///< Rows that were measured again.
  std::vector<std::string> wrong;  ///< The keys of those whose digest differs.
};

/// Measures `count` of the recorded tasks again (0: all), evenly spread, and compares digests.
MeasurementCheck VerifyRows(const Experiment& experiment, const std::vector<Task>& tasks,
                            const RecordSet& records, std::size_t count);

/// What came of it, in lines; `count` rows were planned.
std::string CheckText(const MeasurementCheck& check, std::size_t count);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPERIMENT_MEASURE_H_
