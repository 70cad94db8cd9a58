// SPDX-License-Identifier: Apache-2.0
#include "experiments/explanations/deletion.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace lanegrad {
namespace {

TEST(Deletion, OrdersPixelsByImportanceAndEqualOnesByPlace) {
  EXPECT_EQ(ByImportance({0.5, -1.0, 2.0, 0.5}), (std::vector<std::uint32_t>{2, 0, 3, 1}));
}

TEST(Deletion, ARandomOrderHasEveryPixelOnceAndDependsOnSeedAndPicture) {
  const auto order = RandomOrder(100, 7, 0);
  auto sorted = order;
  std::sort(sorted.begin(), sorted.end());
  for (std::uint32_t i = 0; i < 100; ++i) EXPECT_EQ(sorted[i], i);
  EXPECT_EQ(order, RandomOrder(100, 7, 0));
  EXPECT_NE(order, RandomOrder(100, 7, 1));
  EXPECT_NE(order, RandomOrder(100, 8, 0));
}

// Class 0 where the first pixel is brighter than the second.
TEST(Deletion, ADecisionFallsWithThePixelThatItRestsOn) {
  const std::vector<std::size_t> sizes = {4, 2};
  Network network(sizes, Activation::Named("relu"), Activation::Named("identity"));
  network.layers()[0].weights(0, 0) = 1.0f;
  network.layers()[0].weights(1, 1) = 1.0f;
  Pictures pictures = {
      .width = 2, .height = 2, .x = Matrix(1, 4), .reference = std::vector<float>(4, 0.0f)};
  pictures.x(0, 0) = 0.9f;
  pictures.x(0, 1) = 0.4f;
  const std::vector<std::uint8_t> decisions =
      DecisionsOf(OutputsOf(network, pictures.x.view()).view());
  ASSERT_EQ(decisions[0], 0);
  const std::vector<std::size_t> counts = {0, 1, 2};
  const std::vector<std::vector<std::uint32_t>> first = {{0, 1, 2, 3}}, last = {{3, 1, 2, 0}};
  EXPECT_EQ(DecisionsKept(network, pictures, decisions, first, counts),
            (std::vector<double>{1.0, 0.0, 1.0}));  // of two zeros the first
  EXPECT_EQ(DecisionsKept(network, pictures, decisions, last, counts),
            (std::vector<double>{1.0, 1.0, 1.0}));
}

TEST(Deletion, CountsTheImportantPixelsThatTwoMapsShare) {
  const PixelMap a = {5.0, 4.0, 3.0, 2.0, 1.0}, b = {4.0, 0.0, 5.0, 1.0, 3.0};
  EXPECT_EQ(SharedTop(a, b, 1), 0.0);
  EXPECT_EQ(SharedTop(a, b, 2), 0.5);
  EXPECT_EQ(SharedTop(a, a, 3), 1.0);
}

TEST(Likeness, LooksAtSizesAndNotAtSigns) {
  const PixelMap map = {1.0, -2.0, 3.0, -4.0};
  EXPECT_DOUBLE_EQ(Likeness(map, {-1.0, 2.0, 3.0, 4.0}), 1.0);
  EXPECT_DOUBLE_EQ(Likeness(map, {4.0, 3.0, 2.0, 1.0}), -1.0);
}

TEST(Likeness, OfAMapThatSaysNothingIsZero) {
  EXPECT_EQ(Likeness({1.0, 2.0, 3.0}, {1.0, -1.0, 1.0}), 0.0);
}

}  // namespace
}  // namespace lanegrad
