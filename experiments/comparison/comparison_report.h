/// @file
/// The report of a comparison: everything that its records say, in one folder.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPARISON_COMPARISON_REPORT_H_
#define LANEGRAD_EXPERIMENTS_COMPARISON_COMPARISON_REPORT_H_

#include <filesystem>
#include <span>
#include <string>

#include "experiments/comparison/comparison_facts.h"
#include "experiments/comparison/comparison_figure.h"
#include "experiments/comparison/comparison_table.h"

namespace lanegrad {

/// JointDigest() of their keys and digests: one line to compare two machines by.
std::string JointDigest(std::span<const RunRecord> records);

/// Writes report.html, the ranking as CSV and every figure as SVG, CSV and
/// Vega-Lite into `directory`. `records` are all that the report speaks of, in any order,
/// at least one; the same records and facts give the same bytes. A grid that is not finished
/// is reported as far as it is, with a warning. Throws WriteError.
void WriteComparisonReport(const std::filesystem::path& directory,
                           std::span<const RunRecord> records, ComparisonFacts facts);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPARISON_COMPARISON_REPORT_H_
