/// @file
/// A file of Google Benchmark, read for what it measured and where.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_DIFF_BENCHMARK_FILE_H_
#define LANEGRAD_EXPERIMENTS_REPORT_DIFF_BENCHMARK_FILE_H_

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "experiments/json/json.h"

namespace lanegrad {

/// Which of the two times of a benchmark is compared.
enum class BenchmarkTime {
  kReal,  ///< By the clock on the wall (or what the benchmark itself measured).
  kCpu,   ///< Of the processor, of the thread that calls.
};

/// What a file says of one benchmark.
struct Measurement {
  std::vector<double> nanoseconds;  ///< One a repetition; empty where only aggregates are there.
  std::size_t repetitions = 0;      ///< How many there were.
  double mean = 0.0;                ///< Of aggregates without repetitions, in nanoseconds.
  double deviation = 0.0;           ///< Sample standard deviation of those; NaN: not known.
  std::string failure;              ///< What the benchmark said where it gave up.
  /// The number that stands for it: median of the repetitions, or the mean of aggregates.
  double Typical() const;
};

/// What one process measured.
struct BenchmarkFile {
  std::string name;                                 ///< Of the file, for people.
  std::vector<std::string> order;                   ///< Benchmarks, as they ran.
  std::map<std::string, Measurement> measurements;  ///< By name.
  /// What identifies machine and build, in the order of reports: host, processors,
  /// compiler, flags, ... Never the clock of the moment, which is another each time.
  std::vector<std::pair<std::string, std::string>> identity;
  std::string source;  ///< Git id where known.
  double load = 0.0;   ///< Average load when it began; NaN: not known.
};

/// Reads the JSON text of Google Benchmark; lines before its first brace, as some
/// programs print, are skipped. `name` stands in messages. Throws DataError where it
/// is damaged, is something else, or holds no benchmark.
BenchmarkFile ParseBenchmarks(std::string_view text, std::string_view name,
                              BenchmarkTime time = BenchmarkTime::kReal);

/// The same of a file. Throws DataError.
BenchmarkFile ReadBenchmarks(const std::filesystem::path& path,
                             BenchmarkTime time = BenchmarkTime::kReal);

/// One line of what made it: its name, compiler, processor and target, as far as the file says.
std::string Describe(const BenchmarkFile& file);

/// The same as JSON, with all that identifies machine and build.
Json ToJson(const BenchmarkFile& file);

/// What two files say differently of machine and build, a sentence each; of load,
/// where it was high or unlike.
std::vector<std::string> EnvironmentDifferences(const BenchmarkFile& a, const BenchmarkFile& b);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_DIFF_BENCHMARK_FILE_H_
