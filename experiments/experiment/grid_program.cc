// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include "experiments/cli/interrupt.h"
#include "experiments/cli/print_error.h"
#include "experiments/cli/progress.h"
#include "experiments/cli/shell.h"
#include "experiments/cli/time_limit.h"
#include "experiments/comparison/plan.h"
#include "experiments/comparison/plan_text.h"
#include "experiments/experiment/experiment_program.h"
#include "experiments/experiment/grid_commands.h"
#include "experiments/experiment/grid_flags.h"
#include "experiments/experiment/grid_report.h"
#include "experiments/experiment/listed_program.h"
#include "experiments/experiment/measure.h"
#include "experiments/records/provenance.h"
#include "experiments/runs/engine.h"
#include "experiments/runs/record_commands.h"
#include "network/folds.h"
#include "network/stopwatch.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

using Flags = GridFlags;

// Of the tasks beside the grid. They have a number of repetitions of their own: the seeds of the
// grid are pairs across its cells.
Scope TaskScope(const Flags& flags) {
  const TaskProfile& profile = flags.experiment->task_profiles[flags.profile()];
  return {.profile = profile.name, .seeds = profile.seeds, .threads = flags.common.threads};
}

std::vector<Task> TasksOf(const Flags& flags) {
  return flags.experiment->tasks != nullptr ? flags.experiment->tasks(TaskScope(flags))
                                            : std::vector<Task>();
}

// What stood before the command.
std::string Launcher(const Flags& flags) {
  return flags.engine != nullptr ? flags.engine->launcher() : std::string();
}

// Runs side by side, in all processes.
std::size_t SideBySide(const Flags& flags) {
  return flags.common.threads * (flags.engine != nullptr ? flags.engine->processes() : 1);
}

int Interrupted(const Flags& flags, const PlanRecords& records, const RemainingWork& ahead) {
  const std::size_t kept = CountRecorded(records) + CountRecorded(ahead.final_records);
  PrintError("{}: interrupted; {} finished runs are kept. The same command goes on:\n  {}{}\n",
             flags.program, kept, Launcher(flags), Command());
  return kInterrupted;
}

// What a grid leaves whose time is up.
int TimeIsUp(const Flags& flags, const PlanRecords& records, const RemainingWork& ahead) {
  const std::size_t kept = CountRecorded(records) + CountRecorded(ahead.final_records);
  PrintError(
      "{}: the time limit of {} is reached; {} finished runs are kept. The same command "
      "goes on, for as long again:\n  {}{}\n",
      flags.program, SecondsText(flags.limits.all), kept, Launcher(flags), Command());
  return kOutOfTime;
}

// Says which records stand although their runs did not end.
void SayOutOfTime(const Flags& flags, const RemainingWork& work) {
  const std::size_t count = CountOutOfTime(work.tuned) + CountOutOfTime(work.final_records);
  if (count == 0) return;
  PrintError("{}: {} runs ran out of time: {}\n", flags.program, count,
             flags.limits.retry
                 ? "they are run again"
                 : "they count as guessing, and are not run again; --retry-out-of-time does");
}

std::size_t Unrecorded(const Flags& flags, const std::vector<Task>& tasks,
                       const RecordSet& records) {
  std::size_t left = tasks.size();
  for (const Json* record : RecordsOf(*flags.experiment, tasks, records)) {
    left -= record != nullptr && !flags.force;
  }
  return left;
}

int Await(const Flags& flags, const Shard& shard, bool final) {
  fmt::print("{}", NextSteps(shard, Command(), flags.common.output, final));
  return kDone;
}

GridReportOptions ReportOptions(const Flags& flags, std::size_t seeds) {
  return {
      .output = flags.common.output,
      .json = flags.common.json,
      .pdf = flags.common.pdf,
      .scope = {
          .profile = flags.request.profile->name, .seeds = seeds, .threads = flags.common.threads}};
}

std::string CommandOfReport() {
  return WithoutFlag(WithoutFlag(Command(), "--shard", true), "--report-only", false);
}

