/// @file
/// Which rows of Google Benchmark belong to one benchmark.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_DIFF_BENCHMARK_INSTANCES_H_
#define LANEGRAD_EXPERIMENTS_REPORT_DIFF_BENCHMARK_INSTANCES_H_

#include <map>
#include <string>
#include <vector>

#include "experiments/report_diff/benchmark_rows.h"

namespace lanegrad {

/// One benchmark with one set of arguments.
struct BenchmarkInstance {
  std::string name;  ///< Alone of all; "name [1 of 2]" where the file has two of one name.
  std::vector<BenchmarkRow> repetitions;           ///< In the order of the file.
  std::map<std::string, BenchmarkRow> aggregates;  ///< By kind: "mean", "median", "stddev", ...
};

/// Sorts rows into benchmarks, in the order of the file. Names alone do not tell them apart:
/// a program may register two of one name. Family and instance index do; without them, what
/// is not next to each other, comes after aggregates, or beyond the stated number of
/// repetitions, is another benchmark. Complexities (BigO, RMS) belong to none. What had to be
/// guessed is added to `warnings`. Throws DataError where a repetition is there twice.
std::vector<BenchmarkInstance> FindInstances(std::vector<BenchmarkRow> rows,
                                             std::vector<std::string>& warnings);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_DIFF_BENCHMARK_INSTANCES_H_
