// SPDX-License-Identifier: Apache-2.0
//
// Values of folds are judged by a variance that allows for what they share.
#include "experiments/statistics/resampled.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "kernels/random.h"

namespace lanegrad {
namespace {

TEST(ResampledTest, WithoutOverlapItIsStudents) {
  const std::vector<double> values = {0.3, 0.1, 0.4, -0.1, 0.2};
  EXPECT_EQ(CorrectedZeroMeanP(values, 0.0), ZeroMeanP(values));
  EXPECT_EQ(CorrectedMeanInterval(values, 0.0).low, MeanInterval(values).low);
}

TEST(ResampledTest, TheErrorOfAMeanIsThatOfNadeauAndBengio) {
  // Five folds: 1/5 + 1/4 in place of 1/5, so the interval is sqrt(2.25) = 1.5 times Student's.
  const std::vector<double> values = {0.3, 0.1, 0.4, -0.1, 0.2};
  const Interval corrected = CorrectedMeanInterval(values, 0.25), student = MeanInterval(values);
  EXPECT_NEAR(corrected.high - corrected.low, 1.5 * (student.high - student.low), 1e-12);
  EXPECT_NEAR(corrected.high + corrected.low, student.high + student.low, 1e-12);
  // t = 0.18 / (sqrt(0.45) * 0.19235384) = 1.394972 with 4 degrees of freedom. Two-sided,
  // P = 1 - (3/2) s + s^3 / 2 with s = t / sqrt(4 + t^2).
  const double t = 0.18 / (std::sqrt(0.45) * SampleDeviation(values));
  const double s = t / std::sqrt(4.0 + t * t);
  EXPECT_NEAR(CorrectedZeroMeanP(values, 0.25), 1.0 - 1.5 * s + 0.5 * s * s * s, 1e-12);
}

TEST(ResampledTest, TheIntervalEndsWhereThePValueIsFivePerCent) {
  std::vector<double> values = {0.3, 0.1, 0.4, -0.1, 0.2};
  const double low = CorrectedMeanInterval(values, 0.25).low;
  for (double& value : values) value -= low;
  EXPECT_NEAR(CorrectedZeroMeanP(values, 0.25), 0.05, 1e-12);
}

// The setting of the paper, as small as can be: J values share what they have learned, so that
// their correlation is n2 / (n1 + n2). Student's test is wrong far too often, the corrected
// one about as often as it says.
TEST(ResampledTest, EqualMethodsAreToldApartAsOftenAsItSays) {
  constexpr int kTrials = 4000, kFolds = 10;
  const double shared = std::sqrt(0.1), own = std::sqrt(0.9);
  RandomStream random(7, Stream::kNoise);
  int student = 0, corrected = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    const double common = shared * static_cast<double>(random.Normal());
    std::vector<double> values;
    for (int i = 0; i < kFolds; ++i) {
      values.push_back(common + own * static_cast<double>(random.Normal()));
    }
    student += ZeroMeanP(values) <= 0.05;
    corrected += CorrectedZeroMeanP(values, 1.0 / 9.0) <= 0.05;
  }
  EXPECT_GT(student, kTrials / 8);
  EXPECT_NEAR(static_cast<double>(corrected) / kTrials, 0.05, 0.015);
}

TEST(ResampledTest, FewerThanTwoValuesSayNothing) {
  EXPECT_TRUE(std::isnan(CorrectedZeroMeanP(std::vector<double>{1.0}, 0.25)));
  EXPECT_TRUE(std::isnan(CorrectedMeanInterval(std::vector<double>{1.0}, 0.25).low));
}

}  // namespace
}  // namespace lanegrad
