// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment/listed_program.h"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/cli/interrupt.h"
#include "experiments/cli/pdf.h"
#include "experiments/cli/program_options.h"
#include "experiments/cli/shell.h"
#include "experiments/comparison/plan.h"
#include "experiments/comparison/report_files.h"
#include "experiments/experiment/listed_cells.h"
#include "experiments/records/disk.h"
#include "experiments/records/provenance.h"
#include "experiments/runs/record_commands.h"

namespace lanegrad {
namespace {

int ReportListed(const GridFile& file, const Dataset& data, const PlanRecords& records,
                 const ListedOptions& options) {
  const std::vector<CellOutcome> outcomes = JudgeListed(file.cells, records, ChanceOf(data));
  const Table table = ListedTable(outcomes);
  const std::string digest = DigestOfListed(records);
  Report report(fmt::format("Published and ours on {}", data.name),
                file.source.empty() ? "Cells listed in a file, each run as it stands."
                                    : fmt::format("Published: {}", file.source));
  report.Fact("runs", fmt::format("{}, {} of each cell", records.size(),
                                  records.size() / file.cells.size()));
  report.Fact("digest", digest);
  if (!file.caveat.empty()) report.Fact("caveat", file.caveat);
  report.Fact("data", fmt::format("{} ({})", data.name, data.checksum));
  ReportFigures figures(report, options.output);
  figures.Add({MakeDrawing(ListedFigure(outcomes, file.source))});
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
    fmt::print("{}\n{}\n{} runs, digest {}\nreport: {}/report.html\n", table.caption,
               TerminalTable(table), records.size(), digest, options.output);
  }
  const bool missed = std::any_of(outcomes.begin(), outcomes.end(),
                                  [](const CellOutcome& each) { return each.missed; });
  return missed ? kClaimFailed : kDone;
}

}  // namespace

int RunListed(const Protocol& protocol, const GridFile& file, const Dataset& data,
              const ListedOptions& options) {
  const std::vector<PlannedRun> plan = PlanListed(protocol, file.cells, data);
  if (options.plan_only || options.report_only) {
    std::vector<std::string> notices;
    const RecordSet set = ScanRecords(RecordPath(options.output), notices);
    SayNotices(notices);
    const PlanRecords records = Recorded(plan, data, set);
    const std::size_t known = CountRecorded(records);
    if (options.plan_only) {
      fmt::print("{} listed cells, {} runs ({} seeds each), {} recorded in {}\n", file.cells.size(),
                 plan.size(), protocol.final_seeds, known, RecordPath(options.output).string());
      return kDone;
    }
    if (known < plan.size()) {
      throw DataError(fmt::format("{} lacks {} of the {} runs of this plan; to run them: {}",
                                  RecordPath(options.output).string(), plan.size() - known,
                                  plan.size(), WithoutFlag(Command(), "--report-only", false)));
    }
    return ReportListed(file, data, records, options);
  }
  RecordFile records(options.output);
  SayNotices(records.notices());
  const PlanRecords before = Recorded(plan, data, records.set());
  PlanRecords after;
  {
    ProgressBar progress(options.experiment,
                         plan.size() - (options.force ? 0 : CountRecorded(before)), "runs",
                         options.loudness);
    after = RunPlan(plan, data, records,
                    {.experiment = options.experiment,
                     .threads = options.threads,
                     .shard = {},
                     .force = options.force,
                     .progress = &progress,
                     .engine = options.engine});
  }
  if (InterruptRequested()) {
    fmt::print(stderr, "{}: interrupted; finished runs are kept. The same command goes on:\n  {}\n",
               options.experiment, Command());
    return kInterrupted;
  }
  return ReportListed(file, data, after, options);
}

}  // namespace lanegrad