int Report(const Flags& flags, const Protocol& protocol, const TuningPlan& plan,
           const RemainingWork& ahead, const Dataset& data, std::vector<std::string> notices,
           std::vector<Measurement> rows, double seconds) {
  std::vector<RunRecord> records = AsAsked(plan.runs, ahead.tuned, protocol.grid);
  const std::vector<RunRecord> finals = AsAsked(ahead.finals, ahead.final_records, protocol.grid);
  records.reserve(records.size() + finals.size());
  records.insert(records.end(), finals.begin(), finals.end());
  for (const IllegalCells& each : plan.illegal) {
    notices.push_back(fmt::format("{} combinations make no sense and were left out ({}): {}",
                                  each.count, each.which, each.why));
  }
  notices.insert(notices.end(), plan.once.begin(), plan.once.end());
  for (const Axis& axis : protocol.grid) {
    if (axis.tied_to.empty()) continue;
    notices.push_back(fmt::format("{} is tied to {}: {} beside {}", axis.setting, axis.tied_to,
                                  fmt::join(axis.values, ", "),
                                  fmt::join(FindAxis(protocol.grid, axis.tied_to)->values, ", ")));
  }
  const ComparisonFacts facts = {.data = data.name,
                                 .checksum = data.checksum,
                                 .command = CommandOfReport(),
                                 .duration = seconds > 0.0 ? Duration(seconds) : std::string(),
                                 .tune_seeds = protocol.tune_seeds,
                                 .final_seeds = protocol.final_seeds,
                                 .folds = protocol.folds,
                                 .score = ScoreOf(data),
                                 .grid = protocol.grid,
                                 .searched = protocol.search.settings,
                                 .notices = notices,
                                 .chance = ChanceOf(data)};
  const int code = ReportGrid(*flags.experiment, ReportOptions(flags, protocol.final_seeds),
                              records, facts, std::move(rows));
  const bool out_of_time = CountOutOfTime(ahead.tuned) + CountOutOfTime(ahead.final_records) > 0;
  return code == kDone && out_of_time ? static_cast<int>(kOutOfTime) : code;
}

// Whether the command line leaves open what is to be reported: then the records say it.
bool PlanIsOpen(const Flags& flags) {
  const Request& request = flags.request;
  return !flags.quick && !flags.full && flags.grid.empty() && request.vary.empty() &&
         request.fixed.empty() && request.tune.empty() && request.tune_seeds == 0 &&
         request.final_seeds == 0 && request.folds == 0;
}

// Reports what there is, whatever command recorded it.
int ReportRecorded(Flags& flags, const RecordSet& records, std::vector<std::string> notices) {
  const std::vector<RunRecord> runs = RunsIn(records);
  ComparisonFacts facts = FactsOfRecords(runs);
  facts.command = CommandOfReport();
  notices.push_back(fmt::format("the plan is that of the {} runs that are recorded", runs.size()));
  SayNotices(std::span(&notices.back(), 1));
  facts.notices = notices;
  // Of an experiment with tasks: those of the profile whose rows are all there.
  std::vector<Measurement> rows;
  for (const std::size_t profile : {1u, 2u, 0u}) {
    flags.quick = profile == 0;
    flags.full = profile == 2;
    flags.request.profile = &flags.experiment->profiles[profile];
    const std::vector<Task> tasks = TasksOf(flags);
    if (Unrecorded(flags, tasks, records) > 0) continue;
    rows = RowsOf(*flags.experiment, tasks, records);
    break;
  }
  return ReportGrid(*flags.experiment, ReportOptions(flags, facts.final_seeds), runs, facts,
                    std::move(rows));
}

int ReportOnly(Flags& flags, const Protocol& protocol, TuningPlan plan, const Dataset& data) {
  std::vector<std::string> notices;
  RecordSet records = ReadResults(flags.common.output, notices);
  const bool open = PlanIsOpen(flags);
  const std::vector<std::string> dropped = DropUnrecorded(plan, data, records);
  const RemainingWork ahead = FindRemainingWork(protocol, plan, data, records, {});
  const PlanCounts counts = CountPlan(protocol, plan, ahead, {});
  if (const std::size_t left = counts.tuning_left + counts.finals_left; left > 0) {
    if (open) return ReportRecorded(flags, records, notices);
    throw DataError(fmt::format("{} lacks {} of the {} runs of this plan; to run them: {}",
                                RecordPath(flags.common.output).string(), left,
                                counts.tuning + counts.finals,
                                WithoutFlag(Command(), "--report-only", false)));
  }
  if (!dropped.empty()) {
    notices.push_back(fmt::format("nothing is recorded of {}; left out", fmt::join(dropped, ", ")));
    SayNotices(std::span(&notices.back(), 1));
  }
  std::vector<Measurement> rows = RowsOf(*flags.experiment, TasksOf(flags), records);
  records = RecordSet();  // all is read, and the report of a large grid needs the memory
  return Report(flags, protocol, plan, ahead, data, notices, std::move(rows), 0.0);
}

