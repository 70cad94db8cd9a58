// SPDX-License-Identifier: Apache-2.0
#include "experiments/back_propagation/twin_training.h"

#include <gtest/gtest.h>

#include <vector>

#include "network/synthetic.h"

namespace lanegrad {
namespace {

TEST(Twins, WithRenumberedUnitsComputeTheSameFunction) {
  const std::size_t sizes[] = {2, 5, 4, 3};
  Network network(sizes, Activation::Named("tanh"), Activation::Named("identity"));
  network.Initialize(Initializer::Named("glorot_normal"), 2);
  const std::vector<UnitOrder> orders = {{3, 0, 4, 1, 2}, {2, 3, 1, 0}, {0, 1, 2}};
  const Network twin = Renumbered(network, orders);
  EXPECT_EQ(twin.layers()[0].weights(1, 0), network.layers()[0].weights(1, 3));
  EXPECT_EQ(twin.layers()[1].weights(2, 3), network.layers()[1].weights(4, 0));
  Matrix x(1, 2);
  x(0, 0) = 0.3f;
  x(0, 1) = -0.8f;
  Workspace one = network.MakeWorkspace(1), other = twin.MakeWorkspace(1);
  network.Forward(x.view(), 1, one);
  twin.Forward(x.view(), 1, other);
  for (std::size_t j = 0; j < 3; ++j) {
    EXPECT_NEAR(one.values.back()(0, j), other.values.back()(0, j), 1e-6);
  }
}

TEST(Twins, OfTheSameOrderNeverDifferInABitAndOthersDoByRounding) {
  const Dataset data = LoadData("moons", {.train = 200, .test = 50});
  const SumOrder orders[] = {SumOrder::kSame, SumOrder::kUnits, SumOrder::kSamples};
  const std::vector<TwinHistory> histories =
      TrainTwins({.sizes = {2, 8, 8, 2},
                  .activation = Activation::Named("tanh"),
                  .initializer = Initializer::Named("glorot_normal"),
                  .epochs = 3},
                 data, orders);
  for (const double distance : histories[0].distance) EXPECT_EQ(distance, 0.0);
  for (const std::size_t twin : {1u, 2u}) {
    EXPECT_GT(histories[twin].distance[0], 0.0);
    EXPECT_LT(histories[twin].distance[0], 1e-5);
  }
  EXPECT_EQ(histories[0].accuracy, histories[0].first_accuracy);
  EXPECT_GT(histories[0].accuracy, 0.8);
}

TEST(Twins, HorizonIsTheFirstEpochWithAnotherLabel) {
  const TwinHistory parted = {.differing = {0.0, 0.0, 3.0, 0.0}, .distance = {}};
  EXPECT_EQ(parted.Horizon(), 3u);
  const TwinHistory never = {.differing = {0.0, 0.0}, .distance = {}};
  EXPECT_EQ(never.Horizon(), 3u);
}

}  // namespace
}  // namespace lanegrad
