/// @file
/// What an experiment leaves behind: claims with verdicts, figures, tables, rows.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPERIMENT_EXPERIMENT_REPORT_H_
#define LANEGRAD_EXPERIMENTS_EXPERIMENT_EXPERIMENT_REPORT_H_

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "experiments/comparison/report_files.h"
#include "experiments/experiment/experiment.h"
#include "experiments/records/run_record.h"

namespace lanegrad {

/// Everything that an experiment says of its records.
struct Answer {
  std::vector<JudgedClaim> claims;  ///< In the order of the experiment.
  std::vector<NamedTable> tables;   ///< Likewise.
  std::vector<Figure> figures;      ///< Likewise.
  /// Whether no verdict is another than the expected one.
  bool AsExpected() const;
};

/// Makes it.
Answer AnswerOf(const Experiment& experiment, const Evidence& evidence);

/// Adds question, claims, tables and figures to a report, and writes `claims.csv`, `claims.md`
/// and each table as CSV and Markdown into `directory`; each figure also as `NAME_themed.svg`,
/// which follows a page into light or dark mode. Throws WriteError.
void AddAnswer(Report& report, ReportFigures& figures, const Experiment& experiment,
               const Answer& answer, const std::filesystem::path& directory);

/// Writes the report of an experiment with tasks: report.html, its figures, one CSV a series of
/// rows, claims and tables. `provenances` are those of the rows' records. Throws WriteError.
void WriteExperimentReport(const std::filesystem::path& directory, const Experiment& experiment,
                           const Evidence& evidence, const Answer& answer,
                           std::span<const std::string> provenances, const std::string& command);

/// Writes `rows_SERIES.csv` into `directory` for each series of rows. Throws WriteError.
void WriteRows(const std::filesystem::path& directory, const Evidence& evidence);

/// The digest of everything that an experiment recorded: runs, rows or both.
std::string DigestOf(const Experiment& experiment, std::span<const RunRecord> runs,
                     std::span<const Measurement> rows);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPERIMENT_EXPERIMENT_REPORT_H_
