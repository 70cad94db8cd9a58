// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/benchmark_file.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "experiments/report_diff/benchmark_comparison.h"
#include "experiments/report_diff/benchmark_group.h"
#include "network/dataset.h"
#include "network/settings.h"

namespace lanegrad {
namespace {

// A file of JSON with these rows.
BenchmarkFile Read(const std::string& rows, BenchmarkTime time = BenchmarkTime::kReal) {
  return ParseBenchmarks("{\"benchmarks\": [" + rows + "]}", "x.json", time);
}

std::string MessageOf(const std::string& text) {
  try {
    ParseBenchmarks(text, "x.json");
  } catch (const DataError& error) {
    return error.what();
  }
  return "no error";
}

// One repetition of family `family`, as version 1.7 writes it.
std::string Row(const std::string& name, int family, int repetition, double time) {
  return fmt::format(R"({{"name": "{}", "family_index": {}, "per_family_instance_index": 0,
      "run_name": "{}", "run_type": "iteration", "repetitions": 2, "repetition_index": {},
      "iterations": 5, "real_time": {}, "cpu_time": 1, "time_unit": "ns"}})",
                     name, family, name, repetition, time);
}

TEST(BenchmarkFileTest, TwoFamiliesOfOneNameAreTwoBenchmarks) {
  const auto file = [](int first) {
    return Read(Row("x", 0, 0, first) + "," + Row("x", 0, 1, first) + "," + Row("x", 1, 0, 300) +
                "," + Row("x", 1, 1, 300));
  };
  const std::vector<SpeedRow> rows = CompareFiles(file(100), file(150), 0.02);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].name, "x [1 of 2]");
  EXPECT_NEAR(rows[0].ratio, 1.5, 1e-12);
  EXPECT_EQ(rows[1].name, "x [2 of 2]");
  EXPECT_NEAR(rows[1].ratio, 1.0, 1e-12);
  EXPECT_EQ(rows[0].n_a, 2u);
}

TEST(BenchmarkFileTest, OtherFamilyIndicesOfTheSameNamesAreTheSameBenchmarks) {
  // A filter renumbers families.
  const std::vector<SpeedRow> rows =
      CompareFiles(Read(Row("x", 3, 0, 100)), Read(Row("x", 0, 0, 100)), 0.02);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_NEAR(rows[0].ratio, 1.0, 1e-12);
}

TEST(BenchmarkFileTest, ARepetitionThatIsThereTwiceIsRefused) {
  const std::string twice =
      "{\"benchmarks\": [" + Row("x", 0, 1, 1) + "," + Row("x", 0, 1, 2) + "]}";
  EXPECT_EQ(MessageOf(twice), "x.json: x: repetition 1 is there twice; were files put together?");
}

TEST(BenchmarkFileTest, RepetitionsWithoutAnIndexAreToldFromNamesGivenTwice) {
  const auto row = [](const char* name, int iterations, int time, const char* more = "") {
    return fmt::format(R"({{"name": "{}", "iterations": {}, "real_time": {}{}}})", name, iterations,
                       time, more);
  };
  const auto count = [&](const std::string& rows) { return Read(rows).order.size(); };
  const std::string x = row("x", 5, 1), mean = row("x_mean", 2, 1);
  EXPECT_EQ(count(x + "," + x), 1u) << "repetitions, though nobody says so";
  EXPECT_EQ(Read(x + "," + x).warnings.size(), 1u);
  EXPECT_EQ(count(x + "," + row("x", 6, 1)), 2u) << "repetitions have the same iterations";
  EXPECT_EQ(count(x + "," + row("y", 5, 1) + "," + x), 3u) << "repetitions are neighbours";
  EXPECT_EQ(count(x + "," + row("x", 6, 1) + "," + mean), 1u) << "aggregates speak of repetitions";
  const BenchmarkFile twins = Read(x + "," + x + "," + mean + "," + x + "," + x + "," + mean);
  ASSERT_EQ(twins.order.size(), 2u);
  EXPECT_EQ(twins.measurements.at("x [1 of 2]").repetitions, 2u);
  EXPECT_EQ(twins.measurements.at("x [2 of 2]").repetitions, 2u);
  const std::string once = row("x", 5, 1, R"(, "repetitions": 1)");
  EXPECT_EQ(count(once + "," + once), 2u) << "more rows than repetitions";
}

