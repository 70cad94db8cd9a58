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
  for (std::size_t i = 0; i <= 1000; ++i) {
    const Progress progress = {.epoch = i / 100,
                               .sample = i % 100,
                               .samples = 100,
                               .epochs = 10,
                               .losses = std::span(losses).first(i % 8)};
    const double factor = schedule_.Factor(progress);
    EXPECT_GE(factor, 0.0) << progress.time();
    EXPECT_LE(factor, 1.0) << progress.time();
  }
}

TEST_P(ScheduleTest, IsReadBackAsItIsSpelled) {
  EXPECT_EQ(Schedule::Named(schedule_.spelled()).spelled(), schedule_.spelled());
}

INSTANTIATE_TEST_SUITE_P(WholeCatalogue, ScheduleTest, testing::ValuesIn(Spellings(Schedules())),
                         NamedByOperation());

double At(const char* name, double epoch, std::vector<double> losses = {}) {
  // In tenths of an epoch.
  const auto tenths = static_cast<std::size_t>(std::lround(10.0 * epoch));
  return Schedule::Named(name).Factor(
      {.epoch = tenths / 10, .sample = tenths % 10, .samples = 10, .epochs = 12, .losses = losses});
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

// Every step of a training of `epochs` epochs with `steps` steps each.
std::vector<double> Factors(const std::string& name, std::size_t epochs, std::size_t steps) {
  std::vector<double> factors;
  const Schedule schedule = Schedule::Named(name);
  for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
    for (std::size_t step = 0; step < steps; ++step) {
      factors.push_back(schedule.Factor({.epoch = epoch,
                                         .sample = 1000 * step,
                                         .samples = 1000 * steps,
                                         .epochs = epochs,
                                         .losses = {}}));
    }
  }
  return factors;
}

TEST(ScheduleTest, NoRestartIsLateAndNoStepHasARateOfZero) {
  for (std::size_t waves = 1; waves <= 60; ++waves) {
    for (std::size_t epochs = 1; epochs <= 60; ++epochs) {
      for (const std::size_t steps : {1u, 4u, 10u}) {
        const auto factors = Factors("warm_restarts:" + std::to_string(waves), epochs, steps);
        for (std::size_t i = 0; i < factors.size(); ++i) {
          const bool restart = waves * i % factors.size() == 0;
          ASSERT_GT(factors[i], 0.0) << waves << " waves, " << epochs << " epochs, step " << i;
          ASSERT_EQ(factors[i] == 1.0, restart)
              << waves << " waves, " << epochs << " epochs, step " << i;
        }
      }
    }
  }
}

TEST(ScheduleTest, AStepFallsWhereAThirdIsDone) {
  for (std::size_t epochs = 1; epochs <= 200; ++epochs) {
    for (const std::size_t steps : {1u, 3u, 7u, 60u}) {
      const std::vector<double> factors = Factors("step:0.5", epochs, steps);
      for (std::size_t i = 0; i < factors.size(); ++i) {
        ASSERT_EQ(factors[i], std::pow(0.5, 3 * i / factors.size()))
            << epochs << " epochs of " << steps << ", step " << i;
      }
    }
  }
}

TEST(ScheduleTest, PartsAreCountedBeyondSixtyFourBits) {
  const Progress late = {.epoch = 0xfffffffe,
                         .sample = 0xffffffff - 1,
                         .samples = 0xffffffff,
                         .epochs = 0xffffffff,
                         .losses = {}};
  EXPECT_EQ(late.PartsDone(1000000), 999999u);
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
