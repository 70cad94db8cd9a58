// SPDX-License-Identifier: Apache-2.0
#include "kernels/optimizer.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <ostream>
#include <tuple>
#include <vector>

#include "kernels/matrix.h"
#include "kernels/targets.h"
#include "tests/spellings.h"

namespace lanegrad {

void PrintTo(const Target& target, std::ostream* os) { *os << target.name; }
void PrintTo(const OptimizerInfo& info, std::ostream* os) { *os << info.name; }

namespace {

class OptimizerTest : public testing::TestWithParam<std::tuple<Target, OptimizerInfo>> {
 protected:
  static constexpr std::size_t kSize = 53;
  static constexpr std::size_t kSteps = 20;

  // Twenty steps down a bowl whose steepness differs from weight to weight.
  static float Slope(std::size_t i, double w) {
    return static_cast<float>((0.1 + 0.01 * static_cast<double>(i)) * w);
  }

  static StepScalars Scalars(const OptimizerInfo& info) {
    return {.rate = 0.1f,
            .beta1 = info.beta1,
            .beta2 = info.beta2,
            .epsilon = info.epsilon,
            .weight_decay = 0.01f,
            .l1 = 0.003f,
            .l2 = 0.02f};
  }

  std::vector<float> Descend() const { return Descend(scalars_); }

  std::vector<float> Descend(StepScalars scalars) const {
    std::vector<float> w(kSize), g(kSize);
    std::vector<std::vector<float>> states(kMaxStates, std::vector<float>(kSize));
    for (std::size_t i = 0; i < kSize; ++i) w[i] = 1.0f - 0.05f * static_cast<float>(i);
    for (std::size_t step = 0; step < kSteps; ++step) {
      scalars.CountSteps(step + 1);
      for (std::size_t i = 0; i < kSize; ++i) g[i] = Slope(i, w[i]);
      Step(optimizer_, scalars, kSize, g.data(), w.data(),
           {states[0].data(), states[1].data(), states[2].data()});
    }
    return w;
  }

  const ScopedTarget only_{std::get<0>(GetParam())};
  const OptimizerInfo info_ = std::get<1>(GetParam());
  const Optimizer optimizer_ = Optimizer::Named(info_.name);
  const StepScalars scalars_ = Scalars(info_);
};

TEST_P(OptimizerTest, FollowsItsOracleOverManySteps) {
  const std::vector<float> w = Descend();
  for (std::size_t i = 0; i < kSize; ++i) {
    double expected = 1.0f - 0.05f * static_cast<float>(i);
    std::array<double, kMaxStates> state = {};
    for (std::size_t step = 0; step < kSteps; ++step) {
      const double t = static_cast<double>(step) + 1.0;
      const double b1 = scalars_.beta1, b2 = scalars_.beta2;
      const PlainScalars plain = {.rate = scalars_.rate,
                                  .beta1 = b1,
                                  .beta2 = b2,
                                  .epsilon = scalars_.epsilon,
                                  .weight_decay = scalars_.weight_decay,
                                  .bias_correction1 = 1.0 / (1.0 - std::pow(b1, t)),
                                  .bias_correction2 = 1.0 / (1.0 - std::pow(b2, t)),
                                  .next_bias_correction1 = 1.0 / (1.0 - std::pow(b1, t + 1.0))};
      const double sign = expected > 0.0 ? 1.0 : expected < 0.0 ? -1.0 : 0.0;
      const double penalty = scalars_.l1 * sign + scalars_.l2 * expected;
      info_.oracle(expected, Slope(i, expected) + penalty, state, plain);
    }
    // Float roundings of numbers of size one; a step of Adam's kind divides two sums
    // that have gathered twenty of them.
    EXPECT_NEAR(w[i], expected, 100 * 0x1p-24) << "weight " << i;
  }
}

TEST_P(OptimizerTest, TheBitsAreThoseOfEveryOtherTarget) {
  const std::vector<float> here = Descend();
  const ScopedTarget plainest(Targets().back());
  const std::vector<float> there = Descend();
  ASSERT_EQ(there.size(), here.size());
  for (std::size_t i = 0; i < here.size(); ++i) {
    EXPECT_EQ(std::bit_cast<std::uint32_t>(there[i]), std::bit_cast<std::uint32_t>(here[i])) << i;
  }
}

TEST_P(OptimizerTest, AClippedGradientIsAGradientThatIsNoLarger) {
  StepScalars clipped = scalars_, plain = scalars_;
  clipped.clip = 0.5f;
  clipped.CountSteps(1);
  plain.CountSteps(1);
  const float steep[] = {3.0f, -2.0f, 0.25f, -0.5f}, cut[] = {0.5f, -0.5f, 0.25f, -0.5f};
  float w[4] = {1, 1, 1, 1}, v[4] = {1, 1, 1, 1};
  float states[6][4] = {};
  Step(optimizer_, clipped, 4, steep, w, {states[0], states[1], states[2]});
  Step(optimizer_, plain, 4, cut, v, {states[3], states[4], states[5]});
  for (int i = 0; i < 4; ++i) EXPECT_EQ(w[i], v[i]);
}

TEST_P(OptimizerTest, ItReadsTheNumbersThatItSaysAndNoOthers) {
  StepScalars plain = scalars_;
  plain.l1 = plain.l2 = 0.0f;
  const auto changes = [&](float StepScalars::*number, float value) {
    StepScalars other = plain;
    other.*number = value;
    return Descend(other) != Descend(plain);
  };
  EXPECT_EQ(changes(&StepScalars::beta1, 0.7f), info_.reads.beta1);
  EXPECT_EQ(changes(&StepScalars::beta2, 0.8f), info_.reads.beta2);
  EXPECT_EQ(changes(&StepScalars::epsilon, 0.01f), info_.reads.epsilon);
  EXPECT_EQ(changes(&StepScalars::weight_decay, 0.1f), info_.reads.weight_decay);
  EXPECT_EQ(changes(&StepScalars::clip, 0.05f), info_.reads.clip);
  EXPECT_TRUE(changes(&StepScalars::rate, 0.07f));
}

TEST_P(OptimizerTest, PaddingStaysZero) {
  std::vector<float> w(kPanel), g(kPanel), s0(kPanel), s1(kPanel), s2(kPanel);
  StepScalars scalars = scalars_;
  for (int step = 0; step < 3; ++step) {
    scalars.CountSteps(static_cast<std::size_t>(step) + 1);
    Step(optimizer_, scalars, w.size(), g.data(), w.data(), {s0.data(), s1.data(), s2.data()});
  }
  for (const float each : w) EXPECT_EQ(each, 0.0f);
}

TEST_P(OptimizerTest, TheFirstStepGoesAgainstTheGradient) {
  float w[2] = {0.0f, 0.0f}, s0[2] = {}, s1[2] = {}, s2[2] = {};
  StepScalars scalars = scalars_;
  scalars.CountSteps(1);
  const float g[2] = {1.0f, -1.0f};
  Step(optimizer_, scalars, 2, g, w, {s0, s1, s2});
  EXPECT_LT(w[0], 0.0f);
  EXPECT_GT(w[1], 0.0f);
}

INSTANTIATE_TEST_SUITE_P(AllTargets, OptimizerTest,
                         testing::Combine(testing::ValuesIn(Targets()),
                                          testing::ValuesIn(Optimizers().begin(),
                                                            Optimizers().end())),
                         NamedByOperation());

}  // namespace
}  // namespace lanegrad
