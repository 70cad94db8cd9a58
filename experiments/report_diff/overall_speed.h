/// @file
/// What all benchmarks of a comparison say together, and how sure that is.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_DIFF_OVERALL_SPEED_H_
#define LANEGRAD_EXPERIMENTS_REPORT_DIFF_OVERALL_SPEED_H_

#include <cstddef>
#include <limits>
#include <span>

#include "experiments/report_diff/benchmark_comparison.h"
#include "experiments/report_diff/benchmark_file.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {

/// The geometric mean of the ratios of all rows with a verdict; no others count, since
/// nobody knows what they say.
struct OverallSpeed {
  /// Time of B over time of A; NaN: no row has a verdict, or no interval can be had.
  double ratio = std::numeric_limits<double>::quiet_NaN();
  Interval interval = {ratio, ratio};  ///< 95% of it; NaN likewise.
  std::size_t rows = 0;                ///< Rows with a verdict.
  /// Whether it is Hodges and Lehmann's estimate over processes, and hence not the mean of the
  /// ratios that the rows show.
  bool by_process = false;
};

/// Of rows whose errors are independent, as those of repetitions inside one process are:
/// limits from the rows' limits, by recovery of variances. [Zou and Donner 2008]
OverallSpeed OverallOfRows(std::span<const SpeedRow> rows);

/// Of processes, a[i] and b[i] being neighbours where `paired`: each counts once, by the mean
/// logarithm of its times, so that what its benchmarks share widens the interval. Processes
/// that lack one of the rows are left out.
OverallSpeed OverallOfProcesses(std::span<const SpeedRow> rows, std::span<const BenchmarkFile> a,
                                std::span<const BenchmarkFile> b, bool paired);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_DIFF_OVERALL_SPEED_H_
