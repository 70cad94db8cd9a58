// SPDX-License-Identifier: Apache-2.0
#include "kernels/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace lanegrad {
namespace {

using Words = std::array<std::uint32_t, 4>;

TEST(RandomTest, PhiloxGivesTheKnownAnswersOfRandom123) {
  // kat_vectors of Random123 1.14, lines "philox4x32 10".
  EXPECT_EQ(Philox({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(Philox({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(Philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(RandomTest, AWordIsAFunctionOfSeedStreamSubstreamAndPlace) {
  RandomStream stream(0x0123456789abcdef, Stream::kNoise, 0xfedcba9876543210);
  for (std::uint32_t i = 0; i < 12; ++i) {
    const Words block = Philox({i / 4, 0x76543210, 0xfedcba98, 5}, {0x89abcdef, 0x01234567});
    EXPECT_EQ(stream.Word(), block[i % 4]);
  }
}

TEST(RandomTest, NeighbouringStreamsAreUncorrelated) {
  const auto correlation = [](RandomStream one, RandomStream two) {
    double sum = 0.0;
    for (int i = 0; i < 100000; ++i) sum += (one.Uniform() - 0.5) * (two.Uniform() - 0.5);
    return sum / 100000 * 12.0;
  };
  // Standard error 1 / sqrt(100000) = 0.0032.
  EXPECT_NEAR(correlation({1, Stream::kWeights}, {2, Stream::kWeights}), 0.0, 0.016);
  EXPECT_NEAR(correlation({1, Stream::kWeights}, {1, Stream::kShuffle}), 0.0, 0.016);
  EXPECT_NEAR(correlation({1, Stream::kWeights, 0}, {1, Stream::kWeights, 1}), 0.0, 0.016);
}

TEST(RandomTest, UniformFillsTheIntervalEvenly) {
  RandomStream random(3, Stream::kData);
  constexpr int kDraws = 200000, kBins = 50;
  std::vector<int> bins(kBins);
  for (int i = 0; i < kDraws; ++i) {
    const float u = random.Uniform();
    ASSERT_GE(u, 0.0f);
    ASSERT_LT(u, 1.0f);
    ++bins[static_cast<std::size_t>(u * kBins)];
  }
  double chi_square = 0.0;
  for (const int count : bins) chi_square += std::pow(count - kDraws / kBins, 2) * kBins / kDraws;
  EXPECT_LT(chi_square, 94.0) << "49 degrees of freedom: above 94 once in 10,000";
}

TEST(RandomTest, BelowIsEvenAndStaysBelow) {
  RandomStream random(4, Stream::kData);
  std::vector<int> counts(7);
  for (int i = 0; i < 70000; ++i) ++counts[random.Below(7)];
  for (const int count : counts) EXPECT_NEAR(count, 10000, 5 * std::sqrt(70000.0 * 6 / 49));
  EXPECT_EQ(random.Below(1), 0u);
}

TEST(RandomTest, NormalHasTheMomentsAndTailsOfANormal) {
  RandomStream random(5, Stream::kData);
  constexpr int kDraws = 200000;
  double sum = 0.0, squares = 0.0, fourths = 0.0;
  int beyond_two = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double x = random.Normal();
    sum += x;
    squares += x * x;
    fourths += x * x * x * x;
    beyond_two += std::fabs(x) > 2.0;
  }
  EXPECT_NEAR(sum / kDraws, 0.0, 5 / std::sqrt(kDraws));
  EXPECT_NEAR(squares / kDraws, 1.0, 5 * std::sqrt(2.0 / kDraws));
  EXPECT_NEAR(fourths / kDraws, 3.0, 5 * std::sqrt(96.0 / kDraws));
  EXPECT_NEAR(beyond_two / static_cast<double>(kDraws), 0.0455, 0.0024);
}

TEST(RandomTest, ThePolarMethodIsWithinAnUlpOfTheLibrarys) {
  RandomStream ours(6, Stream::kData), words(6, Stream::kData);
  for (int i = 0; i < 2000; ++i) {
    double x, y, square;
    do {
      x = static_cast<double>(words.Word() >> 1) * 0x1p-30 - 1.0;
      y = static_cast<double>(words.Word() >> 1) * 0x1p-30 - 1.0;
      square = x * x + y * y;
    } while (square >= 1.0 || square == 0.0);
    const double expected = x * std::sqrt(-2.0 * std::log(square) / square);
    EXPECT_NEAR(ours.Normal(), expected, std::fabs(expected) * 0x1p-24 + 1e-300);
  }
}

TEST(RandomTest, APermutationHoldsEveryNumberOnce) {
  for (const std::size_t n : {0u, 1u, 2u, 17u, 1000u}) {
    std::vector<std::uint32_t> order(n), sorted(n);
    Permutation(RandomStream(1, Stream::kShuffle), order.data(), n);
    std::iota(sorted.begin(), sorted.end(), 0u);
    EXPECT_TRUE(std::is_permutation(order.begin(), order.end(), sorted.begin()));
  }
}

TEST(RandomTest, EveryOrderOfThreeIsAsLikely) {
  std::array<int, 27> counts = {};
  for (std::uint64_t i = 0; i < 6000; ++i) {
    std::uint32_t order[3];
    Permutation(RandomStream(1, Stream::kShuffle, i), order, 3);
    ++counts[order[0] * 9 + order[1] * 3 + order[2]];
  }
  int orders = 0;
  for (const int count : counts) {
    if (count == 0) continue;
    ++orders;
    EXPECT_NEAR(count, 1000, 5 * std::sqrt(1000.0 * 5 / 6));
  }
  EXPECT_EQ(orders, 6);
}

}  // namespace
}  // namespace lanegrad
