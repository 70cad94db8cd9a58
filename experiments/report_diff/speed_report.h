/// @file
/// What a comparison of speed says, as a page and as JSON.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_DIFF_SPEED_REPORT_H_
#define LANEGRAD_EXPERIMENTS_REPORT_DIFF_SPEED_REPORT_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "experiments/json/json.h"
#include "experiments/report/verdict_page.h"
#include "experiments/report_diff/benchmark_comparison.h"
#include "experiments/report_diff/benchmark_file.h"
#include "experiments/report_diff/overall_speed.h"

namespace lanegrad {

/// How two programs were compared.
struct SpeedFacts {
  double threshold = 0.02;  ///< Least change worth a word.
  bool processes = false;   ///< Run in turn, a process the unit; else files.
  std::size_t pairs = 0;    ///< Of processes.
  bool samples = false;     ///< Several files a side, a file the unit.
  bool groups = false;      ///< Both sides ran in the same processes, as SplitGroups() has them.
  std::string a = "A";      ///< What people call the one side,
  std::string b = "B";      ///< and the other, whose speed is judged.
  /// What all rows say together; unless given, OverallOfRows().
  std::optional<OverallSpeed> overall = std::nullopt;
};

/// The page of a comparison; `a` and `b` are the files, or the first processes.
VerdictPage SpeedPage(std::span<const SpeedRow> rows, const BenchmarkFile& a,
                      const BenchmarkFile& b, const SpeedFacts& facts);

/// The same as JSON: facts, environment differences, a row a benchmark, counts.
Json SpeedJson(std::span<const SpeedRow> rows, const BenchmarkFile& a, const BenchmarkFile& b,
               const SpeedFacts& facts);

/// One line of who it was: compiler, processor and target, as far as the file says.
std::string DescribeProcess(const BenchmarkFile& file);

/// The same as JSON, with all that identifies machine and build.
Json ProcessJson(const BenchmarkFile& file);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_DIFF_SPEED_REPORT_H_
