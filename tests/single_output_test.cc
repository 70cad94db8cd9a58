// SPDX-License-Identifier: Apache-2.0
#include "experiments/losses/single_output.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lanegrad {
namespace {

TEST(EvaluateEach, AgreesWithTheOracleOfEveryLossOfOneOutput) {
  const std::vector<float> a = {-1.5f, 0.25f, 2.0f}, y = {0.0f, 1.0f, 1.0f};
  for (const LossInfo& info : Losses()) {
    if (info.min_outputs > 1) continue;
    const Loss loss = Loss::Named(info.name);
    const SampleLosses each = EvaluateEach(loss, a, y);
    for (std::size_t i = 0; i < a.size(); ++i) {
      const double output = a[i], target = y[i];
      double slope = 0.0;
      loss.Slope(&output, &target, 1, &slope);
      EXPECT_NEAR(each.losses[i], loss.Value(&output, &target, 1), 1e-12) << info.name;
      EXPECT_NEAR(each.slopes[i], slope, 1e-6) << info.name;
    }
  }
}

TEST(LeastLossOutput, IsMeanMedianQuantileAndLogit) {
  const std::vector<float> y = {0.0f, 1.0f, 2.0f, 3.0f, 14.0f};
  EXPECT_NEAR(LeastLossOutput(Loss::Named("mse"), y, -20.0, 20.0), 4.0, 1e-5);
  EXPECT_NEAR(LeastLossOutput(Loss::Named("mae"), y, -20.0, 20.0), 2.0, 1e-5);
  EXPECT_NEAR(LeastLossOutput(Loss::Named("quantile:0.9"), y, -20.0, 20.0), 14.0, 1e-5);
  const std::vector<float> answers = {1.0f, 0.0f, 0.0f, 0.0f};
  EXPECT_NEAR(LeastLossOutput(Loss::Named("binary_cross_entropy"), answers, -20.0, 20.0),
              std::log(0.25 / 0.75), 1e-5);
}

TEST(StepsToTurn, FollowsTheClosedIntegralWhereStepsAreSmall) {
  for (const bool entropy : {false, true}) {
    for (const double z : {1.0, 4.0, 7.0}) {
      EXPECT_NEAR(StepsToTurn(entropy, z, 1e-3) / TurningTime(entropy, z, 1e-3), 1.0, 2e-3);
    }
  }
}

TEST(StepsToTurn, EndsAtTheMostThatIsAllowed) {
  EXPECT_EQ(StepsToTurn(false, 30.0, 0.1, 100.0), 100.0);
}

constexpr float kInputs[] = {-2.0f, -1.0f, 1.0f, 2.0f};
constexpr float kTargets[] = {0.0f, 1.0f, 0.0f, 1.0f};

TEST(BrokenChords, AreNoneOfConvexLossesAndManyOfSquaredErrorBehindASigmoid) {
  const auto broken = [](const char* loss) {
    return BrokenChords(Loss::Named(loss), kInputs, kTargets, 6.0, 500, 1);
  };
  EXPECT_EQ(broken("binary_cross_entropy"), 0.0);
  EXPECT_EQ(broken("squared_hinge"), 0.0);
  EXPECT_GT(broken("mse"), 0.1);
}

TEST(UnitPlane, FallsInBiasFromRowToRow) {
  const double places[] = {-1.0, 0.0, 1.0};
  const std::vector<float> x = {0.0f}, y = {1.0f};
  const auto plane = UnitPlane(Loss::Named("binary_cross_entropy"), x, y, places);
  ASSERT_EQ(plane.size(), 9u);
  EXPECT_NEAR(plane[0], std::log1p(std::exp(-1.0)), 1e-12);  // bias 1
  EXPECT_NEAR(plane[4], std::log(2.0), 1e-12);
  EXPECT_NEAR(plane[8], std::log1p(std::exp(1.0)), 1e-12);  // bias -1
}

}  // namespace
}  // namespace lanegrad