TEST(BenchmarkFileTest, AggregatesWithoutRunTypeAreKnownByTheirNames) {
  std::string rows;
  for (const int time : {100, 100, 100}) {
    rows += fmt::format(R"({{"name": "x", "iterations": 9, "real_time": {}}},)", time);
  }
  rows += R"({"name": "x_mean", "iterations": 3, "real_time": 100},
             {"name": "x_median", "iterations": 3, "real_time": 100},
             {"name": "x_stddev", "iterations": 3, "real_time": 5},
             {"name": "x_cv", "iterations": 3, "real_time": 0.05},
             {"name": "x_max", "iterations": 3, "real_time": 120},
             {"name": "x_BigO", "real_time": 7}, {"name": "x_RMS", "real_time": 8})";
  const BenchmarkFile file = Read(rows);
  ASSERT_EQ(file.order, std::vector<std::string>{"x"});
  EXPECT_EQ(file.measurements.at("x").nanoseconds, (std::vector<double>{100, 100, 100}));
}

TEST(BenchmarkFileTest, ABenchmarkCalledMeanIsNoAggregate) {
  EXPECT_EQ(Read(R"({"name": "x_mean", "iterations": 3, "real_time": 1},
                    {"name": "x_max", "iterations": 9, "real_time": 1})")
                .order,
            (std::vector<std::string>{"x", "x_max"}))
      << "of another number of repetitions";
  const std::string row = R"({"name": "row_mean", "iterations": 9, "real_time": 100})";
  EXPECT_EQ(Read(row + "," + row).measurements.at("row_mean").repetitions, 2u);
  EXPECT_TRUE(Read(Row("row_mean", 0, 0, 1)).measurements.contains("row_mean"));
}

TEST(BenchmarkFileTest, AnOddRowIsJudgedByItselfAndCostsNoOther) {
  for (const auto& [fields, why] : std::vector<std::pair<std::string, std::string>>{
           {R"("real_time": 0)", "in B: took 0 ns, which has no ratio"},
           {R"("real_time": -1)", "in B: took -1 ns, which has no ratio"},
           {R"("real_time": NaN)", "in B: took nan ns, which has no ratio"},
           {R"("real_time": -Infinity)", "in B: took -inf ns, which has no ratio"},
           {R"("real_time": "fast")", "in B: has no time"},
           {R"("cpu_time": 1)", "in B: has no time"},
           {R"("real_time": 1, "time_unit": "h")", "in B: unknown time unit 'h'"},
           {R"("skipped": true, "skip_message": "no\nGPU")", "in B: skipped: no\\nGPU"}}) {
    const std::vector<SpeedRow> rows = CompareFiles(
        Read(R"({"name": "odd", "real_time": 1}, {"name": "good", "real_time": 1})"),
        Read("{\"name\": \"odd\", " + fields + "}, {\"name\": \"good\", \"real_time\": 2}"), 0.02);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].verdict, SpeedVerdict::kUnjudged);
    EXPECT_EQ(rows[0].why, why);
    EXPECT_TRUE(std::isnan(rows[0].ratio));
    EXPECT_NEAR(rows[1].ratio, 2.0, 1e-12);
  }
}

TEST(BenchmarkFileTest, ComplexitiesAreNoBenchmarks) {
  const BenchmarkFile file = Read(
      R"({"name": "x/8", "run_name": "x/8", "run_type": "iteration", "real_time": 1},
         {"name": "x_BigO", "run_name": "x", "run_type": "aggregate", "aggregate_name": "BigO",
          "cpu_coefficient": 2, "real_coefficient": NaN, "big_o": "N", "time_unit": "ns"},
         {"name": "x_RMS", "run_name": "x", "run_type": "aggregate", "aggregate_name": "RMS",
          "rms": 0.02},
         {"name": "y_BigO", "big_o": "N"}, {"name": "y_RMS", "rms": 0.02})");
  EXPECT_EQ(file.order, std::vector<std::string>{"x/8"});
}

