// SPDX-License-Identifier: Apache-2.0
// The network of chapter 4.3, against differences, weights made by hand, and what can be proved.
#include "experiments/xor/xor_network.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "kernels/elementary.h"

namespace lanegrad {
namespace {

XorNetwork Rectifiers() {
  XorNetwork network = MakeXorNetwork(2, Activation::Named("relu"), XorStart::kGlorot, 1);
  network.w1 = {-2, 2, 2, -2};
  network.w2 = {3, 3};
  network.b2 = -2;
  return network;
}

double Loss(const XorNetwork& network, XorLoss loss) {
  const XorPass pass = Forward(network);
  if (loss == XorLoss::kMeanSquaredError) return XorError(pass.a2);
  double sum = 0.0;
  for (std::size_t s = 0; s < kXorRows; ++s) {
    const double a = pass.a2[s], y = kXorTargets[s];
    sum -= y * Logarithm(a) + (1.0 - y) * Logarithm(1.0 - a);
  }
  return sum / kXorRows;
}

TEST(XorNetwork, TwoRectifiersWithWholeNumbersAnswerAllFourRows) {
  const XorPass pass = Forward(Rectifiers());
  const float expected[] = {-2, 4, 4, -2};
  for (std::size_t s = 0; s < kXorRows; ++s) {
    EXPECT_EQ(pass.z2[s], expected[s]);
    EXPECT_EQ(pass.a2[s] > 0.5f, kXorTargets[s] == 1.0f);
  }
  EXPECT_TRUE(Learned(pass.a2, 0.15f));
  EXPECT_FALSE(Learned(pass.a2, 0.1f));
}

TEST(XorNetwork, TheGradientAgreesWithDifferencesForSmoothActivationsAndBothLosses) {
  for (const char* name : {"sigmoid", "tanh", "softplus", "gaussian"}) {
    for (const XorLoss loss : {XorLoss::kMeanSquaredError, XorLoss::kCrossEntropy}) {
      for (const std::uint64_t seed : {1, 2, 3}) {
        XorNetwork network = MakeXorNetwork(3, Activation::Named(name), XorStart::kGlorot, seed);
        network.b1 = {0.3f, -0.2f, 0.1f};
        network.b2 = -0.4f;
        const XorNetwork gradient = Gradient(network, Forward(network), loss);
        const auto check = [&](float& weight, float slope) {
          constexpr float kStep = 0.01f;
          const float saved = weight;
          weight = saved + kStep;
          const double above = Loss(network, loss), high = weight;
          weight = saved - kStep;
          const double below = Loss(network, loss), low = weight;
          weight = saved;
          EXPECT_NEAR(slope, (above - below) / (high - low), 1e-4) << name << " " << seed;
        };
        for (std::size_t k = 0; k < 6; ++k) check(network.w1[k], gradient.w1[k]);
        for (std::size_t j = 0; j < 3; ++j) check(network.b1[j], gradient.b1[j]);
        for (std::size_t j = 0; j < 3; ++j) check(network.w2[j], gradient.w2[j]);
        check(network.b2, gradient.b2);
      }
    }
  }
}

TEST(XorNetwork, EveryActivationBeginsFromTheSameWeights) {
  const XorNetwork a = MakeXorNetwork(4, Activation::Named("tanh"), XorStart::kGlorot, 7);
  const XorNetwork b = MakeXorNetwork(4, Activation::Named("relu"), XorStart::kGlorot, 7);
  EXPECT_EQ(a.w1, b.w1);
  EXPECT_EQ(a.w2, b.w2);
  EXPECT_NE(a.w1, MakeXorNetwork(4, Activation::Named("tanh"), XorStart::kGlorot, 8).w1);
  for (std::size_t k = 0; k < 8; ++k) EXPECT_LE(std::fabs(a.w1[k]), 1.0f);  // sqrt(6 / (2 + 4))
  const XorNetwork uniform = MakeXorNetwork(4, Activation::Named("tanh"), XorStart::kUniform, 7);
  for (std::size_t k = 0; k < 8; ++k) {
    EXPECT_GE(uniform.w1[k], 0.0f);
    EXPECT_LT(uniform.w1[k], 1.0f);
  }
}

TEST(XorNetwork, StopsAtTheFirstStepWhoseAnswersAreRight) {
  XorNetwork network = MakeXorNetwork(4, Activation::Named("tanh"), XorStart::kGlorot, 1);
  XorNetwork shorter = network;
  const XorEnd end = Train(network, XorLoss::kMeanSquaredError, 3.0f, 4000);
  ASSERT_TRUE(end.learned);
  ASSERT_GT(end.steps, 1u);
  EXPECT_TRUE(Learned(Forward(network).a2));
  EXPECT_FALSE(Train(shorter, XorLoss::kMeanSquaredError, 3.0f, end.steps - 1).learned);
  EXPECT_TRUE(Train(shorter, XorLoss::kMeanSquaredError, 3.0f, 1).learned);
  EXPECT_EQ(shorter.w1, network.w1);
}

TEST(XorNetwork, WithoutBiasesTanhAndReluAnswerOneHalfToNoughtAndNoughtForEver) {
  for (const char* name : {"tanh", "relu"}) {
    XorNetwork network = MakeXorNetwork(4, Activation::Named(name), XorStart::kArticle, 3);
    const XorEnd end = Train(network, XorLoss::kMeanSquaredError, 1.0f, 500);
    EXPECT_FALSE(end.learned);
    EXPECT_EQ(end.answers[0], 0.5f);
    EXPECT_EQ(network.b2, 0.0f);
    EXPECT_EQ(network.b1, (std::array<float, kXorMaxWidth>{}));
  }
}

TEST(XorNetwork, AUnitWithTwoNegativeWeightsAndNoBiasIsDeadFromTheStart) {
  XorNetwork network = Rectifiers();
  network.w1 = {-2, -1, 2, -1};  // to the second unit -1 and -1
  const std::array<float, 2 * kXorMaxWidth> before = network.w1;
  const XorEnd end = Train(network, XorLoss::kMeanSquaredError, 0.1f, 10);
  EXPECT_EQ(end.dead, 1u);
  EXPECT_EQ(network.w1[1], before[1]);
  EXPECT_EQ(network.w1[3], before[3]);
  EXPECT_NE(network.w1[2], before[2]);
}

TEST(XorNetwork, EndingsAreToldByTheMeanOfWhatIsNotToldApart) {
  EXPECT_EQ(EndingOf({0.5f, 0.5f, 0.5f, 0.5f}), XorEnding::kHalves);
  EXPECT_EQ(EndingOf({0.0f, 0.67f, 0.67f, 0.67f}), XorEnding::kTriple);
  EXPECT_EQ(EndingOf({0.33f, 1.0f, 0.33f, 0.33f}), XorEnding::kTriple);
  EXPECT_EQ(EndingOf({0.0f, 1.0f, 0.5f, 0.5f}), XorEnding::kPair);
  EXPECT_EQ(EndingOf({0.5f, 0.5f, 1.0f, 0.0f}), XorEnding::kPair);
  EXPECT_EQ(EndingOf({0.0f, 0.5f, 0.5f, 0.0f}), XorEnding::kOther);
  EXPECT_EQ(EndingOf({0.0f, NAN, 1.0f, 0.0f}), XorEnding::kOther);
  EXPECT_FALSE(Learned({0.0f, NAN, 1.0f, 0.0f}));
}

TEST(XorNetwork, RoundingKeepsSoManyDecimalsAndNoNegativeZero) {
  XorNetwork network = Rectifiers();
  network.w1[0] = -1.26f;
  network.b1[0] = -0.04f;
  EXPECT_EQ(Rounded(network, 1).w1[0], -1.3f);
  EXPECT_EQ(Rounded(network, 0).w1[0], -1.0f);
  EXPECT_EQ(Rounded(network, 1).b1[0], 0.0f);
  EXPECT_FALSE(std::signbit(Rounded(network, 1).b1[0]));
}

TEST(XorNetwork, RefusesWidthsThatItHasNoRoomFor) {
  EXPECT_THROW(MakeXorNetwork(0, Activation::Named("tanh"), XorStart::kGlorot, 1),
               std::invalid_argument);
  EXPECT_THROW(MakeXorNetwork(17, Activation::Named("tanh"), XorStart::kGlorot, 1),
               std::invalid_argument);
}

}  // namespace
}  // namespace lanegrad
