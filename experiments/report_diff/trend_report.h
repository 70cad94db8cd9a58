/// @file
/// What the trend of many reports says, as a page and as JSON.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_DIFF_TREND_REPORT_H_
#define LANEGRAD_EXPERIMENTS_REPORT_DIFF_TREND_REPORT_H_

#include <span>
#include <string>

#include "experiments/json/json.h"
#include "experiments/report/verdict_page.h"
#include "experiments/report_diff/benchmark_file.h"
#include "experiments/report_diff/speed_trend.h"

namespace lanegrad {

/// The page: what changed, where, by how much.
VerdictPage TrendPage(std::span<const TrendRow> rows, std::span<const BenchmarkFile> files,
                      double threshold);

/// The page as one HTML file, with a curve of every benchmark that changed, or of the first
/// dozen where none did.
std::string TrendHtml(std::span<const TrendRow> rows, std::span<const BenchmarkFile> files,
                      double threshold);

/// The same as JSON: times, levels and changes of every benchmark.
Json TrendJson(std::span<const TrendRow> rows, std::span<const BenchmarkFile> files,
               double threshold);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_DIFF_TREND_REPORT_H_
