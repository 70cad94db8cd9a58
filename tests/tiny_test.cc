// SPDX-License-Identifier: Apache-2.0
//
// The rule on single numbers, on every target, and what optimizers keep by it. What a
// training makes of it: tiny_training_test.cc.
#include "kernels/tiny.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "kernels/gemm.h"
#include "kernels/optimizer.h"
#include "kernels/targets.h"
#include "network/max_norm.h"
#include "network/network.h"

namespace lanegrad {
namespace {

bool Subnormal(float x) { return std::fpclassify(x) == FP_SUBNORMAL; }

TEST(TinyTest, WhatIsBelowTheBoundIsZeroAndAllElsePassesOnEveryTarget) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  std::vector<float> numbers = {0.0f, -0.0f, kInfinity, std::nanf(""), kTiny, 1.0f};
  for (int e = -149; e < 128; ++e) numbers.push_back(std::ldexp(1.25f, e));
  numbers.push_back(std::nextafter(kTiny, 0.0f));
  while (numbers.size() % kPanel != 0) numbers.push_back(1.0f);
  const std::size_t rows = numbers.size() / kPanel;
  for (const Target& target : Targets()) {
    const ScopedTarget only(target);
    for (const float sign : {1.0f, -1.0f}) {
      // Two panels, of which the first and last rows are not named.
      Matrix m(rows + 2, kPanel + 3);
      for (std::size_t panel = 0; panel < 2; ++panel) {
        for (std::size_t i = 0; i < (rows + 2) * kPanel; ++i) {
          const bool named = i >= kPanel && i < (rows + 1) * kPanel;
          m.view().Row(panel, 0)[i] = named ? sign * numbers[i - kPanel] : 0x1p-140f;
        }
      }
      DropTiny({1, rows + 1}, m.view());
      for (std::size_t panel = 0; panel < 2; ++panel) {
        for (std::size_t i = 0; i < numbers.size(); ++i) {
          const float before = sign * numbers[i], after = m.view().Row(panel, 1)[i];
          const float expected = std::fabs(before) < 0x1p-56f ? 0.0f : before;
          EXPECT_EQ(std::bit_cast<std::uint32_t>(after), std::bit_cast<std::uint32_t>(expected))
              << target.name << ": " << before << " became " << after;
          if (!std::isnan(before)) {
            EXPECT_EQ(WithoutTiny(before), expected);
          }
        }
        EXPECT_EQ(m.view().Row(panel, 0)[5], 0x1p-140f) << target.name << ": not asked for";
        EXPECT_EQ(m.view().Row(panel, rows + 1)[5], 0x1p-140f) << target.name << ": not asked for";
      }
    }
  }
  EXPECT_TRUE(std::isnan(WithoutTiny(std::nanf("")))) << "a NaN must show";
}

TEST(TinyTest, NoProductOfFactorsThatAreNotTinyIsSubnormal) {
  for (int i = -56; i < 64; ++i) {
    for (int j = -56; j < 64; ++j) {
      const float product = WithoutTiny(std::ldexp(1.0f, i)) * WithoutTiny(std::ldexp(1.0f, j));
      EXPECT_GE(product, kTinyState);
      EXPECT_FALSE(Subnormal(0x1p-14f * product)) << "with an optimizer's factor";
    }
  }
}

TEST(TinyTest, NoStateOfAnOptimizerDecaysToASubnormal) {
  for (const Target& target : Targets()) {
    const ScopedTarget only(target);
    for (const OptimizerInfo& info : Optimizers()) {
      constexpr std::size_t kSize = 32;
      float w[kSize], s[kMaxStates][kSize] = {};
      std::fill(w, w + kSize, 1.0f);
      StepScalars scalars = {.rate = 0.1f, .beta1 = 0.9f, .beta2 = 0.95f, .epsilon = info.epsilon};
      for (std::size_t step = 1; step <= 3000; ++step) {
        // Gradients of all sizes first, then none: a unit that has died.
        float g[kSize] = {};
        for (std::size_t i = 0; i < kSize && step <= 20; ++i) {
          g[i] = std::ldexp(1.0f + 0.01f * static_cast<float>(step), -3 * static_cast<int>(i));
        }
        scalars.CountSteps(step);
        Step(Optimizer::Named(info.name), scalars, kSize, g, w, {s[0], s[1], s[2]});
        for (const auto& state : s) {
          for (const float each : state) {
            ASSERT_FALSE(Subnormal(each)) << target.name << ", " << info.name << ", step " << step;
          }
        }
      }
    }
  }
}

// States that a step leaves where they are but for a factor, and the step in the product.
TEST(TinyTest, TinyStatesAreFlushedInTheStepWithinAProductToo) {
  constexpr std::size_t kIn = 40, kOut = 49, kRows = 10;  // whole panels, and parts of them
  const Matrix x(kRows, kIn), delta(kRows, kOut);
  for (const Target& target : Targets()) {
    const ScopedTarget only(target);
    for (const OptimizerInfo& info : Optimizers()) {
      for (const bool flush : {false, true}) {
        StepScalars scalars = {.rate = 0.1f, .beta1 = 0.9f, .beta2 = 0.9f, .epsilon = info.epsilon};
        scalars.CountSteps(1);
        scalars.flush_tiny_states = flush;
        Matrix w(kIn, kOut);
        std::vector<Matrix> states;
        UpdateEpilogue update = {.optimizer = Optimizer::Named(info.name),
                                 .scalars = &scalars,
                                 .weights = w.view(),
                                 .states = {}};
        for (std::size_t s = 0; s < info.states; ++s) {
          states.emplace_back(kIn, kOut);
          for (std::size_t i = 0; i < kIn; ++i) {
            for (std::size_t j = 0; j < kOut; ++j) states[s](i, j) = 0x1p-113f;
          }
        }
        for (std::size_t s = 0; s < info.states; ++s) update.states[s] = states[s].view();
        MultiplyTransposedAndStep(x.view(), delta.view(), kRows, {0, PanelCount(kIn)}, update);
        std::size_t left = 0;
        for (const Matrix& state : states) {
          for (std::size_t i = 0; i < state.view().size(); ++i) {
            left += static_cast<std::size_t>(state.view().data[i] != 0.0f &&
                                             std::fabs(state.view().data[i]) < kTinyState);
          }
        }
        EXPECT_EQ(left > 0, info.states > 0 && !flush && info.name != "rprop")
            << target.name << ", " << info.name << (flush ? ", flushed" : "");
      }
    }
  }
}

// In a team of two, a layer of ten inputs has one panel, and the second member none.
TEST(TinyTest, AMemberWithoutPanelsFlushesNothing) {
  constexpr std::size_t kIn = 10, kOut = 10, kRows = 4;
  const Matrix x(kRows, kIn), delta(kRows, kOut);
  for (const Target& target : Targets()) {
    const ScopedTarget only(target);
    StepScalars scalars = {.rate = 0.1f};
    scalars.flush_tiny_states = true;
    Matrix w(kIn, kOut), state(kIn, kOut);
    state(3, 3) = 0x1p-113f;
    const UpdateEpilogue update = {.optimizer = Optimizer::Named("momentum"),
                                   .scalars = &scalars,
                                   .weights = w.view(),
                                   .states = {state.view(), {}, {}}};
    MultiplyTransposedAndStep(x.view(), delta.view(), kRows, {1, 1}, update);
    EXPECT_EQ(state(3, 3), 0x1p-113f) << target.name;
  }
}

// The state that gathers squares: the first that a gradient and its negative leave alike,
// and not zero. kMaxStates where there is none.
std::size_t StateOfSquares(Optimizer optimizer, const StepScalars& scalars) {
  const float up = 0.5f, down = -0.5f;
  float w = 1.0f, after_up[kMaxStates] = {}, after_down[kMaxStates] = {};
  Step(optimizer, scalars, 1, &up, &w, {after_up, after_up + 1, after_up + 2});
  Step(optimizer, scalars, 1, &down, &w, {after_down, after_down + 1, after_down + 2});
  std::size_t s = 0;
  while (s < kMaxStates && (after_up[s] == 0.0f || after_up[s] != after_down[s])) ++s;
  return s;
}

TEST(TinyTest, TheSquareOfATinyNumberAddsNothing) {
  std::size_t gatherers = 0;
  for (const OptimizerInfo& info : Optimizers()) {
    const Optimizer optimizer = Optimizer::Named(info.name);
    StepScalars scalars = {.beta2 = 0.5f, .epsilon = 1e-8f};
    scalars.CountSteps(1);
    const std::size_t which = StateOfSquares(optimizer, scalars);
    if (which == kMaxStates) continue;
    ++gatherers;
    for (const float g : {0.99f * kTiny, kTiny}) {
      float w = 1.0f, s[kMaxStates] = {}, still[kMaxStates] = {};
      s[which] = still[which] = 0x1p-104f;
      const float none = 0.0f;
      Step(optimizer, scalars, 1, &g, &w, {s, s + 1, s + 2});
      Step(optimizer, scalars, 1, &none, &w, {still, still + 1, still + 2});
      EXPECT_EQ(s[which] == still[which], g < kTiny) << info.name;
    }
  }
  EXPECT_GT(gatherers, 0u);
}

TEST(TinyTest, AWeightThatIsShrunkEndsAtZeroAndIsNeverSubnormal) {
  for (const OptimizerInfo& info : Optimizers()) {
    const bool apart = info.reads.weight_decay;
    if (!apart && info.name != "sgd") continue;  // elsewhere a decay is no factor a step
    float w = 1.0f, s[kMaxStates] = {};
    StepScalars scalars = {
        .rate = 1.0f, .weight_decay = apart ? 0.1f : 0.0f, .l2 = apart ? 0.0f : 0.1f};
    for (std::size_t step = 1; step <= 2000; ++step) {
      const float g = 0.0f;
      scalars.CountSteps(step);
      Step(Optimizer::Named(info.name), scalars, 1, &g, &w, {s, s + 1, s + 2});
      ASSERT_FALSE(Subnormal(w)) << info.name << ", step " << step;
    }
    EXPECT_EQ(w, 0.0f) << info.name;
  }
  // Its fellow grows, and it is scaled down with it.
  Network network(std::vector<std::size_t>{2, 1, 1}, Activation::Named("relu"),
                  Activation::Named("identity"));
  Matrix& weights = network.layers()[0].weights;
  weights(1, 0) = 1.0f;
  for (int step = 0; step < 2000; ++step) {
    weights(0, 0) = 2.0f;
    LimitNorms(network, 1.0f);
    ASSERT_FALSE(Subnormal(weights(1, 0))) << "max-norm, step " << step;
  }
  EXPECT_EQ(weights(1, 0), 0.0f);
}

}  // namespace
}  // namespace lanegrad
