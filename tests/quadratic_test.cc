// SPDX-License-Identifier: Apache-2.0
#include "experiments/descent/quadratic.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lanegrad {
namespace {

TEST(QuadraticBowl, HasTheEigenvaluesThatItWasMadeOf) {
  const QuadraticBowl bowl(6, 5.0, 100.0, 3);
  EXPECT_NEAR(bowl.eigenvalue(0), 0.05, 1e-12);
  EXPECT_EQ(bowl.eigenvalue(5), 5.0);
  // Their sum is the trace, that of their squares the square of all elements.
  double trace = 0.0, square = 0.0, sum = 0.0, squares = 0.0;
  for (std::size_t i = 0; i < 6; ++i) {
    std::vector<double> unit(6);
    unit[i] = 1.0;
    const std::vector<double> column = bowl.Gradient(unit);
    trace += column[i];
    for (const double x : column) square += x * x;
    sum += bowl.eigenvalue(i);
    squares += bowl.eigenvalue(i) * bowl.eigenvalue(i);
  }
  EXPECT_NEAR(trace, sum, 1e-12);
  EXPECT_NEAR(square, squares, 1e-11);
}

TEST(QuadraticBowl, OfOneCoordinateIsDescendedByThePowerOfOneFactor) {
  const QuadraticBowl bowl(1, 2.0, 1.0, 1);
  const std::vector<double> losses = Descend(bowl, 0.3, 0.0, 10, 7);
  ASSERT_EQ(losses.size(), 11u);
  for (std::size_t t = 0; t < losses.size(); ++t) {
    EXPECT_NEAR(losses[t] / losses[0], std::pow(1.0 - 0.3 * 2.0, 2.0 * static_cast<double>(t)),
                1e-12);
  }
}

TEST(QuadraticBowl, NeverLosesLessThanTheSlowerEndOfItsSpectrumAllows) {
  const QuadraticBowl bowl(10, 1.0, 10.0, 2);
  for (const double rate : {0.1, 1.0, 20.0 / 11.0}) {
    const double factor = std::max(std::fabs(1.0 - rate), std::fabs(1.0 - rate / 10.0));
    const std::vector<double> losses = Descend(bowl, rate, 0.0, 30, 2);
    for (std::size_t t = 1; t < losses.size(); ++t) {
      EXPECT_LE(losses[t], losses[t - 1] * factor * factor * (1.0 + 1e-9)) << rate << ' ' << t;
    }
  }
}

TEST(QuadraticBowl, DivergesWhereTheTheorySays) {
  for (const double momentum : {0.0, 0.5, 0.9}) {
    const QuadraticBowl bowl(4, 3.0, 10.0, 5);
    const double limit = StabilityLimit(3.0, momentum);
    EXPECT_NEAR(MeasuredLimit(bowl, momentum, 2000, 5) / limit, 1.0, 0.01) << momentum;
    EXPECT_LT(Descend(bowl, 0.98 * limit, momentum, 2000, 5).back(), 1e-6);
    const std::vector<double> above = Descend(bowl, 1.02 * limit, momentum, 2000, 5);
    EXPECT_GT(above.back(), 1e6 * above.front());
  }
}

TEST(QuadraticBowl, EndsEarlyWhereTheLossLeavesTheNumbers) {
  const QuadraticBowl bowl(2, 1.0, 1.0, 1);
  const std::vector<double> losses = Descend(bowl, 1e10, 0.0, 100, 1);
  EXPECT_LT(losses.size(), 100u);
  for (const double loss : losses) EXPECT_TRUE(std::isfinite(loss));
}

}  // namespace
}  // namespace lanegrad
