// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/benchmark_run.h"

#include <fmt/format.h>

#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <span>

#include "experiments/cli/child_process.h"
#include "experiments/cli/interrupt.h"
#include "experiments/cli/progress.h"
#include "experiments/statistics/shift.h"

namespace lanegrad {
namespace {

constexpr double kLevel = 0.05;

BenchmarkFile RunOnce(const std::string& program, const BenchmarkRun& run) {
  std::vector<std::string> command = {program};
  command.insert(command.end(), run.arguments.begin(), run.arguments.end());
  command.emplace_back("--benchmark_format=json");
  return ParseBenchmarks(RunChild(command), program, run.time);
}

// Whether a U test of the repetitions of two processes finds them different.
bool DifferByRepetitions(const Measurement& a, const Measurement& b) {
  return SampleShift(a.nanoseconds, b.nanoseconds).p <= kLevel;
}

}  // namespace

BenchmarkPairs RunInTurn(const BenchmarkRun& run) {
  BenchmarkPairs pairs;
  ProgressBar progress("compare-reports", 2 * run.pairs + 2, "processes",
                       run.quiet ? Loudness::kQuiet : Loudness::kUsual);
  for (std::size_t i = 0; i <= run.pairs; ++i) {
    const bool a_first = i % 2 == 0;
    BenchmarkFile first, second;
    try {
      first = RunOnce(a_first ? run.a : run.b, run);
      progress.Done(0, {});
      if (!InterruptRequested()) second = RunOnce(a_first ? run.b : run.a, run);
    } catch (...) {
      // Ctrl-C reaches the child as well, which then ends as if it had failed.
      if (!InterruptRequested()) throw;
    }
    if (InterruptRequested()) return pairs;
    progress.Done(0, {});
    if (i == 0) continue;
    pairs.a.push_back(std::move(a_first ? first : second));
    pairs.b.push_back(std::move(a_first ? second : first));
  }
  return pairs;
}

Interval Share::Bounds() const {
  if (trials == 0) return {0.0, 1.0};
  using Binomial = boost::math::binomial_distribution<double>;
  const double n = static_cast<double>(trials), k = static_cast<double>(hits);
  return {Binomial::find_lower_bound_on_p(n, k, kLevel / 2.0),
          Binomial::find_upper_bound_on_p(n, k, kLevel / 2.0)};
}

FalseAlarms CountFalseAlarms(const BenchmarkPairs& pairs, std::size_t pairs_each,
                             double threshold) {
  FalseAlarms alarms;
  const std::span<const BenchmarkFile> a(pairs.a), b(pairs.b);
  for (std::size_t begin = 0; begin + pairs_each <= a.size(); begin += pairs_each) {
    const std::vector<SpeedRow> rows =
        CompareProcesses(a.subspan(begin, pairs_each), b.subspan(begin, pairs_each), threshold);
    bool any = false;
    for (const SpeedRow& row : rows) {
      if (std::isnan(row.p)) continue;
      any |= row.verdict == SpeedVerdict::kFaster || row.verdict == SpeedVerdict::kSlower;
      std::vector<SpeedRow> alone = {row};
      JudgeTogether(alone, threshold);
      ++alarms.single.trials;
      alarms.single.hits +=
          alone[0].verdict == SpeedVerdict::kFaster || alone[0].verdict == SpeedVerdict::kSlower;
    }
    ++alarms.comparisons.trials;
    alarms.comparisons.hits += any;
  }
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (const auto& [name, measured] : a[i].measurements) {
      const auto other = b[i].measurements.find(name);
      if (other == b[i].measurements.end()) continue;
      // Of fewer than four a U test can say nothing at 5%.
      if (measured.nanoseconds.size() < 4 || other->second.nanoseconds.size() < 4) continue;
      ++alarms.repetitions.trials;
      alarms.repetitions.hits += DifferByRepetitions(measured, other->second);
    }
  }
  return alarms;
}

}  // namespace lanegrad