// How every process trains a run.
RunnerOptions HowToRun(const Flags& flags) {
  return {.experiment = std::string(flags.experiment->name),
          .threads = flags.common.threads,
          .shard = {},
          .limits = flags.limits,
          .engine = flags.engine};
}

// Runs what is left for this shard, and reports once nothing is left for any.
int Run(const Flags& flags, const Protocol& protocol, const TuningPlan& plan, const Dataset& data,
        const Shard& shard) {
  const double begin = Now();
  RecordFile file(flags.common.output);
  SayNotices(file.notices());
  const RecordSet nothing;
  RemainingWork ahead =
      FindRemainingWork(protocol, plan, data, flags.force ? nothing : file.set(), shard);
  const PlanCounts counts = CountPlan(protocol, plan, ahead, shard);
  SayOutOfTime(flags, ahead);
  const std::size_t again =
      flags.limits.retry ? CountOutOfTime(ahead.tuned) + CountOutOfTime(ahead.final_records) : 0;
  // Where other shards have tuning runs to do, the final ones are for the next time.
  const std::size_t total =
      counts.tuning_left + (ahead.tuning_alone ? counts.finals_left : 0) + again;
  ahead = {};
  PlanRecords tuned;
  {
    ProgressBar progress(flags.program, total, "runs", flags.loudness());
    progress.Judge(ScoreOf(data));
    RunnerOptions options = HowToRun(flags);
    options.shard = shard;
    options.force = flags.force;
    options.deadline = begin + flags.limits.all;
    options.progress = &progress;
    tuned = RunPlan(plan.runs, data, file, options);
    if (!InterruptRequested() && Now() < options.deadline) {
      ahead = FindRemainingWork(protocol, plan, data, file.set(), shard);
      if (!ahead.finals.empty()) {
        ahead.final_records = RunPlan(ahead.finals, data, file, options);
      }
    }
  }
  if (InterruptRequested()) return Interrupted(flags, tuned, ahead);
  // Time that is up matters only where something is left of this shard.
  const bool tuned_all = MissingRuns(plan.runs, tuned, shard).empty();
  const bool all_done = tuned_all &&
                        MissingRuns(ahead.finals, ahead.final_records, shard).empty() &&
                        !(ahead.finals.empty() && MissingRuns(plan.runs, tuned, {}).empty());
  if (Now() >= begin + flags.limits.all && !all_done) return TimeIsUp(flags, tuned, ahead);
  if (ahead.finals.empty()) return Await(flags, shard, false);
  if (CountRecorded(ahead.final_records) < ahead.finals.size()) {
    return Await(flags, shard, true);
  }
  const std::vector<Task> tasks = TasksOf(flags);
  if (!tasks.empty()) {
    ProgressBar progress(flags.program, Unrecorded(flags, tasks, file.set()), "rows",
                         flags.loudness());
    Measure(*flags.experiment, tasks, file, flags.force, progress);
    if (InterruptRequested()) return Interrupted(flags, tuned, ahead);
  }
  tuned.clear();  // the same are in `ahead`, and those of a large grid take a gigabyte
  return Report(flags, protocol, plan, ahead, data, file.notices(),
                RowsOf(*flags.experiment, tasks, file.set()), Now() - begin);
}

// Runs, then rows.
int Verify(const Flags& flags, const Dataset& data) {
  const int runs = VerifyCommand(flags.common.output, flags.verify, data, flags.common.threads,
                                 flags.loudness());
  const std::vector<Task> tasks = TasksOf(flags);
  if (tasks.empty() || runs == kInterrupted) return runs;
  std::vector<std::string> notices;
  const RecordSet records = ReadResults(flags.common.output, notices);
  const MeasurementCheck check = VerifyRows(*flags.experiment, tasks, records, flags.verify);
  fmt::print("{}", CheckText(check, tasks.size()));
  if (InterruptRequested()) return kInterrupted;
  return check.wrong.empty() ? runs : static_cast<int>(kClaimFailed);
}

