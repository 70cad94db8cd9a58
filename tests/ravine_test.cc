// SPDX-License-Identifier: Apache-2.0
#include "experiments/back_propagation/ravine.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lanegrad {
namespace {

constexpr Ravine kRavine = {.steep = 10.0, .flat = 0.2};

TEST(Ravine, ConvergesWhereTheFactorIsBelowOneAndNowhereElse) {
  for (const double keep : {0.0, 0.3, 0.9, 1.1}) {
    for (const double weight : {0.05, 0.19, 0.21, 0.3, 0.5}) {
      for (const double sign : {-1.0, 1.0}) {
        const MomentumRule rule = {keep, weight, sign};
        const double last = Descend(kRavine, rule, 2000).back();
        EXPECT_EQ(last < 1.0, LongRunFactor(kRavine, rule) < 1.0)
            << keep << ' ' << weight << ' ' << sign;
      }
    }
  }
}

TEST(Ravine, BestSettingsHaveThePublishedFactors) {
  const double condition = kRavine.steep / kRavine.flat, root = std::sqrt(condition);
  EXPECT_NEAR(LongRunFactor(kRavine, BestDescent(kRavine)), (condition - 1) / (condition + 1),
              1e-12);
  EXPECT_NEAR(LongRunFactor(kRavine, BestMomentum(kRavine)), (root - 1) / (root + 1), 1e-7);
}

TEST(Ravine, OneStepOfDescentIsItsClosedForm) {
  const std::vector<double> distances = Descend(kRavine, {.keep = 0.0, .weight = 0.1}, 1);
  ASSERT_EQ(distances.size(), 2u);
  EXPECT_NEAR(distances[1], std::sqrt(0.5 * (0.0 + 0.98 * 0.98)), 1e-15);
}

TEST(Ravine, StepsAreCountedToTheFirstBelow) {
  EXPECT_EQ(StepsTo({1.0, 0.5, 0.2, 0.6}, 0.3), 2u);
  EXPECT_EQ(StepsTo({1.0, 0.5}, 0.3), 2u);  // never: one more than there were steps
}

TEST(MomentumPlane, CellsAreMeasuredInTheirMiddle) {
  const MomentumPlane plane = {.rows = 3, .columns = 10, .keep_most = 1.2, .weight_most = 1.0};
  EXPECT_NEAR(plane.Keep(0), 0.2, 1e-15);
  EXPECT_NEAR(plane.Weight(9), 0.95, 1e-15);
  Measurement row;
  MeasurePlane(kRavine, plane, -1.0, 400, row);
  // At keep 0.2 the edge is at weight 0.24.
  EXPECT_LT(row.values.Number("c_00_01"), 1.0);
  EXPECT_GT(row.values.Number("c_00_02"), 1.0);
  const MomentumRule rule = {plane.Keep(0), plane.Weight(1), -1.0};
  EXPECT_NEAR(row.values.Number("c_00_01"), LongRunFactor(kRavine, rule), 0.01);
}

}  // namespace
}  // namespace lanegrad
