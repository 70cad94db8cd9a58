// SPDX-License-Identifier: Apache-2.0
#include "experiments/runs/record_commands.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "experiments/cli/command_line.h"
#include "experiments/cli/interrupt.h"
#include "experiments/cli/print_error.h"
#include "experiments/cli/shell.h"
#include "experiments/records/measurement.h"
#include "experiments/records/merge.h"
#include "experiments/records/record_table.h"
#include "experiments/runs/verify.h"

namespace lanegrad {

namespace fs = std::filesystem;

fs::path RecordPath(const fs::path& output) { return output / "runs.jsonl"; }

void SayNotices(std::span<const std::string> notices) {
  for (const std::string& notice : notices) PrintError("compare: {}\n", notice);
}

RecordSet ReadResults(const fs::path& output, std::vector<std::string>& notices) {
  RecordSet records = ScanRecords(RecordPath(output), notices);
  SayNotices(notices);
  if (records.all().empty()) {
    throw DataError(fmt::format("{}: no records; name their directory with --output",
                                RecordPath(output).string()));
  }
  return records;
}

int MergeCommand(const std::vector<fs::path>& sources, const fs::path& output) {
  const MergeResult result = MergeRecords(sources, output);
  SayNotices(result.notices);
  fmt::print("{}: {} records, {} of them new; {} more were equal to one that was there\n",
             RecordPath(output).string(), result.had + result.added, result.added, result.equal);
  std::vector<std::string> ignored;
  const RecordSet records = ScanRecords(RecordPath(output), ignored);
  if (records.all().empty()) return kDone;
  // Shards are run by one command but for their number and place.
  const std::string command =
      records.all().back().value(Json::json_pointer("/provenance/command"), std::string());
  if (command.empty()) return kDone;
  const std::string here =
      WithFlag(WithoutFlag(command, "--shard", true), "--output", output.string());
  fmt::print(
      "Next, for what is left of it and the report:\n  {}\n"
      "or, for a share of what is left: the same with --shard I/N\n",
      here);
  return kDone;
}

int ExportCommand(const fs::path& output) {
  std::vector<std::string> notices;
  const RecordSet records = ReadResults(output, notices);
  std::vector<const Json*> newest;  // of several records of one run the last counts
  for (const Json& record : records.all()) {
    if (IsMeasurement(record)) continue;  // has a table of its own: rows_SERIES.csv
    if (records.Find(record.value("key", std::string())) == &record) newest.push_back(&record);
  }
  WriteFileAtomically(output / "runs.csv", RunsCsv(newest));
  WriteFileAtomically(output / "epochs.csv", EpochsCsv(newest));
  fmt::print("{}: one row a run, {} rows\n{}: one row an epoch\n", (output / "runs.csv").string(),
             newest.size(), (output / "epochs.csv").string());
  return kDone;
}

int VerifyCommand(const fs::path& output, std::size_t count, const Dataset& data,
                  std::size_t threads, Loudness loudness) {
  std::vector<std::string> notices;
  const RecordSet records = ReadResults(output, notices);
  const std::vector<RunRecord> runs = RunsIn(records);
  const Verification result = VerifyRecords(runs, count, data, threads, loudness);
  for (const WrongDigest& each : result.wrong) {
    fmt::print("{}: digest {} recorded, {} now\n", each.key, each.recorded, each.now);
  }
  fmt::print("{} of {} runs verified: {}\n", result.count, runs.size(),
             result.wrong.empty() ? "every digest agrees"
                                  : fmt::format("{} digests differ", result.wrong.size()));
  if (result.out_of_time > 0) {
    fmt::print("{} more ran out of time: such runs have no digest\n", result.out_of_time);
  }
  if (!notices.empty()) {
    fmt::print("{} damaged: what it said cannot be verified\n",
               notices.size() == 1 ? "1 line is" : fmt::format("{} lines are", notices.size()));
  }
  if (!result.wrong.empty() || !notices.empty()) return kClaimFailed;
  return InterruptRequested() ? kInterrupted : kDone;
}

}  // namespace lanegrad
