/// @file
/// Many reports of one program, in order: where its benchmarks became faster or slower.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_DIFF_SPEED_TREND_H_
#define LANEGRAD_EXPERIMENTS_REPORT_DIFF_SPEED_TREND_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "experiments/report_diff/benchmark_file.h"

namespace lanegrad {

/// A change of level of one benchmark.
struct TrendChange {
  std::size_t place = 0;  ///< In `files` of its row: the first of the new level.
  double ratio = 0.0;     ///< New level over old, by Hodges and Lehmann.
  double p = 1.0;         ///< Of no change, of this benchmark alone.
};

/// One benchmark over all files that have it.
struct TrendRow {
  std::string name;                  ///< Of the benchmark.
  std::vector<std::size_t> files;    ///< Which files, from 0.
  std::vector<double> times;         ///< Of each of them, in nanoseconds.
  std::vector<double> levels;        ///< The median of the level that each is in.
  std::vector<TrendChange> changes;  ///< In their order.
  bool judged = false;               ///< There are files enough for any change to be found.
  /// Whether the last change was for the worse.
  bool IsSlower() const { return !changes.empty() && changes.back().ratio > 1.0; }
};

/// The share of trends without any change on whose page there is a change nevertheless.
constexpr double kTrendFalseAlarms = 0.05;

/// Searches every benchmark, a file being one measurement, for changes of more than
/// `threshold`; the level of each search is kTrendFalseAlarms by the number of benchmarks.
std::vector<TrendRow> FindTrend(std::span<const BenchmarkFile> files, double threshold);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_DIFF_SPEED_TREND_H_
