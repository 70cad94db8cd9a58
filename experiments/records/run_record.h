/// @file
/// The record of a training run: what it was, what came of it, where and when. Everything that
/// is said of recorded runs is a view of this; nothing else reads the members of their JSON.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RECORDS_RUN_RECORD_H_
#define LANEGRAD_EXPERIMENTS_RECORDS_RUN_RECORD_H_

#include <array>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "experiments/json/json.h"
#include "experiments/records/record.h"
#include "network/confusion.h"
#include "network/dataset.h"
#include "network/health.h"
#include "network/run_result.h"
#include "network/settings.h"

namespace lanegrad {

/// The schema of the records that this program writes, and the newest that it reads.
inline constexpr int kRunSchema = 1;

/// A run.
struct RunRecord {
  int schema = kRunSchema;                ///< Which members there are, and what they mean.
  std::string experiment;                 ///< What it was run for: "compare", "train", ...
  std::string phase;                      ///< "tune", "final", ...: why it was run.
  std::string key;                        ///< See RunRecordKey().
  int numeric_version = kNumericVersion;  ///< Of the arithmetic.
  Settings settings;                      ///< Resolved: nothing "auto" in it.
  std::string data;                       ///< Name of the data set.
  std::string checksum;                   ///< Of the data.
  std::string target;                     ///< Of a regression: what it learns; empty: classes.

  Status status = Status::kOk;          ///< How it ended.
  std::size_t steps = 0;                ///< Steps taken.
  std::vector<EpochMetrics> epochs;     ///< One an epoch; NaN of held-out samples if none are.
  std::size_t bad_step = 0;             ///< Where diverged: the first that was not finite.
  std::size_t kept_epoch = 0;           ///< Whose weights were restored, from 1; 0: none.
  std::optional<double> test_loss;      ///< Where the test set was read.
  std::optional<double> test_accuracy;  ///< Where the test set was read; of a regression R2.
  std::optional<double> test_rmse;      ///< Of a regression that read it, in the target's units.
  std::size_t test_samples = 0;         ///< That were read, in cross-validation; else 0.
  std::optional<Health> health;         ///< Records from before there was any lack it.
  std::optional<Confusion> confusion;   ///< Of test samples, where it was asked for.
  std::string digest;                   ///< Of settings, data, metrics and weights.

  double seconds = 0.0;             ///< Wall clock of its steps. Decides nothing, as all below.
  double samples_per_second = 0.0;  ///< Training samples over that time.
  std::size_t threads = 1;          ///< At most so many worked.
  std::optional<std::array<double, kPhases>> profile;  ///< Seconds of each phase, if measured.
  std::string provenance = "{}";                       ///< A JSON object: Provenance().
  std::optional<double> time_limit = {};    ///< Seconds that it had, where it ran out of time.
  std::vector<std::string> searched = {};   ///< What its plan searched for; empty: the rate alone.
  std::optional<double> run_seconds;        ///< Wall clock of all of it, where it was of a plan.
  std::optional<std::size_t> runs_at_once;  ///< Side by side, where it was of a plan.
};

/// What identifies a run among records: phase and hash of everything that decides its result.
/// `settings` are resolved.
std::string RunRecordKey(const std::string& phase, const Settings& settings, const Dataset& data);

/// The record of what came of a run, with the provenance of this process.
RunRecord MakeRunRecord(std::string experiment, std::string phase, const RunResult& result,
                        const Dataset& data);

/// The record as JSON. What is not known is null or not there; what is no number, a text.
Json ToJson(const RunRecord& record);

/// Its line in a file of records: RecordLine() of that.
std::string RunLine(const RunRecord& record);

/// The record back. Members that it does not know are passed over. Throws DataError: with the
/// path of the member that is missing or is not what it should be; for a newer schema; for a
/// record of anything but a run.
RunRecord ParseRunRecord(const Json& json);

/// The same of a record in a set; the message begins with its file and line.
RunRecord RunIn(const RecordSet& records, const Json& record);

/// The runs of a set. Rows of an experiment that has both (measurement.h) are passed over; any
/// other record must be a run.
std::vector<RunRecord> RunsIn(const RecordSet& records);

/// The runs of a file that is whole: a damaged line is refused. Throws DataError.
std::vector<RunRecord> ReadRuns(const std::filesystem::path& path);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RECORDS_RUN_RECORD_H_
