// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/benchmark_comparison.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "experiments/report_diff/benchmark_run.h"
#include "experiments/report_diff/speed_report.h"
#include "experiments/statistics/shift.h"
#include "kernels/random.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

// A file as Google Benchmark writes it: `times` of each benchmark, one a repetition.
std::string FileOf(const std::vector<std::pair<std::string, std::vector<double>>>& benchmarks,
                   const std::string& context = R"("num_cpus": 2, "load_avg": [0.1])") {
  std::string rows;
  for (const auto& [name, times] : benchmarks) {
    for (const double time : times) {
      rows += fmt::format(
          R"({}{{"name": "{}/repeats:9", "run_name": "{}", "run_type": "iteration",
             "iterations": 10, "real_time": {}, "cpu_time": {}, "time_unit": "us"}})",
          rows.empty() ? "" : ",\n", name, name, time, 0.5 * time);
    }
  }
  return fmt::format("{{\"context\": {{{}}},\n\"benchmarks\": [{}]}}", context, rows);
}

// Nine repetitions about `time`, a per cent apart at most.
std::vector<double> About(double time) {
  std::vector<double> times;
  for (int i = 0; i < 9; ++i) times.push_back(time * (1.0 + 0.001 * ((i * 5) % 9)));
  return times;
}

std::vector<SpeedRow> Compare(const std::string& a, const std::string& b, double threshold = 0.02) {
  return CompareFiles(ParseBenchmarks(a, "A"), ParseBenchmarks(b, "B"), threshold);
}

TEST(BenchmarkComparisonTest, ASeededRegressionIsCaughtAndAnImprovementIsNone) {
  const std::string before = FileOf({{"gemm", About(100)}, {"relu", About(7)}});
  const std::string after = FileOf({{"gemm", About(110)}, {"relu", About(5)}});
  const std::vector<SpeedRow> rows = Compare(before, after);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].verdict, SpeedVerdict::kSlower);
  EXPECT_NEAR(rows[0].ratio, 1.1, 1e-9);
  EXPECT_EQ(RatioWords(rows[0].ratio), "1.10× slower");
  EXPECT_LT(rows[0].interval.low, 1.1);
  EXPECT_GT(rows[0].interval.high, 1.1);
  EXPECT_EQ(rows[1].verdict, SpeedVerdict::kFaster);
  EXPECT_EQ(RatioWords(rows[1].ratio), "1.40× faster");
  EXPECT_EQ(Regressions(rows), 1u);
  EXPECT_EQ(Regressions(Compare(after, FileOf({{"gemm", About(100)}, {"relu", About(5)}}))), 0u);
}

TEST(BenchmarkComparisonTest, TheSameAgainstTheSameIsQuiet) {
  const std::string file = FileOf({{"gemm", About(100)}, {"relu", About(7)}});
  for (const SpeedRow& row : Compare(file, file)) {
    EXPECT_EQ(row.verdict, SpeedVerdict::kNoChange) << row.name;
    EXPECT_NEAR(row.ratio, 1.0, 1e-12);
  }
}

TEST(BenchmarkComparisonTest, AChangeBelowTheThresholdIsNoneHoweverSure) {
  const std::string before = FileOf({{"gemm", std::vector<double>(20, 100.0)}});
  const std::string after = FileOf({{"gemm", std::vector<double>(20, 101.5)}});
  EXPECT_EQ(Compare(before, after)[0].verdict, SpeedVerdict::kNoChange);
  EXPECT_EQ(Compare(before, after, 0.01)[0].verdict, SpeedVerdict::kSlower);
  EXPECT_EQ(Compare(after, before, 0.01)[0].verdict, SpeedVerdict::kFaster);
}

TEST(BenchmarkComparisonTest, OneRepetitionHasNoIntervalAndSaysWhy) {
  const SpeedRow row = Compare(FileOf({{"gemm", {100}}}), FileOf({{"gemm", {300}}}))[0];
  EXPECT_EQ(row.verdict, SpeedVerdict::kUnjudged);
  EXPECT_NEAR(row.ratio, 3.0, 1e-12);
  EXPECT_TRUE(std::isnan(row.interval.low));
  EXPECT_NE(row.why.find("1 repetition each"), std::string::npos) << row.why;
  const SpeedRow three =
      Compare(FileOf({{"gemm", {100, 101, 102}}}), FileOf({{"gemm", {200, 201, 202}}}))[0];
  EXPECT_EQ(three.verdict, SpeedVerdict::kUnjudged);
  EXPECT_NE(three.why.find("3+3 repetitions"), std::string::npos) << three.why;
}

