// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/contrastive_hebbian.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lanegrad {
namespace {

const std::vector<double> kX = {0.3, -1.0, 0.7, 0.2, 1.1};
const std::vector<double> kY = {0.5, -0.25};

TEST(SettlingNetwork, DescentAgreesWithADerivationByHandOfALinearNetwork) {
  // Without a hidden layer the descent is x (y - a), and contrast is the same at any gamma.
  const SettlingNetwork network({5, 2}, 1);
  EXPECT_LT(ChordBetween(network.Descent(kX, kY), network.Contrast(kX, kY, 0.7)), 1e-12);
}

TEST(ContrastiveHebbian, NearsTheGradientInProportionToTheFeedback) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const SettlingNetwork network({5, 8, 6, 2}, seed);
    const SettlingNetwork::Changes descent = network.Descent(kX, kY);
    const double coarse = ChordBetween(descent, network.Contrast(kX, kY, 1e-2));
    const double fine = ChordBetween(descent, network.Contrast(kX, kY, 1e-3));
    EXPECT_LT(fine, 0.01);
    EXPECT_NEAR(coarse / fine, 10.0, 1.0) << "of first order in gamma";
  }
}

TEST(ChordBetween, IsZeroOfTheSameDirectionAndTwoOfTheOpposite) {
  EXPECT_NEAR(ChordBetween({{1.0, 2.0}}, {{2.0, 4.0}}), 0.0, 1e-15);
  EXPECT_NEAR(ChordBetween({{1.0, 2.0}}, {{-1.0, -2.0}}), 2.0, 1e-15);
  EXPECT_NEAR(ChordBetween({{1.0}, {0.0}}, {{0.0}, {1.0}}), std::sqrt(2.0), 1e-15);
}

}  // namespace
}  // namespace lanegrad
