// SPDX-License-Identifier: Apache-2.0
#include "network/schedule.h"

#include <gtest/gtest.h>

#include <cmath>
#include <ostream>
#include <string>
#include <vector>

#include "kernels/elementary.h"
#include "tests/spellings.h"

namespace lanegrad {
namespace {

class ScheduleTest : public testing::TestWithParam<std::string> {
 protected:
  const Schedule schedule_ = Schedule::Named(GetParam());
};

TEST_P(ScheduleTest, StaysBetweenZeroAndOne) {
  const std::vector<double> losses = {3.0, 2.0, 2.5, 2.5, 2.6, 2.0, 2.0};
  for (int i = 0; i <= 1000; ++i) {
    const Progress progress = {
        .epoch = 0.01 * i, .epochs = 10.0, .losses = std::span(losses).first(i % 8)};
    const double factor = schedule_.Factor(progress);
    EXPECT_GE(factor, 0.0) << progress.epoch;
    EXPECT_LE(factor, 1.0) << progress.epoch;
  }
}

TEST_P(ScheduleTest, IsReadBackAsItIsSpelled) {
  EXPECT_EQ(Schedule::Named(schedule_.spelled()).spelled(), schedule_.spelled());
}

INSTANTIATE_TEST_SUITE_P(WholeCatalogue, ScheduleTest, testing::ValuesIn(Spellings(Schedules())),
                         NamedByOperation());

double At(const char* name, double epoch, std::vector<double> losses = {}) {
  return Schedule::Named(name).Factor({.epoch = epoch, .epochs = 12.0, .losses = losses});
}

TEST(ScheduleTest, EachIsItsFormula) {
  for (const double t : {0.0, 1.0, 2.5, 6.0, 11.9}) {
    const double done = t / 12.0;
    EXPECT_EQ(At("constant", t), 1.0);
    EXPECT_NEAR(At("step:0.5", t), std::pow(0.5, std::floor(3.0 * done)), 1e-15);
    EXPECT_NEAR(At("exponential", t), std::pow(static_cast<double>(0.01f), done), 1e-14);
    EXPECT_NEAR(At("inverse_time:2", t), 1.0 / (1.0 + 2.0 * t), 1e-15);
    EXPECT_NEAR(At("polynomial:3", t), std::pow(1.0 - done, 3.0), 1e-14);
    EXPECT_NEAR(At("cosine", t), 0.5 * (1.0 + std::cos(M_PI * done)), 1e-14);
    EXPECT_NEAR(At("warm_restarts:4", t), 0.5 * (1.0 + std::cos(M_PI * std::fmod(t, 3.0) / 3.0)),
                1e-14);
  }
  EXPECT_NEAR(At("one_cycle:0.25", 0.0), 1.0 / 25.0, 1e-15);
  EXPECT_NEAR(At("one_cycle:0.25", 3.0), 1.0, 1e-15);
  EXPECT_NEAR(At("one_cycle:0.25", 12.0), 1e-4, 1e-15);
}

TEST(ScheduleTest, APlateauIsTwoEpochsWithoutASmallerLoss) {
  EXPECT_EQ(At("on_plateau:0.5", 2.0, {3.0, 2.0}), 1.0);
  EXPECT_EQ(At("on_plateau:0.5", 3.0, {3.0, 2.0, 2.0}), 1.0);
  EXPECT_EQ(At("on_plateau:0.5", 4.0, {3.0, 2.0, 2.0, 2.1}), 0.5);
  EXPECT_EQ(At("on_plateau:0.5", 6.0, {3.0, 2.0, 2.0, 2.1, 2.2, 2.3}), 0.25);
  EXPECT_EQ(At("on_plateau:0.5", 6.0, {3.0, 2.0, 2.0, 2.1, 1.0, 2.3}), 0.5);
}

TEST(ElementaryTest, AgreesWithTheCLibrary) {
  for (double x = -700.0; x < 700.0; x += 0.37) {
    EXPECT_NEAR(Exponential(x) / std::exp(x), 1.0, 1e-15) << x;
  }
  for (double x = 1e-12; x < 1e12; x *= 1.07) {
    EXPECT_NEAR(Logarithm(x), std::log(x), 2e-15 * std::fmax(1.0, std::fabs(std::log(x)))) << x;
  }
  for (double x = -50.0; x < 50.0; x += 0.0173) EXPECT_NEAR(Cosine(x), std::cos(x), 2e-15) << x;
}

}  // namespace
}  // namespace lanegrad