TEST(BenchmarkComparisonTest, TooManyBenchmarksForTheRepetitionsAreNotCalledUnchanged) {
  std::vector<std::pair<std::string, std::vector<double>>> before, after;
  for (int i = 0; i < 10; ++i) {
    before.emplace_back(fmt::format("b{}", i), std::vector<double>{100, 101, 102, 103});
    after.emplace_back(fmt::format("b{}", i), std::vector<double>{200, 201, 202, 203});
  }
  for (const SpeedRow& row : Compare(FileOf(before), FileOf(after))) {
    EXPECT_EQ(row.verdict, SpeedVerdict::kUnjudged);
    EXPECT_NE(row.why.find("among 10 benchmarks"), std::string::npos) << row.why;
  }
}

TEST(BenchmarkComparisonTest, WhatIsInOneFileOnlyIsNamedAndNeverDropped) {
  const std::vector<SpeedRow> rows = Compare(FileOf({{"gone", About(1)}, {"kept", About(1)}}),
                                             FileOf({{"kept", About(1)}, {"new", About(1)}}));
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].verdict, SpeedVerdict::kOnlyA);
  EXPECT_EQ(rows[1].verdict, SpeedVerdict::kNoChange);
  EXPECT_EQ(rows[2].verdict, SpeedVerdict::kOnlyB);
  const BenchmarkFile file = ParseBenchmarks(FileOf({{"kept", About(1)}}), "A");
  const VerdictPage page = SpeedPage(rows, file, file, {});
  EXPECT_NE(page.summary[0].find("1 only in A: did not run in B"), std::string::npos)
      << page.summary[0];
}

TEST(BenchmarkComparisonTest, ABenchmarkThatFailsInBAloneIsARegression) {
  const std::string failed = R"({"benchmarks": [{"name": "gemm", "run_type": "iteration",
      "error_occurred": true, "error_message": "wrong result"}]})";
  const std::vector<SpeedRow> rows = Compare(FileOf({{"gemm", About(1)}}), failed);
  EXPECT_EQ(rows[0].verdict, SpeedVerdict::kFails);
  EXPECT_EQ(rows[0].why, "wrong result");
  EXPECT_EQ(Regressions(rows), 1u);
  EXPECT_EQ(Regressions(Compare(failed, FileOf({{"gemm", About(1)}}))), 0u);
}

// What --benchmark_report_aggregates_only leaves: mean, median, stddev and cv.
std::string AggregatesOf(double mean, double deviation, int repetitions) {
  std::string rows;
  for (const auto& [name, value] : {std::pair{"mean", mean},
                                    {"median", mean},
                                    {"stddev", deviation},
                                    {"cv", deviation / mean}}) {
    rows += fmt::format(
        R"({}{{"name": "gemm_{}", "run_name": "gemm", "run_type": "aggregate", "repetitions": {},
           "aggregate_name": "{}", "iterations": {}, "real_time": {}, "cpu_time": {},
           "time_unit": "us"}})",
        rows.empty() ? "" : ",", name, repetitions, name, repetitions, value, value);
  }
  return "{\"benchmarks\": [" + rows + "]}";
}

TEST(BenchmarkComparisonTest, AggregatesAloneAreComparedByMeansAndDeviations) {
  const SpeedRow row = Compare(AggregatesOf(100, 1, 9), AggregatesOf(110, 1, 9))[0];
  EXPECT_EQ(row.verdict, SpeedVerdict::kSlower);
  EXPECT_EQ(row.n_a, 9u);
  // scipy 1.10: stats.t.ppf(0.975, 15.87...) * sqrt((1/100)^2/9 + (1/110)^2/9) = 0.009557
  EXPECT_NEAR(std::log(row.interval.high / row.ratio), 0.009557, 1e-6);
  EXPECT_EQ(Compare(AggregatesOf(100, 9, 9), AggregatesOf(105, 9, 9))[0].verdict,
            SpeedVerdict::kNoChange);
  EXPECT_EQ(Compare(AggregatesOf(100, 1, 9), FileOf({{"gemm", About(110)}}))[0].verdict,
            SpeedVerdict::kSlower)
      << "one side with repetitions";
}

