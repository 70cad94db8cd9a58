/// @file
/// What a grid of trainings says when it is done, on the terminal and as a report.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPERIMENT_GRID_REPORT_H_
#define LANEGRAD_EXPERIMENTS_EXPERIMENT_GRID_REPORT_H_

#include <string>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/records/run_record.h"

namespace lanegrad {

/// Where it is said, and how.
struct GridReportOptions {
  std::string output;  ///< Directory of the results.
  bool json = false;   ///< Records on standard output, a line each, instead of tables.
  bool pdf = false;    ///< Plain figures as PDF besides.
  Scope scope;         ///< How much was asked for.
};

/// Judges the claims of `experiment` by the runs and rows, writes report, tables and figures, and
/// prints what was asked for. Returns the exit code: 1 where a verdict is another than expected.
/// Throws WriteError.
int ReportGrid(const Experiment& experiment, const GridReportOptions& options,
               const std::vector<RunRecord>& records, ComparisonFacts facts,
               std::vector<Measurement> rows);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPERIMENT_GRID_REPORT_H_
