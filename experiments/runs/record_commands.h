/// @file
/// What a command line can do with records alone: merge, export and verify them.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RUNS_RECORD_COMMANDS_H_
#define LANEGRAD_EXPERIMENTS_RUNS_RECORD_COMMANDS_H_

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "experiments/cli/progress.h"
#include "experiments/records/record.h"
#include "network/dataset.h"

namespace lanegrad {

/// The file of records in a directory of results.
std::filesystem::path RecordPath(const std::filesystem::path& output);

/// Says notices on standard error, a line each.
void SayNotices(std::span<const std::string> notices);

/// The records of a directory, only read; what is damaged is said. Throws DataError
/// where there are none.
RecordSet ReadResults(const std::filesystem::path& output, std::vector<std::string>& notices);

/// MergeRecords(), and says what came of it and which command is next. Returns the exit
/// code, as do the others.
int MergeCommand(const std::vector<std::filesystem::path>& sources,
                 const std::filesystem::path& output);

/// Writes runs.csv and epochs.csv beside the records.
int ExportCommand(const std::filesystem::path& output);

/// VerifyRecords(), and says what came of it. A damaged line counts as one that differs.
int VerifyCommand(const std::filesystem::path& output, std::size_t count, const Dataset& data,
                  std::size_t threads, Loudness loudness);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RUNS_RECORD_COMMANDS_H_