TEST(BenchmarkComparisonTest, OnTheWholeNothingIsSaidOfRowsWithoutAVerdict) {
  const BenchmarkFile a = ParseBenchmarks(FileOf({{"x", {100}}, {"y", {100}}}), "A");
  const BenchmarkFile b = ParseBenchmarks(FileOf({{"x", {137}}, {"y", {137}}}), "B");
  for (const std::string& sentence : SpeedPage(CompareFiles(a, b, 0.02), a, b, {}).summary) {
    EXPECT_EQ(sentence.find("On the whole"), std::string::npos) << sentence;
  }
  // One of two has a verdict: it alone counts.
  const BenchmarkFile c = ParseBenchmarks(FileOf({{"x", {900}}, {"y", About(100)}}), "C");
  const BenchmarkFile d = ParseBenchmarks(FileOf({{"x", {100}}, {"y", About(110)}}), "D");
  const VerdictPage page = SpeedPage(CompareFiles(c, d, 0.02), c, d, {});
  EXPECT_NE(page.summary[1].find("B is 1.10× slower (B / A 1.100, 95 % interval [1.0"),
            std::string::npos)
      << page.summary[1];
  EXPECT_NE(page.summary[1].find("geometric mean of 1 of 2 benchmarks"), std::string::npos);
}

TEST(BenchmarkComparisonTest, TheIntervalOnTheWholeIsRecoveredFromTheRows) {
  SpeedRow row;
  row.verdict = SpeedVerdict::kNoChange;
  row.ratio = 1.0;
  row.interval = {std::exp(-0.3), std::exp(0.4)};
  const std::vector<SpeedRow> rows(4, row);
  // Half as wide as each of four.
  EXPECT_NEAR(std::log(OverallOfRows(rows).interval.low), -0.15, 1e-12);
  EXPECT_NEAR(std::log(OverallOfRows(rows).interval.high), 0.2, 1e-12);
  EXPECT_TRUE(std::isnan(OverallOfRows({}).ratio));
}

TEST(BenchmarkComparisonTest, WhatBenchmarksShareInAProcessWidensTheIntervalOnTheWhole) {
  // Both benchmarks are slow in the same processes, so that two say no more than one.
  std::vector<BenchmarkFile> a, b;
  for (int i = 0; i < 8; ++i) {
    const double minute = 1.0 + 0.1 * (i * 3 % 8);
    a.push_back(ParseBenchmarks(FileOf({{"x", {100}}, {"y", {10}}}), "A"));
    b.push_back(ParseBenchmarks(FileOf({{"x", {100 * minute}}, {"y", {10 * minute}}}), "B"));
  }
  const std::vector<SpeedRow> rows = CompareProcesses(a, b, 0.02);
  const OverallSpeed overall = OverallOfProcesses(rows, a, b, true);
  EXPECT_NEAR(overall.interval.low, rows[0].interval.low, 1e-9);
  EXPECT_NEAR(overall.interval.high, rows[0].interval.high, 1e-9);
  EXPECT_LT(OverallOfRows(rows).interval.high, overall.interval.high);
  // A row without a verdict costs the others nothing.
  a[0] = ParseBenchmarks(FileOf({{"x", {100}}, {"y", {10}}, {"z", {1}}}), "A");
  const std::vector<SpeedRow> more = CompareProcesses(a, b, 0.02);
  ASSERT_EQ(more[2].verdict, SpeedVerdict::kOnlyA);
  EXPECT_EQ(OverallOfProcesses(more, a, b, true).ratio, overall.ratio);
}

