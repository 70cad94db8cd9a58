// SPDX-License-Identifier: Apache-2.0
#include "experiments/trials/trainings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "experiments/descent/range_test.h"
#include "experiments/records/numbered.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

TEST(Rates, AreEvenInRatioAndKeepTheirEnds) {
  const std::vector<double> rates = EvenRates(1e-3, 100.0, 6);
  ASSERT_EQ(rates.size(), 6u);
  for (std::size_t i = 0; i < rates.size(); ++i) {
    EXPECT_NEAR(std::log10(rates[i]), -3.0 + static_cast<double>(i), 1e-12);
  }
}

TEST(Rates, DrawnAtRandomFillTheirRangeEvenlyInTheLogarithm) {
  const std::vector<double> rates = RandomRates(1e-4, 1.0, 4000, 1);
  std::vector<int> decades(4);
  for (const double rate : rates) {
    ASSERT_GE(rate, 1e-4 * (1 - 1e-12));
    ASSERT_LE(rate, 1.0 + 1e-12);
    ++decades[static_cast<std::size_t>(std::clamp(std::log10(rate) + 4.0, 0.0, 3.999))];
  }
  for (const int count : decades) EXPECT_NEAR(count, 1000, 120);
}

TEST(Plateau, OfATriangleEndsWhereItsSidesAreTheSlackBelow) {
  const std::vector<double> rates = EvenRates(0.01, 100.0, 5);
  const std::vector<double> scores = {0.0, 0.4, 0.8, 0.6, 0.0};
  // 0.1 below the top: a quarter of a decade to the left, half a one to the right.
  EXPECT_NEAR(PlateauWidth(rates, scores, 0.1), 0.75, 1e-12);
}

TEST(Plateau, IsOneStretchAroundTheBest) {
  const std::vector<double> rates = EvenRates(0.01, 100.0, 5);
  EXPECT_NEAR(PlateauWidth(rates, std::vector<double>{0.79, 0.0, 0.8, 0.8, 0.0}, 0.08), 1.2, 1e-12);
  EXPECT_NEAR(PlateauWidth(rates, std::vector<double>{0.8, 0.8, 0.8, 0.8, 0.8}, 0.01), 4.0, 1e-12);
}

TEST(Draw, TakesDifferentSamplesForDifferentSeedsAndTheSameForTheSame) {
  const Dataset moons = LoadData("moons", {.train = 200, .test = 100});
  const Dataset a = Draw(moons, 50, 20, 1);
  EXPECT_EQ(a.train.count, 50u);
  EXPECT_EQ(a.test.labels.size(), 20u);
  EXPECT_EQ(a.checksum, Draw(moons, 50, 20, 1).checksum);
  EXPECT_NE(a.checksum, Draw(moons, 50, 20, 2).checksum);
  std::set<std::pair<float, float>> drawn, all;
  for (std::size_t i = 0; i < 50; ++i)
    drawn.emplace(a.train.values[2 * i], a.train.values[2 * i + 1]);
  for (std::size_t i = 0; i < 200; ++i) {
    all.emplace(moons.train.values[2 * i], moons.train.values[2 * i + 1]);
  }
  EXPECT_EQ(drawn.size(), 50u);  // none twice
  EXPECT_TRUE(std::includes(all.begin(), all.end(), drawn.begin(), drawn.end()));
  EXPECT_THROW(Draw(moons, 201, 20, 1), DataError);
}

TEST(Trials, HaveTheSameScoresWhateverTheThreads) {
  const Dataset data = LoadData("moons", {.train = 200, .test = 100});
  std::vector<Settings> runs(5);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    runs[i].validation = 50;
    runs[i].epochs = 2;
    runs[i].seed = i + 1;
  }
  const std::vector<RunResult> one = TrainAll(runs, data, 1, true);
  const std::vector<RunResult> three = TrainAll(runs, data, 3, true);
  for (std::size_t i = 0; i < runs.size(); ++i) EXPECT_EQ(one[i].digest, three[i].digest) << i;
}

TEST(Trials, ThatDivergeCountAsGuessing) {
  const Dataset data = LoadData("moons", {.train = 200, .test = 100});
  RunResult result;
  result.status = Status::kDiverged;
  result.test_accuracy = 0.9;
  result.epochs = {{.validation_accuracy = 0.9}};
  EXPECT_EQ(HeldOutAccuracy(result, data), 0.5);
  EXPECT_EQ(TestAccuracy(result, data), 0.5);
}

TEST(Numbered, ListsComeBackAndEndWhereTheyAreNotFinite) {
  Fields fields;
  SetNumbers(fields, "loss", std::vector<double>{3.0, 2.0, HUGE_VAL, 1.0});
  SetNumbers(fields, "loss_rate", std::vector<double>{5.0});
  EXPECT_EQ(NumbersOf(fields, "loss"), (std::vector<double>{3.0, 2.0}));
  EXPECT_EQ(NumbersOf(fields, "loss_rate"), (std::vector<double>{5.0}));
  EXPECT_TRUE(NumbersOf(fields, "absent").empty());
}

TEST(RangeTest, RaisesTheRateInEqualRatiosAndEndsWhereTheLossDoes) {
  const Dataset data = LoadData("moons", {.train = 400, .test = 10});
  Settings settings;
  settings.batch = 20;
  const std::vector<RangeStep> gentle = RangeTest(settings, data, 1e-3, 1e-1, 30);
  ASSERT_EQ(gentle.size(), 30u);
  EXPECT_NEAR(gentle.front().rate, 1e-3, 1e-15);
  EXPECT_NEAR(gentle.back().rate, 1e-1, 1e-12);
  EXPECT_NEAR(gentle[10].rate / gentle[9].rate, gentle[20].rate / gentle[19].rate, 1e-9);
  EXPECT_EQ(gentle.front().smooth, gentle.front().loss);
  EXPECT_LT(gentle.back().smooth, gentle.front().smooth);
  const std::vector<RangeStep> wild = RangeTest(settings, data, 1e-3, 1e6, 300);
  EXPECT_LT(wild.size(), 300u);
}

TEST(RangeTest, SuggestsATenthOfWhereTheLossIsLeast) {
  EXPECT_DOUBLE_EQ(SuggestedRate({{0.1, 3.0, 3.0}, {1.0, 1.0, 2.0}, {10.0, 0.5, 2.5}}), 0.1);
}

}  // namespace
}  // namespace lanegrad
