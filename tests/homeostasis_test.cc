// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/homeostasis.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace lanegrad {
namespace {

TEST(Homeostasis, WithoutFeedbackADoubledInputDoublesTheRateForGood) {
  const auto rates = RatesAfter(InputChange::kDoubled, {}, 500, 1);
  EXPECT_NEAR(rates.back(), 2.0, 1e-9);
}

TEST(Homeostasis, ALoopAnswersFasterButItsRateDoublesAsWell) {
  const auto open = RatesAfter(InputChange::kDoubled, {}, 500, 1);
  const auto loop = RatesAfter(InputChange::kDoubled, {.loop_gain = 4.0}, 500, 1);
  EXPECT_NEAR(loop.back(), 2.0, 1e-9);
  // tau / (1 + gain) = 4 ms.
  EXPECT_NEAR(loop[7], 2.0 - std::exp(-2.0), 0.01);
  EXPECT_NEAR(open[7], 2.0 - std::exp(-0.4), 0.01);
}

TEST(Homeostasis, ALoopLeavesOneOverOnePlusItsGainOfWhatIsAdded) {
  const auto loop = RatesAfter(InputChange::kAdded, {.loop_gain = 4.0}, 500, 1);
  EXPECT_NEAR(loop.back(), 1.2, 1e-9);
  const auto adaptive = RatesAfter(InputChange::kAdded, {.loop_gain = 4.0, .speed = 0.01}, 5000, 1);
  EXPECT_NEAR(adaptive.back(), 1.0, 1e-4);
}

TEST(Homeostasis, AThresholdReturnsTheRateAsTheSolutionOfItsEquationSays) {
  // tau s^2 + s + speed = 0, deviation 0 and slope 1 / tau at first.
  const RegulatedNeuron neuron = {.speed = 0.002};
  const auto rates = RatesAfter(InputChange::kDoubled, neuron, 3000, 1);
  const double root = std::sqrt(1.0 - 4.0 * 0.002 * 20.0);
  const double slow = (-1.0 + root) / 40.0, fast = (-1.0 - root) / 40.0;
  for (const int ms : {10, 50, 200, 1000, 2500}) {
    const double t = ms;
    const double expected = (std::exp(slow * t) - std::exp(fast * t)) / (20.0 * (slow - fast));
    EXPECT_NEAR(rates[static_cast<std::size_t>(ms - 1)] - 1.0, expected, 5e-3) << ms;
  }
  EXPECT_NEAR(ReturnTimeConstant(neuron), -1.0 / slow, 1e-9);
}

TEST(Homeostasis, TheFitFindsTheTimeConstantOfAnExponential) {
  for (const double truth : {30.0, 250.0, 700.0}) {
    std::vector<double> deviations;
    for (int t = 0; t < 2000; ++t) deviations.push_back(0.7 * std::exp(-t / truth));
    EXPECT_NEAR(FitTimeConstant(deviations) / truth, 1.0, 1e-5) << truth;
  }
}

TEST(Homeostasis, RingsWhereTheThresholdIsFasterThanAQuarterOfTheRate) {
  const auto lowest = [](double speed) {
    const auto rates = RatesAfter(InputChange::kDoubled, {.speed = speed / 20.0}, 2000, 1);
    return *std::min_element(rates.begin(), rates.end());
  };
  EXPECT_GT(lowest(0.2), 1.0 - 1e-6);
  EXPECT_LT(lowest(0.5), 1.0 - 1e-3);
  EXPECT_LT(lowest(2.0), 0.9);
}

TEST(Homeostasis, SettlesWhereItStaysNotWhereItPasses) {
  const double rates[] = {2.0, 1.0, 0.5, 1.04, 0.99, 1.0};
  EXPECT_EQ(SettlingTime(rates, 0.05), 3.0);
  EXPECT_EQ(SettlingTime(rates, 0.001), 5.0);
  const double never[] = {1.0, 2.0};
  EXPECT_EQ(SettlingTime(never, 0.05), 2.0);
}

}  // namespace
}  // namespace lanegrad