TEST(BenchmarkComparisonTest, ARatioThatIsNoQuotientOfItsColumnsSaysWhatItIs) {
  const std::string a = FileOf({{"x", {100, 100, 200}}}), b = FileOf({{"x", {100, 150, 200}}});
  const BenchmarkFile file_a = ParseBenchmarks(a, "A"), file_b = ParseBenchmarks(b, "B");
  const std::vector<SpeedRow> rows = CompareFiles(file_a, file_b, 0.02);
  EXPECT_EQ(rows[0].estimator, "Hodges-Lehmann");
  const VerdictPage page = SpeedPage(rows, file_a, file_b, {});
  EXPECT_EQ(page.tables[0].rows[0][4].text, "1.000 HL");
  EXPECT_EQ(page.facts.back().first, "HL");
  const VerdictPage same = SpeedPage(CompareFiles(file_a, file_a, 0.02), file_a, file_a, {});
  EXPECT_EQ(same.tables[0].rows[0][4].text, "1.000");
  EXPECT_EQ(same.facts.back().first, "B");
  // Means beside repetitions: the columns show means, too.
  const SpeedRow means = Compare(AggregatesOf(100, 1, 9), FileOf({{"gemm", {90, 100, 140}}}))[0];
  EXPECT_NEAR(means.ratio, means.b / means.a, 1e-12);
  EXPECT_EQ(means.estimator, "means");
}

TEST(BenchmarkComparisonTest, RealAndProcessorTimeAreToldApart) {
  const std::string file = FileOf({{"gemm", {100}}});
  EXPECT_NEAR(ParseBenchmarks(file, "A").measurements.at("gemm").Typical(), 1e5, 1e-9);
  EXPECT_NEAR(ParseBenchmarks(file, "A", BenchmarkTime::kCpu).measurements.at("gemm").Typical(),
              5e4, 1e-9);
}

TEST(BenchmarkComparisonTest, OtherMachinesAndBuildsAreSaidAndTheClockOfTheMomentIsNot) {
  const BenchmarkFile a = ParseBenchmarks(
      FileOf({{"gemm", {1}}}, R"("date": "x", "num_cpus": 2, "mhz_per_cpu": 2600, "flags": "-O3",
                                 "load_avg": [0.1])"),
      "A");
  const BenchmarkFile b = ParseBenchmarks(
      FileOf({{"gemm", {1}}}, R"("date": "y", "num_cpus": 4, "mhz_per_cpu": 2599, "flags": "-O2",
                                 "load_avg": [1.7])"),
      "B");
  const std::vector<std::string> differences = EnvironmentDifferences(a, b);
  ASSERT_EQ(differences.size(), 3u);
  EXPECT_EQ(differences[0], "num_cpus differs: A has 2, B has 4");
  EXPECT_EQ(differences[1], "flags differs: A has -O3, B has -O2");
  EXPECT_NE(differences[2].find("load"), std::string::npos);
  EXPECT_TRUE(EnvironmentDifferences(a, a).empty());
}

TEST(BenchmarkComparisonTest, DamagedFilesAreRefusedWithASentence) {
  const std::string good = FileOf({{"gemm", About(1)}});
  for (const std::string& bad : {std::string(), good.substr(0, good.size() / 2), std::string("{}"),
                                 std::string("[1]"), std::string(R"({"benchmarks": []})"),
                                 std::string(R"({"benchmarks": [{"real_time": 1}]})")}) {
    EXPECT_THROW(ParseBenchmarks(bad, "x.json"), DataError) << bad;
  }
  EXPECT_NO_THROW(ParseBenchmarks("a banner\n" + good, "x.json"));
}

// A machine as it was measured here: the speed drifts from process to process, some
// processes meet a bad minute, each has its own memory layout, the second of a pair runs
// warmer, a clock has ticks. Nine repetitions in a process share all of that.
struct Machine {
  RandomStream random;
  double drift = 0.0;

  std::vector<std::vector<double>> Process(std::size_t benchmarks, bool second) {
    drift += 0.01 * Normal();
    const double bad_minute = random.Uniform() < 0.07f ? 0.3 * std::fabs(Normal()) : 0.0;
    std::vector<std::vector<double>> times(benchmarks);
    for (std::vector<double>& each : times) {
      const double layout = 0.03 * Normal();
      for (int i = 0; i < 9; ++i) {
        const double log_time = drift + bad_minute + layout + (second ? 0.02 : 0.0) +
                                0.005 * Normal() + (random.Uniform() < 0.05f ? 0.2 : 0.0);
        each.push_back(std::round(1000.0 * std::exp(log_time)));
      }
    }
    return times;
  }
  double Normal() { return static_cast<double>(random.Normal()); }
};

struct Rates {
  double any = 0.0;          // comparisons with any verdict but "no change"
  double single_p = 0.0;     // rows whose own p is at most 5%
  double repetitions = 0.0;  // neighbours that a U test of repetitions tells apart
  double found = 0.0;        // comparisons that find the first benchmark slower
};

