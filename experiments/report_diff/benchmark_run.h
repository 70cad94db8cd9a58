/// @file
/// Benchmarks run in turn, a process at a time; and how often such a comparison finds
/// a difference where there is none.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_DIFF_BENCHMARK_RUN_H_
#define LANEGRAD_EXPERIMENTS_REPORT_DIFF_BENCHMARK_RUN_H_

#include <cstddef>
#include <string>
#include <vector>

#include "experiments/report_diff/benchmark_comparison.h"
#include "experiments/report_diff/benchmark_file.h"

namespace lanegrad {

/// What to run.
struct BenchmarkRun {
  std::string a;                              ///< The one program.
  std::string b;                              ///< The other; may be the same.
  std::vector<std::string> arguments;         ///< For both.
  std::size_t pairs = 12;                     ///< Processes of each.
  BenchmarkTime time = BenchmarkTime::kReal;  ///< What is compared.
  bool quiet = false;                         ///< No progress.
};

/// What came of it: a[i] and b[i] ran one after the other.
struct BenchmarkPairs {
  std::vector<BenchmarkFile> a;  ///< Of each process of A.
  std::vector<BenchmarkFile> b;  ///< Of each process of B.
};

/// Runs A B, B A, A B, ...: neighbours are a pair, and each is first in half of
/// them, so that neither a machine that grows slower nor the place in a pair favours
/// one. A first pair warms caches and is thrown away. Returns early, with fewer pairs,
/// when interrupted. Throws DataError where a program fails or prints no benchmarks.
BenchmarkPairs RunInTurn(const BenchmarkRun& run);

/// A share of trials, with what is known of it.
struct Share {
  std::size_t hits = 0;    ///< How many.
  std::size_t trials = 0;  ///< Of how many.
  /// Clopper and Pearson's 95% interval; [0, 1] of no trials.
  Interval Bounds() const;
};

/// How often a program differed from itself.
struct FalseAlarms {
  Share comparisons;  ///< Comparisons with at least one verdict *faster* or *slower*.
  Share single;       ///< Benchmarks, each judged as if it were the only one.
  /// Neighbouring processes whose repetitions a U test calls different at 5%, as a
  /// comparison of two files would.
  Share repetitions;
};

/// Splits the pairs of one program with itself into comparisons of `pairs_each` and
/// counts the false alarms.
FalseAlarms CountFalseAlarms(const BenchmarkPairs& pairs, std::size_t pairs_each, double threshold);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_DIFF_BENCHMARK_RUN_H_
