// SPDX-License-Identifier: Apache-2.0
#include "experiments/conformance/stable_rate.h"

#include <gtest/gtest.h>

namespace lanegrad {
namespace {

TEST(StableRateTest, OfDescentIsTwoOverTheCurvature) {
  const Optimizer sgd = Optimizer::Named("sgd");
  for (const double curvature : {0.01, 1.0, 53.13, 1000.0}) {
    EXPECT_NEAR(LargestStableRate(sgd, curvature, 0.0), 2.0 / curvature, 3e-6 / curvature);
  }
}

TEST(StableRateTest, OfMomentumIsLargerByItsMomentum) {
  const Optimizer momentum = Optimizer::Named("momentum");
  for (const double mu : {0.0, 0.3, 0.9, 0.99}) {
    const double limit = HeavyBallLimit(7.0, mu);
    EXPECT_NEAR(LargestStableRate(momentum, 7.0, mu), limit, 3e-6 * limit) << mu;
  }
}

// Its characteristic polynomial, z^2 - (1 + mu)(1 - q) z + mu (1 - q) with q = rate * curvature,
// has the root -1 where (1 - q)(1 + 2 mu) = -1.
TEST(StableRateTest, OfNesterovsMomentumIsSmallerThanOfDescent) {
  const Optimizer nesterov = Optimizer::Named("nesterov");
  for (const double mu : {0.5, 0.9}) {
    const double limit = 2.0 * (1.0 + mu) / (1.0 + 2.0 * mu);
    EXPECT_NEAR(LargestStableRate(nesterov, 1.0, mu), limit, 3e-6 * limit) << mu;
  }
}

}  // namespace
}  // namespace lanegrad
