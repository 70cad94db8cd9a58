// SPDX-License-Identifier: Apache-2.0
#include "experiments/approximation/curve_fit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "experiments/approximation/least_squares.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

double Square(double x) { return x * x; }
double Wave(double x) { return std::cos(9.0 * x); }

std::vector<std::vector<double>> RandomColumns(std::size_t columns, std::size_t rows) {
  RandomStream random(3, Stream::kData);
  std::vector<std::vector<double>> all(columns, std::vector<double>(rows));
  for (auto& column : all) {
    for (double& value : column) value = random.Normal();
  }
  return all;
}

TEST(LeastSquaresTest, FindsTheWeightsThatMadeTheValues) {
  const auto columns = RandomColumns(6, 20);
  const double made[] = {1.0, -2.0, 0.0, 3.5, 0.25, -7.0};
  std::vector<double> y(20, 0.0);
  for (std::size_t i = 0; i < 20; ++i) {
    for (std::size_t j = 0; j < 6; ++j) y[i] += made[j] * columns[j][i];
  }
  const std::vector<double> w = LeastSquares(columns, y, 0.0);
  for (std::size_t j = 0; j < 6; ++j) EXPECT_NEAR(w[j], made[j], 1e-12);
}

// The gradient of what is made small must vanish there: 2 X^T (X w - y) + 2 damping^2 w = 0.
TEST(LeastSquaresTest, LeavesNoGradient) {
  for (const double damping : {0.0, 0.5}) {
    const auto columns = RandomColumns(7, 30);
    const std::vector<double> y = RandomColumns(8, 30).back();
    const std::vector<double> w = LeastSquares(columns, y, damping);
    for (std::size_t j = 0; j < 7; ++j) {
      double gradient = damping * damping * w[j];
      for (std::size_t i = 0; i < 30; ++i) {
        double residual = -y[i];
        for (std::size_t k = 0; k < 7; ++k) residual += columns[k][i] * w[k];
        gradient += columns[j][i] * residual;
      }
      EXPECT_NEAR(gradient, 0.0, 1e-11);
    }
  }
}

TEST(LeastSquaresTest, WithDampingEqualColumnsShareTheirWeight) {
  const std::vector<double> one = {1.0, 2.0, 3.0};
  const std::vector<double> w = LeastSquares({one, one, {0.0, 0.0, 0.0}}, one, 1e-6);
  EXPECT_NEAR(w[0], 0.5, 1e-6);
  EXPECT_NEAR(w[1], 0.5, 1e-6);
  EXPECT_EQ(w[2], 0.0);
  EXPECT_THROW(LeastSquares({{1.0}}, one, 0.0), std::invalid_argument);
}

TEST(CurveFitTest, TheBuiltNetworkAgreesWithTheCurveAtItsKnotsAndKeepsTheBound) {
  for (const std::size_t width : {1u, 4u, 16u, 64u}) {
    const Network built = InterpolatingNetwork(Wave, width);
    const Curve knots = EvenCurve(Wave, width + 1);
    const std::vector<double> at_knots = OutputsOn(built, knots);
    for (std::size_t k = 0; k <= width; ++k) EXPECT_NEAR(at_knots[k], knots.y[k], 2e-5);
    const Curve fresh = EvenCurve(Wave, 1001);
    const std::vector<double> outputs = OutputsOn(built, fresh);
    const double h = 2.0 / static_cast<double>(width);
    double largest = 0.0;
    for (std::size_t s = 0; s < outputs.size(); ++s) {
      largest = std::max(largest, std::fabs(outputs[s] - fresh.y[s]));
    }
    EXPECT_LE(largest, h * h * 81.0 / 8.0 + 2e-5) << width;
  }
}

// Between knots a distance h apart, x^2 is off by (x - a)(b - x): its mean square is h^4 / 30.
TEST(CurveFitTest, TheErrorOfABuiltSquareIsThatOfTheFormula) {
  const double error =
      RootMeanSquareError(InterpolatingNetwork(Square, 10), EvenCurve(Square, 4001));
  EXPECT_NEAR(error, 0.04 / std::sqrt(30.0), 1e-5);
}

TEST(CurveFitTest, DrawnKinksLieInTheInterval) {
  const Network network = DrawnCurveNetwork(50, 4);
  double least = 1.0, most = -1.0;
  for (std::size_t j = 0; j < 50; ++j) {
    const double kink = -network.layers()[0].bias[j] / network.layers()[0].weights(0, j);
    least = std::min(least, kink);
    most = std::max(most, kink);
  }
  EXPECT_GE(least, -1.0 - 1e-6);
  EXPECT_LE(most, 1.0 + 1e-6);
  EXPECT_GT(most - least, 1.5) << "spread over all of it";
}

TEST(CurveFitTest, SolvingTheOutputWeightsNeverLosesOnThePointsItSees) {
  const Curve curve = EvenCurve(Wave, 128);
  for (const std::size_t width : {4u, 32u}) {
    Network network = DrawnCurveNetwork(width, 2);
    TrainOnCurve(network, curve, 0.01, 200);
    const double trained = RootMeanSquareError(network, curve);
    SolveOutputWeights(network, curve);
    EXPECT_LE(RootMeanSquareError(network, curve), trained + 1e-5);
  }
}

TEST(CurveFitTest, TrainingLowersTheError) {
  const Curve curve = EvenCurve(Square, 64);
  Network network = DrawnCurveNetwork(16, 1);
  const double before = RootMeanSquareError(network, curve);
  TrainOnCurve(network, curve, 0.01, 500);
  EXPECT_LT(RootMeanSquareError(network, curve), 0.1 * before);
}

}  // namespace
}  // namespace lanegrad
