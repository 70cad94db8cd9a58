/// @file
/// Two groups of benchmarks of one process, told apart by their names: ours against theirs.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_DIFF_BENCHMARK_GROUP_H_
#define LANEGRAD_EXPERIMENTS_REPORT_DIFF_BENCHMARK_GROUP_H_

#include <string>
#include <string_view>

#include "experiments/report_diff/benchmark_file.h"

namespace lanegrad {

/// The two alternatives of a pattern such as "lanegrad|oneDNN": the first is judged against
/// the second.
struct GroupPattern {
  std::string judged;   ///< A regular expression (ECMAScript).
  std::string against;  ///< Likewise.
};

/// The two alternatives of `text`, at its one bar outside brackets. Throws UsageError where
/// there are not two, or one is no regular expression or matches no text at all.
GroupPattern ReadGroupPattern(std::string_view text);

/// The benchmarks of one file, in two files: `against` is A, `judged` is B.
struct BenchmarkGroups {
  BenchmarkFile a;           ///< Those of `against`, by what is left of their names.
  BenchmarkFile b;           ///< Those of `judged`, likewise.
  std::size_t left_out = 0;  ///< How many match neither.
};

/// Sorts by the first match in each name, the longer one of two at the same place; the
/// benchmark is called what is left without it, and one of two separators that meet there.
/// Throws DataError where a group is empty, or two of one group are left with the same name.
BenchmarkGroups SplitGroups(const BenchmarkFile& file, const GroupPattern& pattern);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_DIFF_BENCHMARK_GROUP_H_
