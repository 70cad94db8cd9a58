// SPDX-License-Identifier: Apache-2.0
#include "experiments/statistics/conformity.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "kernels/random.h"

namespace lanegrad {
namespace {

TEST(ConformityTest, ANumberIsAsExactAsItWasPrinted) {
  EXPECT_DOUBLE_EQ(HalfUnitOf("0.871"), 0.0005);
  EXPECT_DOUBLE_EQ(HalfUnitOf(".8833"), 0.00005);
  EXPECT_DOUBLE_EQ(HalfUnitOf("10"), 0.5);
  EXPECT_DOUBLE_EQ(HalfUnitOf("1.50e-3"), 0.5e-5);
}

TEST(ConformityTest, EachClassIsReachedAndTheyEndWhereTheySay) {
  const std::vector<double> ours = {0.870, 0.872, 0.871, 0.8706, 0.8714};
  EXPECT_EQ(Conform(ours, "0.871", 0.0), Conformity::kExact);
  EXPECT_EQ(Conform(ours, "0.8725", 0.0), Conformity::kWithinSpread);
  EXPECT_EQ(Conform(ours, "0.880", 0.0), Conformity::kDiffers);
  EXPECT_EQ(Conform(ours, "0.880", 0.0095), Conformity::kWithinTolerance);
  EXPECT_EQ(Conform(ours, "0.880", 0.0085), Conformity::kDiffers);
  EXPECT_EQ(Conform(std::vector<double>{0.9}, "0.88", 0.0), Conformity::kDiffers)
      << "of one run the spread is not known";
}

TEST(ConformityTest, NineteenInTwentyFurtherValuesLieInThePredictionInterval) {
  std::size_t inside = 0;
  constexpr std::size_t kTrials = 4000;
  for (std::size_t trial = 0; trial < kTrials; ++trial) {
    RandomStream random(5, Stream::kData, trial);
    std::vector<double> values;
    for (int i = 0; i < 5; ++i) values.push_back(static_cast<double>(random.Normal()));
    const Interval next = PredictionInterval(values);
    const double further = static_cast<double>(random.Normal());
    inside += further >= next.low && further <= next.high;
  }
  // The standard error of a share of 0.95 of 4000 is 0.0034; four of them are allowed.
  EXPECT_NEAR(static_cast<double>(inside) / kTrials, 0.95, 0.014);
}

TEST(ConformityTest, RankCorrelationAsksForOrderAlone) {
  const std::vector<double> rising = {1.0, 2.0, 3.0, 10.0}, falling = {9.0, 5.0, 4.0, -1.0};
  EXPECT_DOUBLE_EQ(RankCorrelation(rising, rising), 1.0);
  EXPECT_DOUBLE_EQ(RankCorrelation(rising, falling), -1.0);
  // Spearman's 1 - 6 sum d^2 / (n (n^2 - 1)), with one pair of neighbours exchanged.
  EXPECT_DOUBLE_EQ(RankCorrelation(rising, std::vector<double>{2.0, 1.0, 3.0, 4.0}), 0.8);
  // Ranks 1, 2.5, 2.5 against 1, 2, 3.
  EXPECT_DOUBLE_EQ(
      RankCorrelation(std::vector<double>{1.0, 2.0, 2.0}, std::vector<double>{1.0, 2.0, 3.0}),
      std::sqrt(0.75));
  EXPECT_TRUE(std::isnan(RankCorrelation(rising, std::vector<double>(4, 1.0))));
}

TEST(ConformityTest, AShapeNeedsFourRows) {
  const std::vector<double> four = {1.0, 2.0, 3.0, 4.0};
  EXPECT_TRUE(SameShape(four, four));
  EXPECT_FALSE(SameShape(std::vector<double>{1.0, 2.0, 3.0}, std::vector<double>{1.0, 2.0, 3.0}));
  EXPECT_FALSE(SameShape(four, std::vector<double>{2.0, 1.0, 4.0, 3.0}));
  EXPECT_FALSE(SameShape(four, std::vector<double>(4, 1.0))) << "equal numbers have no order";
}

}  // namespace
}  // namespace lanegrad
