// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "experiments/cli/interrupt.h"
#include "experiments/cli/pdf.h"
#include "experiments/cli/print_error.h"
#include "experiments/cli/program_options.h"
#include "experiments/cli/progress.h"
#include "experiments/cli/shell.h"
#include "experiments/experiment/experiment_program.h"
#include "experiments/experiment/experiment_report.h"
#include "experiments/experiment/measure.h"
#include "experiments/records/provenance.h"
#include "experiments/report/fitted_table.h"
#include "experiments/runs/record_commands.h"

namespace lanegrad {
namespace {

struct Flags {
  CommonOptions common;
  bool quick = false, full = false, force = false, dry_run = false, report_only = false;
  std::size_t seeds = 0, verify = 0;
};

// Rows, claims and report, from the records there are.
int Report(const Experiment& experiment, const Scope& scope, const std::vector<Task>& tasks,
           const RecordSet& records, const Flags& flags) {
  const Evidence evidence = {.scope = scope, .rows = RowsOf(experiment, tasks, records)};
  const Answer answer = AnswerOf(experiment, evidence);
  std::vector<std::string> lines, provenances;
  for (const Json* record : RecordsOf(experiment, tasks, records)) {
    lines.push_back(RecordLine(*record));
    provenances.push_back(JsonText(record->at("provenance")));
  }
  WriteExperimentReport(flags.common.output, experiment, evidence, answer, provenances,
                        WithoutFlag(Command(), "--report-only", false));
  if (flags.common.pdf) WritePlainPdfs(flags.common.output);
  if (flags.common.json) {
    for (const std::string& line : lines) fmt::print("{}", line);
  } else {
    fmt::print("{}\n", WrapText(experiment.question, "", 76));
    for (const NamedTable& each : answer.tables) {
      if (each.page_only) continue;
      fmt::print("{}\n", CaptionedTable(each.table, TerminalColumns(STDOUT_FILENO)));
    }
    fmt::print("{}\n{} rows, digest {}\nreport: {}/report.html\n", ClaimText(answer.claims),
               evidence.rows.size(), DigestOf(experiment, {}, evidence.rows), flags.common.output);
  }
  return answer.AsExpected() ? kDone : kClaimFailed;
}

// The profile whose rows are all recorded, where nobody says which is meant.
std::size_t RecordedProfile(const Experiment& experiment, const Flags& flags) {
  std::vector<std::string> notices;
  const RecordSet records = ScanRecords(RecordPath(flags.common.output), notices);
  for (const std::size_t profile : {1u, 2u, 0u}) {
    const TaskProfile& each = experiment.task_profiles[profile];
    const std::vector<Task> tasks = experiment.tasks(
        {.profile = each.name, .seeds = each.seeds, .threads = flags.common.threads, .output = {}});
    const auto found = RecordsOf(experiment, tasks, records);
    if (std::find(found.begin(), found.end(), nullptr) == found.end()) return profile;
  }
  return 1;
}

int Verify(const Experiment& experiment, const std::vector<Task>& tasks, const Flags& flags) {
  std::vector<std::string> notices;
  const RecordSet records = ReadResults(flags.common.output, notices);
  SayNotices(notices);
  const MeasurementCheck check = VerifyRows(experiment, tasks, records, flags.verify);
  fmt::print("{}", CheckText(check, tasks.size()));
  if (InterruptRequested()) return kInterrupted;
  return check.wrong.empty() && notices.empty() ? kDone : kClaimFailed;
}

int Run(const Experiment& experiment, Flags& flags, bool verify) {
  if (flags.quick && flags.full) throw UsageError("--quick and --full exclude each other");
  ApplyCommonOptions(flags.common);
  const bool open = flags.report_only && !flags.quick && !flags.full && flags.seeds == 0;
  const TaskProfile& profile = experiment.task_profiles[open ? RecordedProfile(experiment, flags)
                                                        : flags.quick ? 0
                                                        : flags.full  ? 2
                                                                      : 1];
  const Scope scope = {.profile = profile.name,
                       .seeds = flags.seeds > 0 ? flags.seeds : profile.seeds,
                       .threads = flags.common.threads,
                       .output = flags.common.output};
  const std::vector<Task> tasks = experiment.tasks(scope);
  if (verify) return Verify(experiment, tasks, flags);
  if (flags.dry_run || flags.report_only) {
    std::vector<std::string> notices;
    const RecordSet records = ScanRecords(RecordPath(flags.common.output), notices);
    SayNotices(notices);
    if (flags.report_only) return Report(experiment, scope, tasks, records, flags);
    std::size_t known = 0;
    for (const Json* record : RecordsOf(experiment, tasks, records)) known += record != nullptr;
    fmt::print("{}\n{} rows ({} profile, {} random repetitions), {} recorded in {}\n",
               experiment.question, tasks.size(), scope.profile, scope.seeds, known,
               RecordPath(flags.common.output).string());
    return kDone;
  }
  RecordFile file(flags.common.output);
  SayNotices(file.notices());
  {
    std::size_t left = tasks.size();
    for (const Json* record : RecordsOf(experiment, tasks, file.set())) {
      left -= record != nullptr && !flags.force;
    }
    ProgressBar progress(experiment.name, left, "rows",
                         flags.common.quiet ? Loudness::kQuiet : Loudness::kUsual);
    Measure(experiment, tasks, file, flags.force, progress);
  }
  if (InterruptRequested()) {
    PrintError("{}: interrupted; finished rows are kept. The same command goes on:\n  {}\n",
               experiment.name, Command());
    return kInterrupted;
  }
  return Report(experiment, scope, tasks, file.set(), flags);
}

}  // namespace

int RunTaskProgram(const Experiment& experiment, int argc, char** argv) {
  CommandLine line(experiment.name, experiment.summary);
  Flags flags;
  flags.common.output = fmt::format("results/{}", experiment.name);
  AddCommonOptions(line, flags.common);
  line.Remove("--data");
  line.Group("Extent");
  line.Flag("--quick", flags.quick, "seconds: what the tests run");
  line.Flag("--full", flags.full, "as much as makes sense");
  line.Count("--seeds", flags.seeds, {.min = 0, .max = 1000000},
             "random repetitions (0: by profile)");
  line.Group("Records");
  line.Flag("--dry-run", flags.dry_run, "say what would be measured");
  line.Flag("--force", flags.force, "measure again what is recorded already");
  line.Flag("--report-only", flags.report_only,
            "write the report from the records there are; nothing is measured");
  line.Count("--verify", flags.verify, {},
             "measure N recorded rows again and compare digests (0: all)");
  line.Example(fmt::format("{} --quick", experiment.name), "seconds: fewer rows, the same claims");
  line.Example(fmt::format("{} --seeds 20 --output results/mine", experiment.name),
               "more repetitions than the chapter has");
  line.Example(fmt::format("{} --report-only", experiment.name),
               "tables, figures and verdicts again, from what is recorded");
  return line.Run(argc, argv, [&] { return Run(experiment, flags, line.Given("--verify")); });
}

int RunExperiment(const Experiment& experiment, int argc, char** argv) {
  return experiment.profiles.empty() ? RunTaskProgram(experiment, argc, argv)
                                     : RunGridProgram(experiment, argc, argv);
}

}  // namespace lanegrad