Rates Simulate(std::uint64_t seed, double slowdown, int trials, std::size_t pairs) {
  constexpr std::size_t kBenchmarks = 8;
  Machine machine{RandomStream(seed, Stream::kBootstrap, 1u << 30)};
  Rates rates;
  for (int trial = 0; trial < trials; ++trial) {
    std::vector<std::vector<double>> a(kBenchmarks), b(kBenchmarks);
    int different = 0;
    for (std::size_t pair = 0; pair < pairs; ++pair) {
      const bool a_first = pair % 2 == 0;
      auto first = machine.Process(kBenchmarks, false);
      auto second = machine.Process(kBenchmarks, true);
      for (std::size_t i = 0; i < kBenchmarks; ++i) {
        a[i].push_back(Median(a_first ? first[i] : second[i]));
        b[i].push_back(Median(a_first ? second[i] : first[i]) * (i == 0 ? slowdown : 1.0));
        different += SampleShift(first[i], second[i]).p <= 0.05;
      }
    }
    std::vector<SpeedRow> rows;
    for (std::size_t i = 0; i < kBenchmarks; ++i) {
      rows.push_back(ComparePairedTimes(fmt::format("b{}", i), a[i], b[i]));
      rates.single_p += rows.back().p <= 0.05;
    }
    JudgeTogether(rows, 0.02);
    bool any = false;
    for (const SpeedRow& row : rows) any |= row.verdict != SpeedVerdict::kNoChange;
    rates.any += any;
    rates.found += rows[0].verdict == SpeedVerdict::kSlower;
    rates.repetitions += different / static_cast<double>(pairs * kBenchmarks);
  }
  rates.any /= trials;
  rates.found /= trials;
  rates.repetitions /= trials;
  rates.single_p /= trials * static_cast<double>(kBenchmarks);
  return rates;
}

TEST(BenchmarkComparisonTest, EqualProgramsAreToldApartInAtMostFiveOfHundredComparisons) {
  const Rates rates = Simulate(1, 1.0, 1000, 12);
  EXPECT_LE(rates.any, 0.05);
  EXPECT_LE(rates.single_p, 0.05) << "the rank test of pairs must hold its level by itself";
  // Were this low, the noise would be too tame to prove anything.
  EXPECT_GE(rates.repetitions, 0.4) << "repetitions in one process are no independent samples";
}

TEST(BenchmarkComparisonTest, TenPerCentAreFoundInTheSameNoise) {
  EXPECT_GE(Simulate(2, 1.10, 300, 24).found, 0.9);
}

TEST(BenchmarkComparisonTest, FalseAlarmsAreCountedPerComparisonAndBounded) {
  // Two comparisons of six pairs; B's processes are slower in the second.
  BenchmarkPairs pairs;
  for (int i = 0; i < 12; ++i) {
    const double b = i < 6 ? 100.0 + (i % 2 == 0 ? 1.0 : -1.0) : 120.0 + i;
    pairs.a.push_back(ParseBenchmarks(FileOf({{"gemm", About(100)}}), "A"));
    pairs.b.push_back(ParseBenchmarks(FileOf({{"gemm", About(b)}}), "A"));
  }
  const FalseAlarms alarms = CountFalseAlarms(pairs, 6, 0.02);
  EXPECT_EQ(alarms.comparisons.trials, 2u);
  EXPECT_EQ(alarms.comparisons.hits, 1u);
  EXPECT_EQ(alarms.single.hits, 1u);
  EXPECT_EQ(alarms.repetitions.trials, 12u);
  EXPECT_GE(alarms.repetitions.hits, 6u);
  // scipy 1.10: stats.binomtest(3, 60).proportion_ci(0.95, 'exact'), and of 0 of 10.
  EXPECT_NEAR((Share{3, 60}.Bounds().low), 0.01043232964434822, 1e-12);
  EXPECT_NEAR((Share{3, 60}.Bounds().high), 0.13924324672110006, 1e-12);
  EXPECT_EQ((Share{0, 10}.Bounds().low), 0.0);
  EXPECT_NEAR((Share{0, 10}.Bounds().high), 0.30849710781876294, 1e-12);
}

}  // namespace
}  // namespace lanegrad