int Go(Flags& flags, const CommandLine& line) {
  if (flags.quick && flags.full) throw UsageError("--quick and --full exclude each other");
  // Of several processes each has a core: nothing tells how many share a machine.
  if (flags.engine != nullptr && flags.common.threads == 0) flags.common.threads = 1;
  ApplyCommonOptions(flags.common);
  const Shard shard = flags.shard.empty() ? Shard() : ParseShard(flags.shard);
  if (!flags.merge.empty()) {
    if (!line.Given("--output")) {
      throw UsageError("--merge needs --output, the directory that receives the records");
    }
    return MergeCommand({flags.merge.begin(), flags.merge.end()}, flags.common.output);
  }
  if (!flags.archive.empty()) return ArchiveCommand(flags);
  if (!flags.verify_archive.empty()) return VerifyArchiveCommand(flags, line.Given("--data"));
  if (flags.export_tables) return ExportCommand(flags.common.output);

  if (!flags.grid.empty()) TakeGridFile(ReadGridFile(flags.grid), line, flags);
  flags.request.profile = &flags.experiment->profiles[flags.profile()];
  flags.request.base = flags.experiment->fixed;
  for (const SettingsField& field : SettingsFields()) {
    if (line.Given(fmt::format("--{}", field.name))) {
      flags.request.fixed.emplace_back(field.name, field.get(flags.base));
    }
  }
  flags.common.source.whole = IsFolded(flags);
  const Dataset data = LoadData(flags.common.source);
  if (line.Given("--verify")) {
    return Verify(flags, data);
  }

  if (flags.engine != nullptr && !flags.engine->leads()) {
    flags.engine->Serve(data, HowToRun(flags));
    return kDone;
  }

  const Protocol protocol = MakeProtocol(flags.request, data);
  if (flags.request.file.has_value() && !flags.request.file->cells.empty()) {
    if (!flags.request.vary.empty() || !flags.shard.empty()) {
      throw UsageError("the file lists its cells: --vary and --shard are for grids");
    }
    if (protocol.folds > 0) throw UsageError("the file lists its cells: --folds is for grids");
    return RunListed(protocol, *flags.request.file, data,
                     {.experiment = std::string(flags.experiment->name),
                      .output = flags.common.output,
                      .threads = flags.common.threads,
                      .force = flags.force,
                      .limits = flags.limits,
                      .plan_only = flags.plan_only,
                      .report_only = flags.report_only,
                      .json = flags.common.json,
                      .pdf = flags.common.pdf,
                      .loudness = flags.loudness(),
                      .engine = flags.engine});
  }
  const TuningPlan plan = PlanTuning(protocol, data);
  if (!plan.illegal.empty()) {
    if (!flags.skip_illegal || plan.cells == 0) {
      throw UsageError(Describe(plan.illegal, plan.cells,
                                plan.cells == 0 ? "" : "--skip-illegal runs the others"));
    }
    PrintError("{}: {}\n", flags.program, Describe(plan.illegal, plan.cells, "they are left out"));
  }
  SayNotices(plan.once);
  if (flags.explain) return ExplainCommand(protocol, plan, data);
  if (flags.plan_only) {
    std::vector<std::string> notices;
    const RecordSet records = ScanRecords(RecordPath(flags.common.output), notices);
    SayNotices(notices);
    fmt::print("{}",
               PlanText(protocol, plan, FindRemainingWork(protocol, plan, data, records, shard),
                        shard, data, SideBySide(flags), TerminalColumns(STDOUT_FILENO)));
    if (const std::vector<Task> tasks = TasksOf(flags); !tasks.empty()) {
      fmt::print("{} rows follow the grid, {} of them recorded\n", tasks.size(),
                 tasks.size() - Unrecorded(flags, tasks, records));
    }
    return kDone;
  }
  if (flags.report_only) return ReportOnly(flags, protocol, plan, data);
  if (!flags.common.quiet) {
    const Settings& first = plan.runs.front().settings;
    PrintError(
        "{}: {} cells, {} runs to choose {} ({} seeds), {} after ({} fresh seeds{}); {} "
        "samples, {} epochs each\n",
        data.name, plan.cells, plan.runs.size(),
        protocol.search.settings.empty() ? "rates" : "settings", protocol.tune_seeds,
        plan.cells * protocol.final_seeds * protocol.Folds().size(), protocol.final_seeds,
        protocol.folds == 0 ? "" : fmt::format(" in {} folds", protocol.folds), first.samples,
        first.epochs);
  }
  return Run(flags, protocol, plan, data, shard);
}

}  // namespace

int RunGridProgram(const Experiment& experiment, int argc, char** argv) {
  return RunGridProgram(experiment, experiment.name, nullptr, argc, argv);
}

int RunGridProgram(const Experiment& experiment, std::string_view program, Engine* engine, int argc,
                   char** argv) {
  CommandLine line(program, experiment.summary);
  Flags flags;
  flags.experiment = &experiment;
  flags.program = program;
  flags.engine = engine;
  flags.common.output = fmt::format("results/{}", experiment.name);
  AddGridFlags(line, flags);
  return line.Run(argc, argv, [&] { return Go(flags, line); });
}

}  // namespace lanegrad
