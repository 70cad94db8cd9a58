/// @file
/// What all suites of benchmarks say in one run of `benchmarks`, as one record.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_BENCH_BENCHMARK_RECORD_H_
#define LANEGRAD_BENCH_BENCHMARK_RECORD_H_

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "experiments/json/json.h"

namespace lanegrad {

/// One benchmark of a record.
struct BenchmarkRow {
  std::string suite;     ///< The program that has it, without `_bench`.
  std::string verb;      ///< "multiply".
  std::string what;      ///< "forward".
  std::string target;    ///< "AVX3", "SCALAR"; "O3" and "Ofast" of the compiler's own code.
  std::string shape;     ///< "128x128x784"; what else the name says with blanks between.
  double ns = 0.0;       ///< Nanoseconds of a run, median of rounds.
  double ns_low = 0.0;   ///< The least.
  double ns_high = 0.0;  ///< The greatest.
  std::map<std::string, double> counters;  ///< Medians of rounds.

  /// A counter; 0 where it has none of that name.
  double At(const std::string& counter) const;
  double ElementsPerNs() const;  ///< Whatever the suite calls it; 0 where it does not say.
  double BytesPerNs() const;     ///< Read and written; 0 where it does not say.
  std::string Operation() const { return verb + "/" + what; }  ///< "multiply/forward".
};

/// How suites are run.
struct BenchmarkPlan {
  std::filesystem::path programs;   ///< Where the suites, `roofs` and `peers` are.
  std::vector<std::string> suites;  ///< Their names without `_bench`; empty: all.
  std::string filter;               ///< Which benchmarks, a regular expression; empty: all.
  std::size_t rounds = 5;           ///< Each runs every suite once, as a process of its own.
  double seconds = 0.02;            ///< Of each benchmark in each round, at least.
  bool peers = true;                ///< Whether other libraries' products are, by size.
  std::function<void(const std::string&)> say;  ///< Told what is run.
};

/// The names of the suites in a directory, without `_bench`, in alphabetical order.
std::vector<std::string> SuitesIn(const std::filesystem::path& programs);

/// Runs the plan: all suites in each round, so that what slows the machine for a while slows
/// one value of each and not all values of one. Throws DataError where a suite fails, which it
/// does where a result is wrong.
Json RunBenchmarks(const BenchmarkPlan& plan);

/// The benchmarks of a record, in its order.
std::vector<BenchmarkRow> BenchmarkRows(const Json& record);

/// "medians of 5 rounds, PROCESSOR", for subtitles.
std::string RoundsOf(const Json& record);

/// The best target of a record: the one of its provenance.
std::string BestTarget(const Json& record);

}  // namespace lanegrad

#endif  // LANEGRAD_BENCH_BENCHMARK_RECORD_H_
