/// @file
/// A file of Google Benchmark, read for what it measured and where.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_DIFF_BENCHMARK_FILE_H_
#define LANEGRAD_EXPERIMENTS_REPORT_DIFF_BENCHMARK_FILE_H_

#include <cstddef>
#include <filesystem>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "experiments/report_diff/benchmark_rows.h"

namespace lanegrad {

/// What a file says of one benchmark.
struct Measurement {
  /// One a repetition; empty where only aggregates are there.
  std::vector<double> nanoseconds;
  std::size_t repetitions = 0;  ///< How many there were.
  /// Of aggregates without repetitions, in nanoseconds; NaN: not there.
  double mean = std::numeric_limits<double>::quiet_NaN();
  double median = std::numeric_limits<double>::quiet_NaN();     ///< Likewise.
  double deviation = std::numeric_limits<double>::quiet_NaN();  ///< Of a sample; NaN: not known.
  std::string failure;  ///< What the benchmark said where it gave up.
  std::string odd;      ///< Why it has no time to compare, "took 0 ns"; empty: it has one.
  /// The number that stands for it: median of the repetitions, or the mean of aggregates,
  /// or their median; NaN: none.
  double Typical() const;
};

/// What one process measured.
struct BenchmarkFile {
  std::string name;                ///< Of the file, for people.
  std::vector<std::string> order;  ///< Benchmarks, as they ran.
  /// By name; where several have the same, "name [1 of 2]" in the order of the file.
  std::map<std::string, Measurement> measurements;
  /// What identifies machine and build, in the order of reports: host, processors,
  /// compiler, flags, ... Never the clock of the moment, which is another each time.
  std::vector<std::pair<std::string, std::string>> identity;
  std::string source;  ///< Git id where known.
  /// Average load when it began; NaN: not known.
  double load = std::numeric_limits<double>::quiet_NaN();
  std::vector<std::string> warnings;  ///< What was left out or taken for granted.
};

/// Reads JSON or CSV of Google Benchmark, as ParseBenchmarkRows() does, and finds out which
/// rows belong together: by name, family and instance where the file has them, else by what
/// its order says. `name` stands in messages. Throws DataError where it is damaged, is
/// something else, has a repetition twice, or holds no benchmark.
BenchmarkFile ParseBenchmarks(std::string_view text, std::string_view name,
                              BenchmarkTime time = BenchmarkTime::kReal);

/// The same of a file. Throws DataError.
BenchmarkFile ReadBenchmarks(const std::filesystem::path& path,
                             BenchmarkTime time = BenchmarkTime::kReal);

/// What two files, called so, say differently of machine and build, a sentence each.
std::vector<std::string> IdentityDifferences(const BenchmarkFile& a, const BenchmarkFile& b,
                                             std::string_view a_name = "A",
                                             std::string_view b_name = "B");

/// The same, and a sentence of load where it was high.
std::vector<std::string> EnvironmentDifferences(const BenchmarkFile& a, const BenchmarkFile& b);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_DIFF_BENCHMARK_FILE_H_
