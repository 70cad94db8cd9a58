// SPDX-License-Identifier: Apache-2.0
#include "experiments/losses/regression_fit.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lanegrad {
namespace {

TEST(NoisyLine, MovesAsManyPointsAsItIsTold) {
  const FitPoints clean = NoisyLine(1, 100, 0.0), spoilt = NoisyLine(1, 100, 0.2);
  int moved = 0;
  for (std::size_t i = 0; i < 100; ++i) {
    EXPECT_EQ(clean.x[i], spoilt.x[i]);
    if (clean.y[i] == spoilt.y[i]) continue;
    EXPECT_NEAR(clean.y[i] - spoilt.y[i], 8.0, 1e-5);
    ++moved;
  }
  EXPECT_EQ(moved, 20);
}

TEST(FitUnit, OfSquaredErrorIsLeastSquares) {
  const FitPoints points = NoisyLine(2, 100, 0.1);
  EXPECT_LT(DistanceOf(FitUnit(Loss::Named("mse"), points, 1500, 0.5f), LeastSquares(points)),
            1e-4);
}

TEST(FitUnit, OfAbsoluteErrorBarelyMovesWithOutliers) {
  const Loss mae = Loss::Named("mae");
  EXPECT_LT(DistanceOf(FitUnit(mae, NoisyLine(2, 100, 0.2), 1500, 0.5f), kTrueLine), 0.4);
  EXPECT_GT(DistanceOf(LeastSquares(NoisyLine(2, 100, 0.2)), kTrueLine), 1.0);
}

TEST(CountedPoints, HaveTheMeanOfTheirRate) {
  const FitPoints points = CountedPoints(1, 20000);
  double counted = 0.0, expected = 0.0;
  for (std::size_t i = 0; i < points.x.size(); ++i) {
    counted += points.y[i];
    expected += std::exp(kTrueLogRate.weight * points.x[i] + kTrueLogRate.bias);
  }
  EXPECT_NEAR(counted / expected, 1.0, 0.02);
}

TEST(FitLogRate, IsWhereTheKernelsSlopeVanishes) {
  const FitPoints points = CountedPoints(3, 100);
  const FittedLine fit = FitLogRate(points, false);
  EXPECT_LT(DistanceOf(FitUnit(Loss::Named("poisson"), points, 3000, 0.3f), fit), 1e-3);
}

TEST(FitLogRate, FindsTheTruthInManyCounts) {
  const FitPoints points = CountedPoints(4, 50000);
  for (const bool squared : {false, true}) {
    EXPECT_LT(DistanceOf(FitLogRate(points, squared), kTrueLogRate), 0.02);
  }
}

TEST(DistanceOf, IsTheRootOfTheMeanSquare) {
  EXPECT_NEAR(DistanceOf({1.0, 2.0}, {0.0, 0.0}), std::sqrt(1.0 / 3.0 + 4.0), 1e-12);
}

}  // namespace
}  // namespace lanegrad
