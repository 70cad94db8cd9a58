// SPDX-License-Identifier: Apache-2.0
#include "experiments/losses/calibration.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lanegrad {
namespace {

// `right` of ten answers with this confidence, the rest wrong.
void AddTen(Calibration& calibration, double confidence, int right) {
  const std::vector<double> p = {confidence, 1.0 - confidence};
  for (int i = 0; i < 10; ++i) calibration.Add(p, i < right ? 0 : 1);
}

TEST(Calibration, HasNoErrorWhereAnswersAreAsRightAsTheyAreSure) {
  Calibration calibration;
  AddTen(calibration, 0.8, 8);
  AddTen(calibration, 0.6, 6);
  EXPECT_NEAR(calibration.ExpectedError(), 0.0, 1e-12);
  EXPECT_NEAR(calibration.OverConfidence(), 0.0, 1e-12);
}

TEST(Calibration, CountsErrorsOfBothSignsBinByBin) {
  Calibration calibration;
  AddTen(calibration, 0.85, 6);  // 0.25 too sure
  AddTen(calibration, 0.65, 9);  // 0.25 not sure enough
  EXPECT_NEAR(calibration.ExpectedError(), 0.25, 1e-12);
  EXPECT_NEAR(calibration.OverConfidence(), 0.0, 1e-12);
}

TEST(Calibration, KnowsBrierScoreAndSurprise) {
  Calibration calibration;
  calibration.Add(std::vector{0.7, 0.2, 0.1}, 1);
  EXPECT_NEAR(calibration.Brier(), 0.49 + 0.64 + 0.01, 1e-12);
  EXPECT_NEAR(calibration.MeanSurprise(), -std::log(0.2), 1e-12);
}

TEST(Calibration, PutsFullConfidenceIntoTheLastBin) {
  Calibration calibration;
  calibration.Add(std::vector{1.0, 0.0}, 0);
  EXPECT_EQ(calibration.bin_count.back(), 1.0);
  EXPECT_EQ(calibration.ExpectedError(), 0.0);
}

TEST(SoftmaxOf, SumsToOneAndNeverOverflows) {
  const std::vector<double> p = SoftmaxOf(std::vector{1000.0, 999.0, -1000.0});
  EXPECT_NEAR(p[0] + p[1] + p[2], 1.0, 1e-12);
  EXPECT_NEAR(p[0] / p[1], std::exp(1.0), 1e-9);
}

}  // namespace
}  // namespace lanegrad
