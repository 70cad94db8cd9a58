// SPDX-License-Identifier: Apache-2.0
#include "experiments/training/seed_variance_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "experiments/comparison/report_files.h"
#include "experiments/records/disk.h"
#include "experiments/records/record_table.h"
#include "experiments/report/report.h"
#include "experiments/training/seed_variance.h"
#include "experiments/training/training_answer.h"
#include "experiments/training/training_report.h"
#include "experiments/training/training_table.h"

namespace lanegrad {
namespace {

void AddVariance(Report& report, ReportFigures& figures, const std::filesystem::path& directory,
                 const SeedVariance& variance) {
  const std::string stem = variance.held_out ? "seed_variance_held_out" : "seed_variance";
  const Table table = SeedVarianceTable(variance), shares = VarianceShareTable(variance);
  report.Heading(variance.held_out ? "By held-out samples" : "By test samples");
  figures.Add({MakeDrawing(SeedVarianceFigure(variance))});
  report.AddTable(table);
  report.DetailTable("Variances of all sets of causes", shares);
  WriteFileAtomically(directory / (stem + ".csv"), CsvTable(table));
  WriteFileAtomically(directory / (stem + ".md"), MarkdownTable(table));
  WriteFileAtomically(directory / (stem + "_shares.csv"), CsvTable(shares));
}

}  // namespace

void WriteSeedVarianceReport(const std::filesystem::path& directory, const TrainedRuns& runs,
                             const SeedDesign& design, const std::string& command) {
  RemoveEarlierReport(directory);
  const RunRecord& first = runs.runs.front();
  Report report(fmt::format("What a seed changes: {} on {}", fmt::join(first.settings.layers, "-"),
                            first.data),
                fmt::format("{}; {} runs, every combination of {} levels of {} causes.",
                            SettingsLine(first.settings), runs.runs.size(), design.levels,
                            design.causes.size()));
  const SeedVariance test = {.runs = runs, .design = design};
  std::vector<std::string> answer = SeedVarianceSentences(test);
  for (std::string& sentence : answer) {
    if (!sentence.ends_with('.')) sentence += ".";
  }
  report.Answer(answer);
  ReportFigures figures(report, directory);
  AddVariance(report, figures, directory, test);
  if (first.settings.validation > 0) {
    AddVariance(report, figures, directory, {.runs = runs, .design = design, .held_out = true});
  }
  report.Heading("Be warned");
  for (const std::string& limit : SeedVarianceLimits(test)) report.Warning(limit);
  report.Heading("Make it again");
  report.Facts(
      {{"digest", DigestOf(runs)}, {"data", fmt::format("{} ({})", first.data, first.checksum)}});
  if (!command.empty()) report.Code(command);
  report.AddTable(SettingsTable(runs));
  std::vector<std::string> provenances;
  std::vector<Json> records;
  for (const RunRecord& run : runs.runs) {
    provenances.push_back(run.provenance);
    records.push_back(ToJson(run));
  }
  report.Details("Provenance of the runs", ProvenanceLines(provenances));
  std::vector<const Json*> lines;
  for (const Json& record : records) lines.push_back(&record);
  WriteFileAtomically(directory / "runs.csv", RunsCsv(lines));
  WriteFileAtomically(directory / "report.html", report.Html());
}

}  // namespace lanegrad
