// SPDX-License-Identifier: Apache-2.0
#include "experiments/back_propagation/signal_flow.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace lanegrad {
namespace {

TEST(MeanField, KnowsTheFactorsThatHaveAClosedForm) {
  const auto factor = [](const char* activation, const char* initializer) {
    const DeepNetwork deep = {Activation::Named(activation), Initializer::Named(initializer), 50,
                              3};
    return FactorPerLayer(MeanFieldSignal(deep)[0], 2);
  };
  EXPECT_NEAR(factor("identity", "lecun_normal"), 1.0, 1e-9);
  EXPECT_NEAR(factor("identity", "he_normal"), std::sqrt(2.0), 1e-9);
  EXPECT_NEAR(factor("relu", "he_normal"), 1.0, 2e-3);  // a point of 2001 lies on the kink
  EXPECT_TRUE(std::isnan(factor("tanh", "article_uniform")));
}

TEST(Signal, KeepsItsLengthThroughRotationsAndVanishesInNoise) {
  const DeepNetwork rotation = {Activation::Named("identity"), Initializer::Named("orthogonal"), 30,
                                6};
  for (const double share : MeasureSignal(rotation, 3, 8)) EXPECT_NEAR(share, 1.0, 1e-5);
  const DeepNetwork none = {Activation::Named("tanh"), Initializer::Named("constant"), 30, 6};
  const std::vector<double> shares = MeasureSignal(none, 3, 8);
  EXPECT_EQ(shares.front(), 0.0);
  EXPECT_EQ(shares.back(), 1.0);
}

TEST(Signal, IsWhatTheoryPredictsInAWideNetwork) {
  const DeepNetwork deep = {Activation::Named("sigmoid"), Initializer::Named("glorot_normal"), 200,
                            5};
  EXPECT_NEAR(MeasureSignal(deep, 1, 16)[0] / MeanFieldSignal(deep)[0], 1.0, 0.1);
}

TEST(Signal, FactorOfALayerIsTheRootOfAShare) {
  EXPECT_NEAR(FactorPerLayer(0.001, 3), 0.1, 1e-12);
  EXPECT_EQ(FactorPerLayer(0.0, 3), 0.0);
  EXPECT_TRUE(std::isinf(FactorPerLayer(INFINITY, 3)));
}

}  // namespace
}  // namespace lanegrad