TEST(BenchmarkFileTest, NumbersThatAreNotFiniteAreReadWithoutLosingThePlaceOfErrors) {
  const std::string row =
      R"({"name": "a, \"NaN\": -Infinity", "real_time": 2, "c": NaN, "d": -Infinity, "e": [inf, nan])";
  EXPECT_EQ(Read(row + "}").order[0], "a, \"NaN\": -Infinity");
  EXPECT_EQ(MessageOf("banner\n{\"benchmarks\": [" + row + ",\n\"f\": Infinity, oops}]}"),
            "x.json: not the JSON of Google Benchmark: damaged or cut off at line 3, column 16");
  EXPECT_EQ(MessageOf("{\"benchmarks\":\n [NaN"),
            "x.json: not the JSON of Google Benchmark: damaged or cut off at line 2, column 6");
  EXPECT_EQ(MessageOf("{\"benchmarks\": [nano]}"),
            "x.json: not the JSON of Google Benchmark: damaged or cut off at line 1, column 18");
}

TEST(BenchmarkFileTest, AByteOrderMarkIsReadOver) {
  EXPECT_EQ(
      ParseBenchmarks("\xEF\xBB\xBF{\"benchmarks\": [{\"name\": \"x\", \"real_time\": 1}]}", "x")
          .order.size(),
      1u);
  EXPECT_NE(MessageOf("\xFF\xFE{").find("UTF-16"), std::string::npos);
}

TEST(BenchmarkFileTest, MediansAloneAreComparedWithAWarning) {
  const auto file = [](int time) {
    return Read(fmt::format(R"({{"name": "x_median", "run_name": "x", "run_type": "aggregate",
        "aggregate_name": "median", "repetitions": 9, "real_time": {}}})",
                            time));
  };
  const SpeedRow row = CompareFiles(file(100), file(130), 0.02)[0];
  EXPECT_NEAR(row.ratio, 1.3, 1e-12);
  EXPECT_EQ(row.verdict, SpeedVerdict::kUnjudged);
  EXPECT_EQ(row.why, "medians alone: no interval");
  ASSERT_EQ(file(100).warnings.size(), 1u);
  EXPECT_NE(file(100).warnings[0].find("by a median alone"), std::string::npos);
}

TEST(BenchmarkFileTest, UnitsMayDifferFromRowToRow) {
  for (const auto& [unit, scale] : {std::pair{"ns", 1.0}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}}) {
    const BenchmarkFile file =
        Read(fmt::format(R"({{"name": "x", "real_time": 2, "time_unit": "{}"}})", unit));
    EXPECT_EQ(file.measurements.at("x").Typical(), 2.0 * scale);
  }
}

constexpr const char* kCsv =
    "2026-01-01T00:00:00+00:00\n"
    "Running ./t\n"
    "Run on (2 X 2596 MHz CPU s)\n"
    "Load Average: 0.25, 1.00, 2.00\n"
    "compiler: g++\n"
    "***WARNING*** CPU scaling is enabled.\n"
    "name,iterations,real_time,cpu_time,time_unit,bytes_per_second,items_per_second,label,"
    "error_occurred,error_message,\"nan\"\r\n"
    "\"say \"\"hi\"\", you/threads:2\",9,2,3,us,,,,,,nan\r\n"
    "\"x\",9,100,50,ns,,,,,,-inf\n"
    "\"x\",9,102,50,ns,,,,,,inf\n"
    "\"x_mean\",2,101,50,ns,,,,,,\n"
    "\"x_stddev\",2,1,0,ns,,,,,,\n"
    "\"x_BigO\",,0.3,0.2,N,,,,,,\n"
    "\"x_RMS\",,0.2,0.1,,,,,,,\n"
    "\"failed\",,,,,,,,true,\"no, \"\"really\"\"\"\n"
    "\"idle\",,,,,,,,false,\"no GPU\"\n"
    "\"cut\",1";

