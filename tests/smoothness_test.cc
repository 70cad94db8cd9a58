// SPDX-License-Identifier: Apache-2.0
#include "experiments/explanations/smoothness.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "kernels/random.h"

namespace lanegrad {
namespace {

constexpr std::size_t kSide = 28;

template <class Value>
double OfPicture(const Value& value) {
  std::vector<double> picture;
  for (std::size_t row = 0; row < kSide; ++row) {
    for (std::size_t column = 0; column < kSide; ++column) picture.push_back(value(row, column));
  }
  return NeighbourCorrelation(picture, kSide);
}

TEST(NeighbourCorrelation, OfNoiseIsAboutZero) {
  RandomStream random(3, Stream::kData);
  EXPECT_NEAR(OfPicture([&](auto, auto) { return double(random.Normal()); }), 0.0, 0.1);
}

TEST(NeighbourCorrelation, OfASlopeIsNearOne) {
  EXPECT_GT(OfPicture([](auto row, auto column) { return double(row + 2 * column); }), 0.9);
}

TEST(NeighbourCorrelation, OfAChessboardIsMinusOne) {
  EXPECT_NEAR(OfPicture([](auto row, auto column) { return (row + column) % 2 == 0 ? 1.0 : -1.0; }),
              -1.0, 1e-12);
}

TEST(NeighbourCorrelation, OfStripesTellsRowsFromColumns) {
  // Along the stripes neighbours are equal, across they are opposite: as many pairs of either.
  EXPECT_NEAR(OfPicture([](auto, auto column) { return column % 2 == 0 ? 1.0 : -1.0; }), 0.0,
              1e-12);
}

TEST(NeighbourCorrelation, OfAFlatPictureIsNotANumber) {
  EXPECT_TRUE(std::isnan(OfPicture([](auto, auto) { return 2.0; })));
}

}  // namespace
}  // namespace lanegrad
