// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "experiments/forward_ladder/ladder.h"
#include "experiments/forward_ladder/pace.h"

namespace lanegrad {
namespace {

TEST(ForwardLadder, EveryRungHasTheBitsOfItsSpecificationOnAnyThreads) {
  for (const Rung& rung : Rungs()) {
    for (const std::size_t threads : {1, 2, 3}) {
      LayerProblem odd(7, 300, 37);  // neither blocks nor panels are full
      EXPECT_EQ(CheckRung(rung, odd, threads).differ, 0.0) << rung.name;
    }
  }
}

TEST(ForwardLadder, TheSpecificationsOfChainsAndBlocksAreNotTheSame) {
  LayerProblem problem(7, 784, 32);
  EXPECT_GT(CheckRung(Rungs()[1], problem, 1).differ_kernel, 0.0);
  EXPECT_EQ(CheckRung(Rungs().back(), problem, 1).differ_kernel, 0.0);
}

TEST(ForwardLadder, ASumOfOneTermIsTheProductAndTheBias) {
  LayerProblem one(1, 1, 1);
  const float z = one.x(0, 0) * one.w(0, 0) + one.bias[0];
  EXPECT_EQ(SpecifiedSum(one, 0, 0, {}), z);
  EXPECT_EQ(SpecifiedSum(one, 0, 0, {.block = 1, .fused = false}), z);
}

TEST(ForwardLadder, ColumnsNeedTheTranspose) {
  LayerProblem square(3, 40, 40);
  const ConventionCheck check = CheckConvention(square);
  EXPECT_EQ(check.differ_turned, 0.0);
  EXPECT_GT(check.differ_as_is, 100.0);
  EXPECT_GT(check.mean_change, 0.0);
  LayerProblem oblong(3, 40, 20);
  EXPECT_EQ(CheckConvention(oblong).differ_as_is, 0.0);
}

TEST(ForwardLadder, RoofIsTheSlowerOfComputingAndFetching) {
  // 100 x 50 weights: 20 kB and 800 B a sample; 10 kflop a sample.
  EXPECT_DOUBLE_EQ(LayerBytes(1, 100, 50), 20800.0);
  EXPECT_DOUBLE_EQ(RoofPace(1e9, 1e30, 8, 100, 50), 1e5);
  EXPECT_DOUBLE_EQ(RoofPace(1e30, 20800.0, 1, 100, 50), 1.0);
}

TEST(ForwardLadder, APairOfTheSameBodyCallsBothInEveryRound) {
  int first = 0, second = 0;
  const PairedPace pace = MeasurePaired(
      1.0, 0.0, [&] { ++first; }, [&] { ++second; });
  EXPECT_EQ(first, kPaceRounds + 1);
  EXPECT_EQ(second, kPaceRounds + 1);
  EXPECT_LE(pace.gain.low, pace.gain.median);
  EXPECT_LE(pace.gain.median, pace.gain.high);
}

}  // namespace
}  // namespace lanegrad
