// SPDX-License-Identifier: Apache-2.0
#include "experiments/losses/cross_entropy_forms.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace lanegrad {
namespace {

TEST(WrittenCrossEntropy, IsTheFormulaBetweenZeroAndOne) {
  EXPECT_NEAR(WrittenCrossEntropy(0.25, 1.0), -std::log(0.25), 1e-12);
  EXPECT_NEAR(WrittenCrossEntropy(0.25, 0.3), -0.3 * std::log(0.25) - 0.7 * std::log(0.75), 1e-12);
}

TEST(WrittenCrossEntropy, IsInfiniteOrNoNumberAtTheEndsAndBeyond) {
  EXPECT_EQ(WrittenCrossEntropy(0.0, 1.0), std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(WrittenCrossEntropy(1.0, 1.0)));  // 0 times the logarithm of 0
  EXPECT_TRUE(std::isnan(WrittenCrossEntropy(-0.5, 1.0)));
}

TEST(FirstFailure, IsWhereTheSigmoidRoundsToOne) {
  const auto rest = [](int z) { return 1.0f - static_cast<float>(1.0 / (1.0 + std::exp(-z))); };
  const int in_float = static_cast<int>(FirstFailure(true));
  EXPECT_EQ(rest(in_float), 0.0f);
  EXPECT_GT(rest(in_float - 1), 0.0f);
  EXPECT_EQ(FirstFailure(false), 37.0);
  EXPECT_EQ(FirstFailure(true, 10), 0.0);
}

TEST(ShareComputable, IsLargestBehindASigmoid) {
  EXPECT_GT(ShareComputable("sigmoid"), 0.9);
  EXPECT_LT(ShareComputable("tanh"), 0.5);
  EXPECT_LT(ShareComputable("relu"), 0.1);
}

TEST(TwoCrossEntropies, AreOneForTwoClassesAndTwoForTen) {
  EXPECT_LT(CompareCrossEntropies(2, 200, 3).largest_difference, 1e-9);
  const TwoCrossEntropies ten = CompareCrossEntropies(10, 200, 3);
  EXPECT_GT(ten.binary, ten.softmax + 0.5);
}

TEST(KernelError, IsThatOfOneRounding) { EXPECT_LT(KernelErrorUpTo(), 1e-12); }

}  // namespace
}  // namespace lanegrad
