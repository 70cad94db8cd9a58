/// @file
/// The report of a comparison: everything that its records say, in one folder.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPARISON_COMPARISON_REPORT_H_
#define LANEGRAD_EXPERIMENTS_COMPARISON_COMPARISON_REPORT_H_

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>

#include "experiments/comparison/comparison.h"
#include "experiments/comparison/comparison_facts.h"
#include "experiments/comparison/comparison_figure.h"
#include "experiments/comparison/comparison_table.h"
#include "experiments/comparison/report_files.h"

namespace lanegrad {

/// JointDigest() of their keys and digests: one line to compare two machines by.
std::string JointDigest(std::span<const RunRecord> records);

/// Whose best rate, or whose best searched setting, lies at an end of what was tried, so that a
/// better one may lie beyond: a sentence with the first `most` of these cells; empty if there are
/// none.
std::string BestAtAnEnd(const Comparison& comparison, std::size_t most);

/// Writes report.html, the ranking as CSV, the answer and the ranking as Markdown, and every figure
/// as SVG, CSV and Vega-Lite into `directory`. `records` are all that the report speaks of, in any
/// order, at least one; the same records and facts give the same bytes. A grid that is not finished
/// is reported as far as it is, with a warning. `first` may add what stands between the answer and
/// the ranking: claims and their verdicts. Throws WriteError.
void WriteComparisonReport(const std::filesystem::path& directory,
                           std::span<const RunRecord> records, ComparisonFacts facts,
                           const std::function<void(Report&, ReportFigures&)>& first = {});

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPARISON_COMPARISON_REPORT_H_
