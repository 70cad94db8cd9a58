/// @file
/// Two programs' speed, benchmark by benchmark: ratio, interval, verdict in words.
///
/// The unit matters more than the test. Repetitions inside one process share its
/// memory layout and its minute of the machine, so a process compared with itself
/// differs "significantly" half of the time. Where processes were run in turn, a
/// process is the unit, and pairs of neighbours are compared.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_DIFF_BENCHMARK_COMPARISON_H_
#define LANEGRAD_EXPERIMENTS_REPORT_DIFF_BENCHMARK_COMPARISON_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/report_diff/benchmark_file.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {

/// What can be said of one benchmark.
enum class SpeedVerdict {
  kFaster,    ///< B is faster by more than the threshold.
  kSlower,    ///< B is slower by more than the threshold: a regression.
  kNoChange,  ///< No difference beyond the threshold is shown.
  kUnjudged,  ///< Too few measurements for any verdict.
  kOnlyA,     ///< B did not run it.
  kOnlyB,     ///< A did not run it.
  kFails,     ///< B's benchmark gave up, and A's did not: a regression.
  kFailed,    ///< A's benchmark gave up, whatever B's did.
};

/// "faster", "slower", "no change shown", ...
std::string_view VerdictName(SpeedVerdict verdict);

/// One benchmark of both.
struct SpeedRow {
  std::string name;                ///< Of the benchmark.
  double a = 0.0;                  ///< What it took in A, in nanoseconds; NaN: not there.
  double b = 0.0;                  ///< What it took in B.
  double ratio = 0.0;              ///< Time of B over time of A; NaN: not there.
  std::string_view estimator;      ///< What the ratio is: "Hodges-Lehmann", "means", ...
  Interval interval = {0.0, 0.0};  ///< 95% of the ratio; NaN: none.
  double p = 0.0;                  ///< Of equality, this benchmark alone.
  double adjusted = 0.0;           ///< By Holm, over all benchmarks.
  double least_p = 1.0;            ///< The smallest that so many measurements can reach.
  std::size_t n_a = 0;             ///< Measurements of A: repetitions or processes.
  std::size_t n_b = 0;             ///< Of B.
  SpeedVerdict verdict = SpeedVerdict::kUnjudged;  ///< In the light of all rows.
  std::string why;                                 ///< Why there is no verdict, or what failed.
};

/// Compares two files, each of one process: repetitions against repetitions by their
/// ranks, or means and deviations where there are only aggregates, or medians, which have no
/// interval. `threshold` is the least change worth a word, 0.02 for 2%.
std::vector<SpeedRow> CompareFiles(const BenchmarkFile& a, const BenchmarkFile& b,
                                   double threshold);

/// Compares processes that were run in turn: a[i] and b[i] are neighbours in time, and
/// each counts once, with its median.
std::vector<SpeedRow> CompareProcesses(std::span<const BenchmarkFile> a,
                                       std::span<const BenchmarkFile> b, double threshold);

/// Compares files that belong to no pairs, several a side: each is a process and counts
/// once, with its median. It takes four and four for a verdict.
std::vector<SpeedRow> CompareSamples(std::span<const BenchmarkFile> a,
                                     std::span<const BenchmarkFile> b, double threshold);

/// The comparison of pairs of times (nanoseconds) of one benchmark, before the other
/// rows are known: everything but `adjusted` and `verdict`.
SpeedRow ComparePairedTimes(std::string_view name, std::span<const double> a,
                            std::span<const double> b);

/// Gives every row that was measured on both sides its verdict: *faster* or *slower*
/// where Holm's p is at most 5%, the interval leaves out 1, and the ratio is beyond the
/// threshold; all three. In a comparison of equals any such verdict comes in at most 5
/// of 100 comparisons.
void JudgeTogether(std::vector<SpeedRow>& rows, double threshold);

/// Whether a row has a verdict: faster, slower, or no change shown.
bool IsJudged(const SpeedRow& row);

/// What a process says of a benchmark, in nanoseconds; NaN where it gave up, took no time
/// that counts, or is not there.
double ProcessTime(const BenchmarkFile& file, const std::string& name);

/// How many rows are regressions: slower, or failing in B alone.
std::size_t Regressions(std::span<const SpeedRow> rows);

/// The ratio in words: "1.19x faster", "1.02x slower", "the same".
std::string RatioWords(double ratio);

/// A time with three digits and its unit: "9.87 us".
std::string TimeText(double nanoseconds);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_DIFF_BENCHMARK_COMPARISON_H_
