// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment/grid_report.h"

#include <fmt/format.h>
#include <unistd.h>

#include "experiments/cli/command_line.h"
#include "experiments/cli/pdf.h"
#include "experiments/cli/progress.h"
#include "experiments/comparison/comparison_answer.h"
#include "experiments/comparison/comparison_report.h"
#include "experiments/comparison/equal_cells.h"
#include "experiments/experiment/claims_file.h"
#include "experiments/experiment/experiment_report.h"
#include "experiments/report/fitted_table.h"
#include "experiments/runs/record_commands.h"

namespace lanegrad {
namespace {

void Print(const Experiment& experiment, const GridReportOptions& options,
           const std::vector<RunRecord>& records, const Evidence& evidence, const Answer& answer) {
  const ComparisonFacts& facts = *evidence.facts;
  const std::vector<ComparisonCell>& ranked = evidence.comparison->ranked;
  const std::size_t columns = TerminalColumns(STDOUT_FILENO);
  for (const std::string& sentence : AnswerSentences(ranked)) {
    fmt::print("{}", WrapText(sentence, "", columns > 0 ? columns : 100));
  }
  fmt::print("\n{}\n", FittedTable(RankTable(ranked, facts, columns), columns));
  // A cell that stands at the end of its rates may stand too low in the ranking.
  constexpr std::size_t kNamed = 6;
  if (const std::string edge = BestAtAnEnd(*evidence.comparison, kNamed); !edge.empty()) {
    fmt::print("{}\n", WrapText(edge, "", columns > 0 ? columns : 100));
  }
  for (const NamedTable& each : answer.tables) {
    if (each.page_only) continue;
    fmt::print("{}\n", CaptionedTable(each.table, columns));
  }
  fmt::print("{}{}{} runs{}{}, digest {}\nreport: {}/report.html\n", ClaimText(answer.claims),
             answer.claims.empty() ? "" : "\n", records.size(),
             evidence.rows.empty() ? "" : fmt::format(" and {} rows", evidence.rows.size()),
             facts.duration.empty() ? "" : " in " + facts.duration,
             DigestOf(experiment, records, evidence.rows), options.output);
}

}  // namespace

int ReportGrid(const Experiment& experiment, const GridReportOptions& options,
               const std::vector<RunRecord>& records, ComparisonFacts facts,
               std::vector<Measurement> rows) {
  const Comparison comparison = MakeComparison(records, facts);
  if (const std::string equal = EqualCells(comparison.cells); !equal.empty()) {
    SayNotices(std::span(&equal, 1));
  }
  const Evidence evidence = {
      .scope = options.scope, .rows = std::move(rows), .comparison = &comparison, .facts = &facts};
  const Answer answer = AnswerOf(experiment, evidence);
  WriteComparisonReport(options.output, records, facts,
                        [&](Report& report, ReportFigures& figures) {
                          AddAnswer(report, figures, experiment, answer, options.output);
                        });
  WriteRows(options.output, evidence);
  WriteClaims(options.output, experiment, evidence, answer.claims,
              DigestOf(experiment, records, evidence.rows));
  if (options.pdf) WritePlainPdfs(options.output);
  if (options.json) {
    for (const RunRecord& record : records) fmt::print("{}", RunLine(record));
  } else {
    Print(experiment, options, records, evidence, answer);
  }
  return answer.AsExpected() ? kDone : kClaimFailed;
}

}  // namespace lanegrad
