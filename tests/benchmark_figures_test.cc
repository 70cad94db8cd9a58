// SPDX-License-Identifier: Apache-2.0
//
// What is read off a record of benchmarks, and drawn of it.
#include "bench/benchmark_figures.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "bench/benchmark_record.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

Json Row(const char* name, double ns, const Json& counters) {
  return {{"name", name}, {"suite", "made"}, {"ns", ns},
          {"low", ns},    {"high", 2 * ns},  {"counters", counters}};
}

Json MadeRecord() {
  const Json level = {{"bytes", 1.0}, {"read", 100.0}, {"copy", 50.0}, {"fill", 40.0}};
  return {{"rounds", 3},
          {"seconds", 0.1},
          {"loads", {0.5}},
          {"provenance",
           {{"processor", "made"},
            {"target", "AVX3"},
            {"cpus", 2},
            {"compiler", "g++"},
            {"flags", "-O3"},
            {"source", "none"}}},
          {"roofs",
           {{"clock_ghz", 3.0},
            {"fed_gflops", 150.0},
            {"peak_gflops", {{"AVX3", 200.0}, {"AVX2", 100.0}}},
            {"memory", {{"L1", level}, {"L2", level}, {"L3", level}, {"DRAM", level}}}}},
          {"benchmarks",
           {Row("multiply/forward/AVX3/10x20x30", 80.0,
                {{"GFLOP/s", 150.0}, {"of_peak", 0.75}, {"elements/s", 2.5e9}, {"GB/s", 55.0}}),
            Row("activate/tanh/AVX3/1024", 100.0,
                {{"elements/ns", 10.24}, {"bytes_per_second", 122.88e9}}),
            Row("activate/tanh/SCALAR/1024", 1000.0, {{"elements/ns", 1.024}}),
            Row("activate/tanh/O3/1024", 50.0, {{"elements/s", 20.48e9}}),
            Row("evaluate/mse/AVX3/8", 10.0, {{"elements/s", 1e9}, {"GB/s", 12.0}, {"of_L1", 0.6}}),
            Row("train/2-2/AVX3/batch:1/threads:1", 9.0, {{"samples/s", 100.0}}),
            Row("train/2-2/AVX3/batch:1/threads:2", 5.0, {{"samples/s", 180.0}})}}};
}

TEST(BenchmarkFiguresTest, ANameIsTakenApartAndSuitesCountAlike) {
  const std::vector<BenchmarkRow> rows = BenchmarkRows(MadeRecord());
  EXPECT_EQ(rows[0].Operation(), "multiply/forward");
  EXPECT_EQ(rows[0].target, "AVX3");
  EXPECT_EQ(rows[0].shape, "10x20x30");
  EXPECT_EQ(rows[5].shape, "batch:1 threads:1");
  EXPECT_DOUBLE_EQ(rows[1].ElementsPerNs(), 10.24);
  EXPECT_DOUBLE_EQ(rows[3].ElementsPerNs(), 20.48);
  EXPECT_DOUBLE_EQ(rows[1].BytesPerNs(), 122.88);
  EXPECT_DOUBLE_EQ(rows[4].BytesPerNs(), 12.0);
  Json record = MadeRecord();
  record["benchmarks"][0]["name"] = "multiply/forward";
  EXPECT_THROW(BenchmarkRows(record), DataError);
}

TEST(BenchmarkFiguresTest, AProductStandsAtItsIntensityUnderThePeak) {
  const LineFigure figure = ProductRoofline(MadeRecord());
  EXPECT_DOUBLE_EQ(figure.y_high, 200.0);
  const LinePoint& point = figure.panels[0].series[0].points.at(0);
  EXPECT_DOUBLE_EQ(point.x, 2.0 * 10 * 20 * 30 / (4.0 * (10 * 30 + 30 * 20 + 10 * 20)));
  EXPECT_DOUBLE_EQ(point.y, 150.0);
  // The line of a level ends where it meets the peak.
  const LineSeries& roof = figure.panels[0].series[1];
  EXPECT_TRUE(roof.theory);
  EXPECT_DOUBLE_EQ(roof.points.back().x, 2.0);
  EXPECT_DOUBLE_EQ(roof.points.back().y, 200.0);
}

TEST(BenchmarkFiguresTest, OtherKernelsAreCountedByTheShareOfTheirLevel) {
  const LineFigure figure = MemoryRoofline(MadeRecord());
  EXPECT_TRUE(figure.title.starts_with("1 of 2 kernels")) << figure.title;
}

TEST(BenchmarkFiguresTest, TheLadderSaysWhereTheCompilerIsAhead) {
  const HeatMap map = TargetLadder(MadeRecord());
  ASSERT_EQ(map.columns, (std::vector<std::string>{"SCALAR", "O3", "AVX3"}));
  ASSERT_EQ(map.rows.size(), 1u) << "only what there is on several targets";
  EXPECT_DOUBLE_EQ(map.rows[0].cells[0].value, 0.1);
  EXPECT_DOUBLE_EQ(map.rows[0].cells[1].value, 2.0);
  EXPECT_DOUBLE_EQ(map.rows[0].cells[2].value, 1.0);
}

TEST(BenchmarkFiguresTest, ScalingIsOverOneThread) {
  const LineFigure figure = ThreadScaling(MadeRecord());
  const LineSeries& series = figure.panels[0].series.front();
  EXPECT_DOUBLE_EQ(series.points.back().x, 2.0);
  EXPECT_DOUBLE_EQ(series.points.back().y, 1.8);
}

TEST(BenchmarkFiguresTest, PeersAreCountedWhereOursIsAhead) {
  const Json peers = {
      {"peak_gflops", {{"AVX3", 200.0}}},
      {"provenance", {{"processor", "made"}}},
      {"sweeps",
       {{{"what", "squares"},
         {"rows",
          {{{"size", 4},
            {"gflops", {{"lanegrad", 5.0}, {"lanegrad with copies", 9.0}, {"a", 7.0}}}},
           {{"size", 8},
            {"gflops", {{"lanegrad", 8.0}, {"lanegrad with copies", 1.0}, {"a", 7.0}}}}}}}}}};
  const LineFigure figure = PeersBySize(peers);
  EXPECT_NE(figure.title.find("1 of 2 sizes"), std::string::npos) << figure.title;
  EXPECT_DOUBLE_EQ(figure.y_high, 200.0);
}

}  // namespace
}  // namespace lanegrad
