// SPDX-License-Identifier: Apache-2.0
#include "experiments/explanations/prototype.h"

#include <gtest/gtest.h>

namespace lanegrad {
namespace {

constexpr float kWeights[] = {0.2f, -0.1f, 0.3f, 0.0f};

// One class, whose output is the sum of kWeights times the pixels.
Network Linear() {
  const std::vector<std::size_t> sizes = {4, 1};
  Network network(sizes, Activation::Named("relu"), Activation::Named("identity"));
  for (std::size_t i = 0; i < 4; ++i) network.layers()[0].weights(i, 0) = kWeights[i];
  return network;
}

const std::vector<float> kGrey(4, 0.5f);

TEST(Prototype, OfALinearNetworkIsWhiteWhereWeightsArePositiveAndBlackWhereTheyAreNot) {
  const Matrix x = Prototypes(Linear(), kGrey, 2, {.steps = 100, .rate = 0.1f});
  EXPECT_EQ(x(0, 0), 1.0f);
  EXPECT_EQ(x(0, 1), 0.0f);
  EXPECT_EQ(x(0, 2), 1.0f);
  EXPECT_EQ(x(0, 3), 0.5f);
}

TEST(Prototype, WithAPenaltyStopsWhereTheGradientIsWorthNoMore) {
  const Matrix x = Prototypes(Linear(), kGrey, 2, {.steps = 300, .rate = 0.1f, .penalty = 2.0f});
  // The maximum of w x - p (x - s)^2 / 2 is at s + w / p.
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(x(0, i), 0.5f + kWeights[i] / 2.0f, 1e-5);
}

TEST(Prototype, IsSmootherWithBlurs) {
  const auto roughness = [](const Matrix& x) {
    return std::abs(x(0, 0) - x(0, 1)) + std::abs(x(0, 2) - x(0, 3));
  };
  const Ascent plain = {.steps = 20, .rate = 0.1f};
  Ascent blurred = plain;
  blurred.blur = 2;
  const Matrix smooth = Prototypes(Linear(), kGrey, 2, blurred);
  EXPECT_LT(roughness(smooth), 0.8f * roughness(Prototypes(Linear(), kGrey, 2, plain)));
  EXPECT_GT(roughness(smooth), 0.0f);
}

TEST(Prototype, OfNoWeightsStaysWhereItBegan) {
  const std::vector<std::size_t> sizes = {4, 2};
  const Network nothing(sizes, Activation::Named("relu"), Activation::Named("identity"));
  const Matrix x = Prototypes(nothing, kGrey, 2, {.steps = 10, .rate = 0.1f, .blur = 1});
  for (std::size_t c = 0; c < 2; ++c) {
    for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(x(c, i), 0.5f);
  }
}

}  // namespace
}  // namespace lanegrad
