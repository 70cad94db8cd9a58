// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment/experiment_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "experiments/experiment/claims_file.h"
#include "experiments/records/disk.h"
#include "experiments/records/joint_digest.h"

namespace lanegrad {

bool Answer::AsExpected() const {
  return std::all_of(claims.begin(), claims.end(),
                     [](const JudgedClaim& each) { return each.AsExpected(); });
}

Answer AnswerOf(const Experiment& experiment, const Evidence& evidence) {
  Answer answer = {.claims = Judge(experiment.claims, evidence), .tables = {}, .figures = {}};
  for (const auto make : experiment.tables) answer.tables.push_back(make(evidence));
  for (const auto make : experiment.figures) answer.figures.push_back(make(evidence));
  return answer;
}

void AddAnswer(Report& report, ReportFigures& figures, const Experiment& experiment,
               const Answer& answer, const std::filesystem::path& directory) {
  if (!answer.claims.empty()) {
    const Table table = ClaimTable(answer.claims);
    report.Heading("Claims");
    report.Paragraph(experiment.question);
    report.AddTable(table);
    WriteFileAtomically(directory / "claims.csv", CsvTable(table));
    WriteFileAtomically(directory / "claims.md", MarkdownTable(table));
  }
  if (!answer.tables.empty() || !answer.figures.empty()) report.Heading("What was measured");
  for (const Figure& figure : answer.figures) {
    figures.Add({std::visit([](const auto& each) { return MakeDrawing(each); }, figure)});
    const auto [name, themed] =
        std::visit([](const auto& each) { return std::pair(each.name, DrawSvg(each)); }, figure);
    WriteFileAtomically(directory / "figures" / (name + "_themed.svg"), themed);
  }
  for (const NamedTable& each : answer.tables) {
    report.AddTable(each.table);
    WriteFileAtomically(directory / (each.name + ".csv"), CsvTable(each.table));
    WriteFileAtomically(directory / (each.name + ".md"), CaptionedMarkdown(each.table));
  }
}

std::string DigestOf(const Experiment& experiment, std::span<const RunRecord> runs,
                     std::span<const Measurement> rows) {
  std::map<std::string, std::string> digests;
  for (const RunRecord& run : runs) digests[run.key] = run.digest;
  for (const Measurement& row : rows) digests[MeasurementKey(experiment.name, row)] = row.digest;
  return JointDigest(digests);
}

void WriteRows(const std::filesystem::path& directory, const Evidence& evidence) {
  std::vector<std::string> series;
  for (const Measurement& row : evidence.rows) {
    if (std::find(series.begin(), series.end(), row.series) == series.end()) {
      series.push_back(row.series);
    }
  }
  for (const std::string& each : series) {
    WriteFileAtomically(directory / fmt::format("rows_{}.csv", each),
                        MeasurementCsv(evidence.Series(each)));
  }
}

void WriteExperimentReport(const std::filesystem::path& directory, const Experiment& experiment,
                           const Evidence& evidence, const Answer& answer,
                           std::span<const std::string> provenances, const std::string& command) {
  const std::string number =
      experiment.section.empty() ? "" : fmt::format("{} ", experiment.section);
  Report report(fmt::format("{}{}", number, experiment.title), experiment.summary);
  report.Fact("rows", fmt::format("{} ({} profile, {} random repetitions)", evidence.rows.size(),
                                  evidence.scope.profile, evidence.scope.seeds));
  report.Fact("digest", DigestOf(experiment, {}, evidence.rows));
  ReportFigures figures(report, directory);
  AddAnswer(report, figures, experiment, answer, directory);
  WriteRows(directory, evidence);
  WriteClaims(directory, experiment, evidence, answer.claims,
              DigestOf(experiment, {}, evidence.rows));
  report.Heading("Make it again");
  if (!command.empty()) report.Code(command);
  report.Paragraph(
      "The same digest comes out on every machine with any number of threads: it is made of "
      "settings and values. What depends on the machine, such as times, stands in the rows as "
      "well, and in no digest.");
  report.Details("Provenance of the rows", ProvenanceLines(provenances));
  WriteFileAtomically(directory / "report.html", report.Html());
}

}  // namespace lanegrad
