// SPDX-License-Identifier: Apache-2.0
#include "experiments/runs/runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>

#include "experiments/cli/interrupt.h"
#include "experiments/records/score.h"
#include "experiments/runs/engine.h"
#include "experiments/runs/search.h"
#include "network/folds.h"
#include "network/parallel.h"
#include "network/stopwatch.h"

namespace lanegrad {
namespace {

// The accuracy on held-out samples, or on those it learns from where none are held out; of a run
// that diverged, none.
double HeldOut(const RunRecord& record) {
  const bool guesses = record.status == Status::kDiverged || record.status == Status::kOutOfTime;
  if (guesses || record.epochs.empty()) return 0.0;
  const EpochMetrics& last = record.epochs.back();
  return last.validation_accuracy.value_or(last.train_accuracy);
}

// "tune relu · mse · rate 0.1 · seed 2: ok, 93.12 % of held-out samples, 1.2 s".
std::string OneLine(const PlannedRun& run, const RunRecord& record, double seconds) {
  std::string how(StatusName(record.status));
  if (record.status == Status::kDiverged) {
    how.append(fmt::format(" at step {}", record.bad_step));
  } else if (record.status == Status::kOutOfTime) {
    how = fmt::format("out of time after {} epochs", record.epochs.size());
  } else {
    const Score score = ScoreOf(record);
    how.append(fmt::format(", {}{} {} samples", IsShare(score) ? "" : "R² ",
                           ScoreText(score, HeldOut(record)) + (IsShare(score) ? " of" : " on"),
                           run.settings.validation > 0 ? "held-out" : "training"));
  }
  return fmt::format("{} {}{} · seed {}: {}, {}", run.phase, run.Trial(),
                     run.settings.fold == kNoFold ? "" : " · fold " + run.settings.fold,
                     run.settings.seed, how, Duration(seconds));
}

}  // namespace

std::string PlanKey(const PlannedRun& run, const Dataset& data) {
  return RunRecordKey(run.phase, run.settings, data);
}

std::string PlannedRun::Trial() const {
  return fmt::format("{}{}{}", cell, cell.empty() ? "" : " · ", TriedText(settings, searched));
}

PlanRecords Recorded(const std::vector<PlannedRun>& plan, const Dataset& data,
                     const RecordSet& records) {
  PlanRecords found(plan.size());
  for (std::size_t i = 0; i < plan.size(); ++i) {
    const Json* known = records.Find(PlanKey(plan[i], data));
    if (known != nullptr) found[i] = RunIn(records, *known);
  }
  return found;
}

std::size_t CountRecorded(const PlanRecords& records) {
  return static_cast<std::size_t>(std::count_if(
      records.begin(), records.end(), [](const auto& record) { return record.has_value(); }));
}

std::size_t CountOutOfTime(const PlanRecords& records) {
  return static_cast<std::size_t>(std::count_if(
      records.begin(), records.end(),
      [](const auto& record) { return record && record->status == Status::kOutOfTime; }));
}

PlanRecords WithoutOutOfTime(PlanRecords records) {
  for (auto& record : records) {
    if (record && record->status == Status::kOutOfTime) record.reset();
  }
  return records;
}

double WorkOf(const Settings& settings) {
  double weights = 0.0;
  for (std::size_t i = 1; i < settings.layers.size(); ++i) {
    weights += static_cast<double>(settings.layers[i - 1] * settings.layers[i]);
  }
  // Judging a held-out sample is a third of learning from one.
  return weights * static_cast<double>(settings.epochs) *
         (static_cast<double>(settings.samples) + static_cast<double>(settings.validation) / 3.0);
}

std::vector<std::size_t> MissingRuns(const std::vector<PlannedRun>& plan,
                                     const PlanRecords& records, const Shard& shard) {
  std::vector<std::size_t> missing;
  std::set<std::string> known;
  for (std::size_t i = 0; i < plan.size(); ++i) {
    if (records[i] || !shard.Has(i)) continue;
    if (known.insert(plan[i].phase + Canonical(plan[i].settings)).second) missing.push_back(i);
  }
  std::stable_sort(missing.begin(), missing.end(), [&](std::size_t a, std::size_t b) {
    return WorkOf(plan[a].settings) > WorkOf(plan[b].settings);
  });
  return missing;
}

std::optional<RunRecord> TrainPlanned(const PlannedRun& run, const Dataset& data,
                                      const RunnerOptions& options, std::size_t member,
                                      std::size_t members) {
  const double begin = Now();
  RunOptions run_options;
  run_options.test = run.test;
  run_options.test_every_epoch = options.test_every_epoch;
  run_options.stop = &InterruptRequested();
  run_options.progress = [&](std::size_t epoch, const EpochMetrics&, double) {
    if (options.progress == nullptr) return;
    options.progress->Part(
        member, static_cast<double>(epoch + 1) / static_cast<double>(run.settings.epochs));
  };
  run_options.deadline = std::min(options.deadline, begin + options.limits.run);
  run_options.weights = options.weights;
  std::optional<Network> network;
  if (options.examine) {
    network.emplace(run.settings.layers, Activation::Named("identity"),
                    Activation::Named("identity"));
  }
  const RunResult result = Train(run.settings, data, run_options, network ? &*network : nullptr);
  if (result.status == Status::kInterrupted) return std::nullopt;
  // Given up because of the others: that says nothing of this run.
  if (result.status == Status::kOutOfTime && run_options.deadline == options.deadline) {
    return std::nullopt;
  }
  RunRecord record = MakeRunRecord(options.experiment, run.phase, result, data);
  record.run_seconds = Now() - begin;
  record.searched = run.searched;
  if (result.status == Status::kOutOfTime) record.time_limit = options.limits.run;
  record.runs_at_once = members;
  if (network) options.examine(*network, result, record);
  return record;
}

PlanRecords RunPlan(const std::vector<PlannedRun>& plan, const Dataset& data, RecordFile& file,
                    const RunnerOptions& options) {
  const PlanRecords records = Recorded(plan, data, file.set());
  if (options.progress != nullptr) {
    for (std::size_t i = 0; i < plan.size(); ++i) {
      if (records[i]) options.progress->Known(plan[i].Trial(), HeldOut(*records[i]));
    }
  }
  const std::vector<std::size_t> missing =
      MissingRuns(plan,
                  options.force          ? PlanRecords(plan.size())
                  : options.limits.retry ? WithoutOutOfTime(records)
                                         : records,
                  options.shard);
  const auto recorded = [&](const PlannedRun& run, const RunRecord& record, std::size_t member) {
    if (options.progress == nullptr) return;
    options.progress->Known(run.Trial(), HeldOut(record));
    options.progress->Done(member, OneLine(run, record, record.run_seconds.value_or(NAN)));
  };
  if (options.engine != nullptr) {
    options.engine->Carry(plan, missing, data, options, [&](std::span<const FinishedRun> runs) {
      std::vector<Json> lines;
      for (const FinishedRun& run : runs) lines.push_back(Json::parse(run.record));
      file.AppendAll(lines);
      for (std::size_t i = 0; i < runs.size(); ++i) {
        recorded(plan[runs[i].run], ParseRunRecord(lines[i]), 0);
      }
    });
    return Recorded(plan, data, file.set());
  }
  std::atomic<std::size_t> next{0};
  std::mutex writing;
  const std::size_t team = std::max<std::size_t>(1, std::min(options.threads, missing.size()));
  RunTeam(team, [&](std::size_t member, std::size_t members) {
    for (std::size_t at = next++; at < missing.size(); at = next++) {
      const PlannedRun& run = plan[missing[at]];
      if (Now() >= options.deadline) return;
      const std::optional<RunRecord> record = TrainPlanned(run, data, options, member, members);
      if (!record) return;
      const Json json = ToJson(*record);
      const std::lock_guard lock(writing);
      try {
        file.Append(json);
      } catch (const WriteError&) {
        // What the others have in hand could not be written either.
        RequestInterrupt();
        throw;
      }
      recorded(run, *record, member);
    }
  });
  return Recorded(plan, data, file.set());
}

}  // namespace lanegrad
