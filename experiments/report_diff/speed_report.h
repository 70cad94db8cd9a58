/// @file
/// What a comparison of speed says, as a page and as JSON.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_DIFF_SPEED_REPORT_H_
#define LANEGRAD_EXPERIMENTS_REPORT_DIFF_SPEED_REPORT_H_

#include <cstddef>
#include <span>
#include <string>

#include "experiments/json/json.h"
#include "experiments/report/verdict_page.h"
#include "experiments/report_diff/benchmark_comparison.h"
#include "experiments/report_diff/benchmark_file.h"

namespace lanegrad {

/// How two programs were compared.
struct SpeedFacts {
  double threshold = 0.02;  ///< Least change worth a word.
  bool processes = false;   ///< Run in turn, a process the unit; else two files.
  std::size_t pairs = 0;    ///< Of processes.
};

/// The page of a comparison; `a` and `b` are the files, or the first processes.
VerdictPage SpeedPage(std::span<const SpeedRow> rows, const BenchmarkFile& a,
                      const BenchmarkFile& b, const SpeedFacts& facts);

/// The same as JSON: facts, environment differences, a row a benchmark, counts.
Json SpeedJson(std::span<const SpeedRow> rows, const BenchmarkFile& a, const BenchmarkFile& b,
               const SpeedFacts& facts);

/// The geometric mean of the ratios of all rows that were measured on both sides; NaN
/// where there is none.
double GeometricMeanRatio(std::span<const SpeedRow> rows);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_DIFF_SPEED_REPORT_H_
