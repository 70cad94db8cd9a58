/// @file
/// Runs a plan: whole runs side by side, each recorded as soon as it is finished.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RUNNER_H_
#define LANEGRAD_EXPERIMENTS_RUNNER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "experiments/record.h"
#include "network/dataset.h"
#include "network/settings.h"
#include "network/trainer.h"

namespace lanegrad {

/// One run of a plan.
struct PlannedRun {
  Settings settings;  ///< Resolved.
  std::string phase;  ///< "tune" or "final": why it is run.
  bool test = false;  ///< Whether it may read the test set.
};

/// How to run a plan.
struct RunnerOptions {
  std::string experiment;   ///< Name in the records.
  std::size_t threads = 1;  ///< Runs side by side.
  bool quiet = false;       ///< No progress.
  bool force = false;       ///< Run again what is recorded already.
};

/// What identifies a run among records: phase and hash of everything that decides
/// its result.
std::string PlanKey(const PlannedRun& run, const Dataset& data);

/// The settings as a JSON object: a member a field, numbers as numbers.
Json SettingsJson(const Settings& settings);

/// The settings back from such an object. Throws UsageError, UnknownName.
Settings SettingsFromJson(const Json& json);

/// The record of a run: schema, experiment, phase, key, settings, data, status,
/// metrics, digest, timing and provenance. Timing and provenance decide nothing.
Json RunRecord(const std::string& experiment, const PlannedRun& run, const RunResult& result,
               const Dataset& data);

/// Carries out the plan and returns its records in plan order. Runs that the file
/// holds already are not run again. A finished run is on disk before the next
/// begins. Stops early, with what is finished recorded, when interrupted (see
/// InterruptRequested()): then fewer records come back.
std::vector<Json> RunPlan(const std::vector<PlannedRun>& plan, const Dataset& data,
                          RecordFile& file, const RunnerOptions& options);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RUNNER_H_
