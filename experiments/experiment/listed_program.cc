// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment/listed_program.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "experiments/cli/interrupt.h"
#include "experiments/cli/pdf.h"
#include "experiments/cli/print_error.h"
#include "experiments/cli/program_options.h"
#include "experiments/cli/progress.h"
#include "experiments/cli/shell.h"
#include "experiments/comparison/plan.h"
#include "experiments/comparison/report_files.h"
#include "experiments/experiment/listed_cells.h"
#include "experiments/records/disk.h"
#include "experiments/records/provenance.h"
#include "experiments/report/fitted_table.h"
#include "experiments/runs/record_commands.h"
#include "network/stopwatch.h"

namespace lanegrad {
namespace {

int ReportListed(const std::vector<ListedCell>& cells, const GridFile& file, const Dataset& data,
                 const PlanRecords& records, const ListedOptions& options) {
  const Score score = ScoreOf(data);
  const std::vector<CellOutcome> outcomes = JudgeListed(cells, records, ChanceOf(data));
  const Table table = ListedTable(outcomes, score);
  const std::string digest = DigestOfListed(records);
  Report report(fmt::format("Published and ours on {}", data.name),
                file.source.empty() ? "Cells listed in a file, each run as it stands."
                                    : fmt::format("Published: {}", file.source));
  report.Fact("runs",
              fmt::format("{}, {} of each cell", records.size(), records.size() / cells.size()));
  report.Fact("digest", digest);
  if (!file.caveat.empty()) report.Fact("caveat", file.caveat);
  report.Fact("data", fmt::format("{} ({})", data.name, data.checksum));
  ReportFigures figures(report, options.output);
  figures.Add({MakeDrawing(ListedFigure(outcomes, file.source, score))});
  report.AddTable(table);
  report.Heading("Make it again");
  report.Code(WithoutFlag(Command(), "--report-only", false));
  std::vector<std::string> provenances;
  for (const auto& record : records) provenances.push_back(record->provenance);
  report.Details("Provenance of the runs", ProvenanceLines(provenances));
  WriteFileAtomically(std::filesystem::path(options.output) / "report.html", report.Html());
  WriteFileAtomically(std::filesystem::path(options.output) / "published.csv", CsvTable(table));
  WriteFileAtomically(std::filesystem::path(options.output) / "published.md", MarkdownTable(table));
  if (options.pdf) WritePlainPdfs(options.output);
  if (options.json) {
    for (const auto& record : records) fmt::print("{}", RunLine(*record));
  } else {
    fmt::print("{}\n{} runs, digest {}\nreport: {}/report.html\n",
               CaptionedTable(table, TerminalColumns(STDOUT_FILENO)), records.size(), digest,
               options.output);
  }
  const bool missed = std::any_of(outcomes.begin(), outcomes.end(),
                                  [](const CellOutcome& each) { return each.missed; });
  if (missed) return kClaimFailed;
  return CountOutOfTime(records) > 0 ? kOutOfTime : kDone;
}

// What is recorded of a plan in two steps; the second is empty until the first is whole.
struct ListedWork {
  std::vector<PlannedRun> search;
  PlanRecords tried;
  std::vector<ListedCell> cells;  // with what was chosen
  std::vector<PlannedRun> finals;
  PlanRecords ours;
};

void FindFinals(const Protocol& protocol, const GridFile& file, const Dataset& data,
                const RecordSet& records, ListedWork& work) {
  if (CountRecorded(work.tried) < work.search.size()) return;
  work.cells = ChooseListed(protocol, file.cells, work.search, work.tried, ChanceOf(data));
  work.finals = PlanListed(protocol, work.cells, data);
  work.ours = Recorded(work.finals, data, records);
}

ListedWork FindWork(const Protocol& protocol, const GridFile& file, const Dataset& data,
                    const RecordSet& records) {
  ListedWork work;
  work.search = PlanListedSearch(protocol, file.cells, data);
  work.tried = Recorded(work.search, data, records);
  FindFinals(protocol, file, data, records, work);
  return work;
}

int Dry(const Protocol& protocol, const GridFile& file, const ListedWork& work,
        const ListedOptions& options) {
  fmt::print("{} listed cells", file.cells.size());
  if (!work.search.empty()) {
    fmt::print(", {} runs to choose {} ({} seeds each)", work.search.size(),
               fmt::join(protocol.search.settings, ", "), protocol.tune_seeds);
  }
  fmt::print(", {} runs{} ({} seeds each), {} recorded in {}\n",
             file.cells.size() * protocol.final_seeds, work.search.empty() ? "" : " after",
             protocol.final_seeds, CountRecorded(work.tried) + CountRecorded(work.ours),
             RecordPath(options.output).string());
  return kDone;
}

// Says why what is left was not run, and how it goes on; the exit code.
int LeftOff(const ListedWork& work, const ListedOptions& options) {
  if (InterruptRequested()) {
    PrintError("{}: interrupted; finished runs are kept. The same command goes on:\n  {}\n",
               options.experiment, Command());
    return kInterrupted;
  }
  PrintError(
      "{}: the time limit of {} is reached; {} finished runs are kept. The same command "
      "goes on, for as long again:\n  {}\n",
      options.experiment, SecondsText(options.limits.all),
      CountRecorded(work.tried) + CountRecorded(work.ours), Command());
  return kOutOfTime;
}

}  // namespace

int RunListed(const Protocol& protocol, const GridFile& file, const Dataset& data,
              const ListedOptions& options) {
  const std::size_t all = PlanListedSearch(protocol, file.cells, data).size() +
                          file.cells.size() * protocol.final_seeds;
  if (options.plan_only || options.report_only) {
    std::vector<std::string> notices;
    const RecordSet set = ScanRecords(RecordPath(options.output), notices);
    SayNotices(notices);
    // Cells that make no sense are found before anything else is said.
    PlanListed(protocol, file.cells, data);
    const ListedWork work = FindWork(protocol, file, data, set);
    if (options.plan_only) return Dry(protocol, file, work, options);
    const std::size_t known = CountRecorded(work.tried) + CountRecorded(work.ours);
    if (known < all) {
      throw DataError(fmt::format("{} lacks {} of the {} runs of this plan; to run them: {}",
                                  RecordPath(options.output).string(), all - known, all,
                                  WithoutFlag(Command(), "--report-only", false)));
    }
    return ReportListed(work.cells, file, data, work.ours, options);
  }
  PlanListed(protocol, file.cells, data);
  const double deadline = Now() + options.limits.all;
  RecordFile records(options.output);
  SayNotices(records.notices());
  ListedWork work = FindWork(protocol, file, data, records.set());
  const std::size_t again =
      options.limits.retry ? CountOutOfTime(work.tried) + CountOutOfTime(work.ours) : 0;
  {
    const std::size_t known = CountRecorded(work.tried) + CountRecorded(work.ours);
    ProgressBar progress(options.experiment, options.force ? all : all - known + again, "runs",
                         options.loudness);
    progress.Judge(ScoreOf(data));
    const RunnerOptions run = {.experiment = options.experiment,
                               .threads = options.threads,
                               .shard = {},
                               .force = options.force,
                               .limits = options.limits,
                               .deadline = deadline,
                               .progress = &progress,
                               .engine = options.engine};
    work.tried = RunPlan(work.search, data, records, run);
    if (!InterruptRequested() && Now() < deadline) {
      FindFinals(protocol, file, data, records.set(), work);
      work.ours = RunPlan(work.finals, data, records, run);
    }
  }
  const bool whole = !work.finals.empty() && CountRecorded(work.ours) == work.finals.size();
  if (!whole || InterruptRequested()) return LeftOff(work, options);
  return ReportListed(work.cells, file, data, work.ours, options);
}

}  // namespace lanegrad
