// SPDX-License-Identifier: Apache-2.0
#include "experiments/losses/landscape.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "network/parameters.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

Network Drawn(std::uint64_t seed) {
  const std::size_t sizes[] = {2, 5, 2};
  Network network(sizes, Activation::Named("tanh"), Activation::Named("identity"));
  network.Initialize(Initializer::Named("glorot_uniform"), seed);
  return network;
}

TEST(Landscape, LinesBeginAndEndWithTheirNetworks) {
  const Dataset data = LoadData("moons", {.train = 60, .test = 10});
  std::vector<std::uint32_t> chosen(60);
  std::iota(chosen.begin(), chosen.end(), 0u);
  const LossOf loss = {Loss::Named("softmax_cross_entropy"), data.train, chosen};
  const Network a = Drawn(1), b = Drawn(2);
  const double places[] = {0.0, 0.5, 1.0};
  const std::vector<double> losses = LossesAlong(a, TakeNumbers(a, Numbers::kWeights),
                                                 TakeNumbers(b, Numbers::kWeights), places, loss);
  EXPECT_EQ(losses.front(), loss(a));
  EXPECT_EQ(losses.back(), loss(b));
  EXPECT_NE(losses[1], losses[0]);
}

TEST(Landscape, PlanesHaveTheNetworkInTheirMiddle) {
  const Dataset data = LoadData("moons", {.train = 60, .test = 10});
  std::vector<std::uint32_t> chosen(60);
  std::iota(chosen.begin(), chosen.end(), 0u);
  const LossOf loss = {Loss::Named("softmax_cross_entropy"), data.train, chosen};
  const Network network = Drawn(1);
  const double places[] = {-1.0, 0.0, 1.0};
  const std::vector<float> u = UnitWiseDirection(network, 1, 1),
                           v = UnitWiseDirection(network, 1, 2);
  const std::vector<double> plane = LossesOnPlane(network, u, v, places, loss);
  ASSERT_EQ(plane.size(), 9u);
  EXPECT_EQ(plane[4], loss(network));
  // The first row is v = 1, and its last column u = 1.
  std::vector<float> corner = TakeNumbers(network, Numbers::kWeights);
  for (std::size_t i = 0; i < corner.size(); ++i) {
    corner[i] = static_cast<float>(double(corner[i]) + double(u[i]) + double(v[i]));
  }
  Network moved = network;
  PutNumbers(moved, Numbers::kWeights, corner);
  EXPECT_EQ(plane[2], loss(moved));
}

TEST(Landscape, DirectionsAreAsLongAsEachUnit) {
  const Network network = Drawn(3);
  const std::vector<float> direction = UnitWiseDirection(network, 1, 1);
  ASSERT_EQ(direction.size(), CountNumbers(network, Numbers::kWeights));
  const Layer& first = network.layers()[0];
  for (std::size_t j = 0; j < first.out(); ++j) {
    double own = 0.0, drawn = 0.0;
    for (std::size_t i = 0; i < first.in(); ++i) {
      own += std::pow(first.weights(i, j), 2);
      drawn += std::pow(direction[i * first.out() + j], 2);
    }
    EXPECT_NEAR(drawn, own, 1e-6 * own);
    EXPECT_EQ(direction[first.in() * first.out() + j], 0.0f);
  }
}

TEST(Landscape, BarriersAndRisesAreThoseOfThePath) {
  EXPECT_DOUBLE_EQ(BarrierOf(std::vector{1.0, 3.0, 2.0}), 1.0);
  EXPECT_DOUBLE_EQ(BarrierOf(std::vector{3.0, 2.0, 1.0}), 0.0);
  EXPECT_DOUBLE_EQ(LargestRise(std::vector{3.0, 1.0, 1.5, 0.5}), 0.5);
  EXPECT_DOUBLE_EQ(LargestRise(std::vector{3.0, 2.0, 1.0}), 0.0);
}

}  // namespace
}  // namespace lanegrad
