// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "experiments/cli/interrupt.h"
#include "network/dataset.h"

namespace lanegrad {

Measurement Unmeasured(const Task& task) {
  return {.series = task.series,
          .seed = task.seed,
          .settings = task.settings,
          .values = {},
          .machine = {},
          .digest = {}};
}

std::vector<const Json*> RecordsOf(const Experiment& experiment, const std::vector<Task>& tasks,
                                   const RecordSet& records) {
  std::vector<const Json*> found;
  for (const Task& task : tasks) {
    found.push_back(records.Find(MeasurementKey(experiment.name, Unmeasured(task))));
  }
  return found;
}

void Measure(const Experiment& experiment, const std::vector<Task>& tasks, RecordFile& file,
             bool force, ProgressBar& progress) {
  const std::vector<const Json*> known = RecordsOf(experiment, tasks, file.set());
  for (std::size_t i = 0; i < tasks.size() && !InterruptRequested(); ++i) {
    if (known[i] != nullptr && !force) continue;
    Measurement row = Unmeasured(tasks[i]);
    tasks[i].measure(row);
    if (InterruptRequested()) return;  // what was cut short is no measurement
    file.Append(RecordOf(experiment.name, row));
    progress.Done(0, fmt::format("{} {}", row.series, MeasurementKey(experiment.name, row)));
  }
}

std::vector<Measurement> RowsOf(const Experiment& experiment, const std::vector<Task>& tasks,
                                const RecordSet& records) {
  const std::vector<const Json*> found = RecordsOf(experiment, tasks, records);
  const auto missing = std::count(found.begin(), found.end(), nullptr);
  if (missing > 0) {
    throw DataError(
        fmt::format("{} of the {} rows of this plan are not recorded; the same command "
                    "without --report-only measures them",
                    missing, tasks.size()));
  }
  std::vector<Measurement> rows;
  for (const Json* record : found) {
    try {
      rows.push_back(ReadMeasurement(*record));
    } catch (const DataError& error) {
      throw DataError(fmt::format("{}: {}", records.Where(*record), error.what()));
    }
  }
  return rows;
}

MeasurementCheck VerifyRows(const Experiment& experiment, const std::vector<Task>& tasks,
                            const RecordSet& records, std::size_t count) {
  const std::vector<Measurement> rows = RowsOf(experiment, tasks, records);
  const std::size_t all = count == 0 ? rows.size() : std::min(count, rows.size());
  MeasurementCheck check;
  for (std::size_t k = 0; k < all && !InterruptRequested(); ++k) {
    const std::size_t i = k * rows.size() / all;
    Measurement again = Unmeasured(tasks[i]);
    tasks[i].measure(again);
    ++check.count;
    if (MeasurementDigest(experiment.name, again) != rows[i].digest) {
      check.wrong.push_back(MeasurementKey(experiment.name, again));
    }
  }
  return check;
}

std::string CheckText(const MeasurementCheck& check, std::size_t count) {
  std::string text;
  for (const std::string& key : check.wrong) text += fmt::format("{}: another digest\n", key);
  return text + fmt::format("{} of {} rows measured again: {}\n", check.count, count,
                            check.wrong.empty()
                                ? "every digest agrees"
                                : fmt::format("{} digests differ", check.wrong.size()));
}

}  // namespace lanegrad