TEST(BenchmarkFileTest, CsvIsReadWithItsContextAndWithout) {
  const std::string text = kCsv;
  const BenchmarkFile file = ParseBenchmarks(text, "x.csv");
  EXPECT_EQ(file.order,
            (std::vector<std::string>{"say \"hi\", you/threads:2", "x", "failed", "idle", "cut"}));
  EXPECT_EQ(file.measurements.at("say \"hi\", you/threads:2").Typical(), 2000.0);
  EXPECT_EQ(file.measurements.at("x").nanoseconds, (std::vector<double>{100, 102}));
  EXPECT_EQ(file.measurements.at("failed").failure, "no, \"really\"");
  EXPECT_EQ(file.measurements.at("idle").odd, "skipped: no GPU");
  EXPECT_EQ(file.measurements.at("cut").odd, "has no time");
  EXPECT_EQ(file.load, 0.25);
  EXPECT_EQ(file.identity, (std::vector<std::pair<std::string, std::string>>{{"num_cpus", "2"},
                                                                             {"compiler", "g++"}}));
  const BenchmarkFile bare =
      ParseBenchmarks(text.substr(text.find("name,")), "x.csv", BenchmarkTime::kCpu);
  EXPECT_EQ(bare.order, file.order);
  EXPECT_EQ(bare.measurements.at("x").Typical(), 50.0);
  EXPECT_TRUE(bare.identity.empty());
}

TEST(BenchmarkFileTest, WhatOneFileDoesNotSayIsOneDifference) {
  const std::string text = kCsv;
  const BenchmarkFile says = ParseBenchmarks(text, "x.csv");
  const BenchmarkFile silent = ParseBenchmarks(text.substr(text.find("name,")), "x.csv");
  EXPECT_EQ(EnvironmentDifferences(says, silent),
            std::vector<std::string>{"B does not say what A does: num_cpus 2, compiler g++"});
  BenchmarkFile busy = says;
  busy.load = 3.0;
  EXPECT_EQ(EnvironmentDifferences(silent, busy).back(),
            "the machine was not idle: load unknown when A began, 3.00 when B did");
}

TEST(BenchmarkFileTest, DamagedCsvIsRefusedWithItsLine) {
  EXPECT_EQ(MessageOf("banner\nname,iterations,real_time,time_unit\n\"x,1,2,ns\n"),
            "x.json: damaged or cut off: line 3 opens a quote that nothing closes");
  EXPECT_EQ(MessageOf("name,iterations,cpu_time,time_unit\n\"x\",1,2,ns\n"),
            "x.json: not the CSV of Google Benchmark: line 1 names no column 'real_time'");
}

TEST(BenchmarkFileTest, GroupsAreToldByTheFirstMatchAndPairedByWhatIsLeft) {
  const auto row = [](const char* name) {
    return fmt::format(R"({{"name": "{}", "real_time": 1}})", name);
  };
  const BenchmarkFile file = Read(row("gemm/oneDNN/64") + "," + row("gemm/ours/64") + "," +
                                  row("ours_relu<8>") + "," + row("relu/oneDNN_then_ours") + "," +
                                  row("oneDNN") + "," + row("ours") + "," + row("peak"));
  const BenchmarkGroups groups = SplitGroups(file, ReadGroupPattern("ours|oneDNN"));
  EXPECT_EQ(groups.b.order, (std::vector<std::string>{"gemm/64", "relu<8>", "(no other name)"}));
  EXPECT_EQ(groups.a.order,
            (std::vector<std::string>{"gemm/64", "relu/then_ours", "(no other name)"}));
  EXPECT_EQ(groups.left_out, 1u);
  EXPECT_THROW(SplitGroups(file, ReadGroupPattern("ours|BLIS")), DataError);
  EXPECT_THROW(SplitGroups(file, ReadGroupPattern("(ours|oneDNN)|peak")), DataError);
}

TEST(BenchmarkFileTest, AGroupPatternHasTwoAlternatives) {
  const GroupPattern pattern = ReadGroupPattern(R"(AVX(2|3)|a\|b[|])");
  EXPECT_EQ(pattern.judged, "AVX(2|3)");
  EXPECT_EQ(pattern.against, R"(a\|b[|])");
  for (const char* bad : {"", "x", "x|", "|x", "x|y|z", "x|y*", "x|(", "x|^"}) {
    EXPECT_THROW(ReadGroupPattern(bad), UsageError) << bad;
  }
}

}  // namespace
}  // namespace lanegrad
