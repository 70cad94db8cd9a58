// SPDX-License-Identifier: Apache-2.0
#include "experiments/statistics/change_point.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <vector>

#include "experiments/report_diff/speed_trend.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

// `n` values about 1 with noise of 2%, and `ratio` times that from `begin` on.
std::vector<double> Series(RandomStream& random, std::size_t n, std::size_t begin, double ratio) {
  std::vector<double> values;
  for (std::size_t i = 0; i < n; ++i) {
    values.push_back((i < begin ? 1.0 : ratio) *
                     (1.0 + 0.02 * static_cast<double>(random.Normal())));
  }
  return values;
}

TEST(ChangePointTest, OfSeriesWithoutChangeAtMostTheLevelHaveOne) {
  RandomStream random(1, Stream::kBootstrap, 1u << 30);
  int found = 0;
  constexpr int kTrials = 1000;
  for (int i = 0; i < kTrials; ++i) {
    found += !FindLevelChanges(Series(random, 20, 20, 1.0), 0.05, 2000, 0).empty();
  }
  EXPECT_LE(found, kTrials * 0.05) << "of noise alone";
  EXPECT_GE(found, kTrials * 0.025) << "so cautious a test would find nothing";
}

TEST(ChangePointTest, AStepIsFoundWhereItIs) {
  RandomStream random(2, Stream::kBootstrap, 1u << 30);
  int found = 0, exact = 0;
  for (int i = 0; i < 100; ++i) {
    const auto changes = FindLevelChanges(Series(random, 30, 12, 1.1), 0.01, 2000, 0);
    found += changes.size() == 1;
    exact += changes.size() == 1 && changes[0].begin == 12;
  }
  EXPECT_GE(found, 95);
  EXPECT_GE(exact, 90);
}

TEST(ChangePointTest, UpAndDownAgainAreTwoChanges) {
  std::vector<double> values;
  for (int i = 0; i < 36; ++i) values.push_back((i / 12 == 1 ? 200 : 100) + i * 5 % 7);
  const auto changes = FindLevelChanges(values, 0.05, 4000, 0);
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_EQ(changes[0].begin, 12u);
  EXPECT_EQ(changes[1].begin, 24u);
}

TEST(ChangePointTest, EqualAndFewValuesHaveNoChange) {
  EXPECT_TRUE(FindLevelChanges(std::vector<double>(40, 1.0), 0.05, 1000, 0).empty());
  EXPECT_TRUE(FindLevelChanges(std::vector<double>{1, 1, 1, 9, 9, 9}, 0.05, 1000, 0).empty());
  EXPECT_TRUE(FindLevelChanges({}, 0.05, 1000, 0).empty());
  EXPECT_DOUBLE_EQ(LeastChangeLevel(6), 0.2);
  EXPECT_DOUBLE_EQ(LeastChangeLevel(8), 4.0 / 70.0);
  EXPECT_DOUBLE_EQ(LeastChangeLevel(0), 1.0);
}

// Files that each hold every benchmark once.
std::vector<BenchmarkFile> Files(const std::vector<std::vector<double>>& benchmarks) {
  std::vector<BenchmarkFile> files;
  for (std::size_t i = 0; i < benchmarks[0].size(); ++i) {
    std::string rows;
    for (std::size_t b = 0; b < benchmarks.size(); ++b) {
      rows += fmt::format(R"({}{{"name": "b{}", "real_time": {}}})", b == 0 ? "" : ",", b,
                          benchmarks[b][i]);
    }
    files.push_back(
        ParseBenchmarks("{\"benchmarks\": [" + rows + "]}", fmt::format("r{}.json", i)));
  }
  return files;
}

TEST(ChangePointTest, ATrendWithoutChangeIsMarkedInAtMostFiveOfHundredPages) {
  RandomStream random(3, Stream::kBootstrap, 1u << 30);
  int pages = 0;
  constexpr int kTrials = 300;
  for (int i = 0; i < kTrials; ++i) {
    std::vector<std::vector<double>> benchmarks;
    for (int b = 0; b < 5; ++b) benchmarks.push_back(Series(random, 24, 24, 1.0));
    bool any = false;
    for (const TrendRow& row : FindTrend(Files(benchmarks), 0.0)) any |= !row.changes.empty();
    pages += any;
  }
  EXPECT_LE(pages, kTrials * kTrendFalseAlarms + 8) << "two standard deviations";
}

TEST(ChangePointTest, ATrendSaysWhichBenchmarkChangedWhereAndByHowMuch) {
  RandomStream random(4, Stream::kBootstrap, 1u << 30);
  const std::vector<TrendRow> rows =
      FindTrend(Files({Series(random, 24, 24, 1.0), Series(random, 24, 15, 1.3)}), 0.02);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_TRUE(rows[0].changes.empty());
  EXPECT_TRUE(rows[0].judged);
  ASSERT_EQ(rows[1].changes.size(), 1u);
  EXPECT_EQ(rows[1].changes[0].place, 15u);
  EXPECT_NEAR(rows[1].changes[0].ratio, 1.3, 0.05);
  EXPECT_TRUE(rows[1].IsSlower());
  EXPECT_NEAR(rows[1].levels[14], 1.0, 0.02);
  EXPECT_NEAR(rows[1].levels[15], 1.3, 0.03);
  // Eight files cannot show a change of one benchmark among two, and say so.
  const std::vector<TrendRow> few =
      FindTrend(Files({Series(random, 8, 4, 2.0), Series(random, 8, 4, 2.0)}), 0.02);
  EXPECT_FALSE(few[0].judged);
  EXPECT_TRUE(few[0].changes.empty());
}

}  // namespace
}  // namespace lanegrad
