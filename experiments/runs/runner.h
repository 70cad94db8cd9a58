/// @file
/// Runs a plan: whole runs side by side, each recorded as soon as it is finished.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RUNS_RUNNER_H_
#define LANEGRAD_EXPERIMENTS_RUNS_RUNNER_H_

#include <cstddef>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "experiments/cli/progress.h"
#include "experiments/cli/time_limit.h"
#include "experiments/records/record.h"
#include "experiments/records/run_record.h"
#include "experiments/runs/shard.h"
#include "network/dataset.h"
#include "network/settings.h"
#include "network/trainer.h"

namespace lanegrad {

/// One run of a plan.
struct PlannedRun {
  Settings settings;                       ///< Resolved.
  std::string phase;                       ///< "tune" or "final": why it is run.
  bool test = false;                       ///< Whether it may read the test set.
  Settings asked;                          ///< Before Resolve(): "auto" may be in it.
  std::string cell;                        ///< What its cell is called.
  std::vector<std::string> searched = {};  ///< What its cell is searched for; empty: the rate.
  /// What it is called together with those that differ only by seed: "relu · mse · rate 0.1".
  std::string Trial() const;
};

class Engine;

/// How to run a plan.
struct RunnerOptions {
  std::string experiment;         ///< Name in the records.
  std::size_t threads = 1;        ///< Runs side by side.
  Shard shard;                    ///< The part of the plan to run.
  bool force = false;             ///< Run again what is recorded already.
  bool test_every_epoch = false;  ///< As RunOptions has it.
  TimeLimits limits = {};         ///< Of each run; of all, see `deadline`.
  /// The time of Now() at which no run begins any more, and those at work are given up.
  double deadline = std::numeric_limits<double>::infinity();
  ProgressBar* progress = nullptr;  ///< Told of every run; may be null.
  /// The weights that all begin with, where their initializer is theirs; null: drawn ones.
  const InitialWeights* weights = nullptr;
  /// Adds to the record of a run what its network alone knows; called by any thread. May be null.
  std::function<void(const Network&, const RunResult&, RunRecord&)> examine = {};
  /// Who trains (engine.h); null: threads of this process.
  Engine* engine = nullptr;
};

/// Trains one run of a plan, as `member` of `members` that do so at the same time, and returns its
/// record. None where it was interrupted, or given up at `options.deadline`.
std::optional<RunRecord> TrainPlanned(const PlannedRun& run, const Dataset& data,
                                      const RunnerOptions& options, std::size_t member,
                                      std::size_t members);

/// What identifies a run among records: phase and hash of everything that decides
/// its result.
std::string PlanKey(const PlannedRun& run, const Dataset& data);

/// The records of a plan's runs, in plan order; none where a run is not recorded yet.
using PlanRecords = std::vector<std::optional<RunRecord>>;

/// Looks for them. Throws DataError for one that cannot be read.
PlanRecords Recorded(const std::vector<PlannedRun>& plan, const Dataset& data,
                     const RecordSet& records);

/// How many of them there are.
std::size_t CountRecorded(const PlanRecords& records);

/// The runs of a shard that `records`, in plan order, lack; each key once. Long ones
/// come first, so that the last to end does not keep the others waiting.
std::vector<std::size_t> MissingRuns(const std::vector<PlannedRun>& plan,
                                     const PlanRecords& records, const Shard& shard);

/// How many of them ran out of time.
std::size_t CountOutOfTime(const PlanRecords& records);

/// `records` without those that ran out of time, where those are to be run again.
PlanRecords WithoutOutOfTime(PlanRecords records);

/// About how much work a run is: samples times weights.
double WorkOf(const Settings& settings);

/// Carries out a shard of the plan and returns Recorded() of all of the plan after it.
/// Runs that the file holds already are not run again. A finished run is on disk before
/// the next begins. One that reaches the limit of a run is recorded as out of time. Stops early,
/// with what is finished recorded, when interrupted (see InterruptRequested()), at the deadline,
/// and where a record cannot be written: then it throws WriteError.
PlanRecords RunPlan(const std::vector<PlannedRun>& plan, const Dataset& data, RecordFile& file,
                    const RunnerOptions& options);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RUNS_RUNNER_H_
