// SPDX-License-Identifier: Apache-2.0
#include "experiments/explanations/attribution.h"

#include <gtest/gtest.h>

#include <cmath>

#include "kernels/random.h"

namespace lanegrad {
namespace {

// Four random pictures of 8 x 6 pixels, and a grey one to compare them with.
Pictures SomePictures() {
  Pictures pictures = {
      .width = 8, .height = 6, .x = Matrix(4, 48), .reference = std::vector<float>(48, 0.25f)};
  RandomStream random(5, Stream::kData);
  for (std::size_t p = 0; p < 4; ++p) {
    for (std::size_t i = 0; i < 48; ++i) pictures.x(p, i) = random.Uniform();
  }
  return pictures;
}

Network ReluNetwork(std::vector<std::size_t> sizes) {
  Network network(sizes, Activation::Named("relu"), Activation::Named("identity"));
  network.Initialize(Initializer::Named("he_uniform"), 3);
  network.InitializeBiases(Initializer::Named("fan_in_uniform"), 3);
  return network;
}

const std::vector<std::uint8_t> kClasses = {0, 1, 2, 1};

TEST(Attribution, GradientsAgreeWithCentralDifferencesInDouble) {
  const Network network = ReluNetwork({48, 20, 10, 3});
  EXPECT_LT(GradientError(network, SomePictures(), kClasses), 1e-5);
}

TEST(Attribution, CentralDifferencesWouldTellAnotherNetwork) {
  // The error is measured between a network and itself. Of a class that is not asked for it is
  // large.
  const Pictures pictures = SomePictures();
  const Network network = ReluNetwork({48, 20, 10, 3});
  Matrix of_one(4, 48), of_other(4, 48);
  InputGradients(network, pictures.x.view(), kClasses, of_one.view());
  InputGradients(network, pictures.x.view(), std::vector<std::uint8_t>{1, 2, 0, 0},
                 of_other.view());
  for (std::size_t p = 0; p < 4; ++p) {
    double difference = 0.0;
    for (std::size_t i = 0; i < 48; ++i) difference += std::fabs(of_one(p, i) - of_other(p, i));
    EXPECT_GT(difference, 1.0);
  }
}

TEST(Attribution, GradientsOfALinearNetworkAreItsWeights) {
  const Pictures pictures = SomePictures();
  const Network network = ReluNetwork({48, 3});
  Matrix gradients(4, 48);
  InputGradients(network, pictures.x.view(), kClasses, gradients.view());
  for (std::size_t p = 0; p < 4; ++p) {
    for (std::size_t i = 0; i < 48; ++i) {
      EXPECT_EQ(gradients(p, i), network.layers()[0].weights(i, kClasses[p]));
    }
  }
}

TEST(Attribution, OfALinearNetworkEveryWayIsAsGood) {
  const Pictures pictures = SomePictures();
  const Network network = ReluNetwork({48, 3});
  const auto times = Explain(MapKind::kTimesDifference, network, pictures, kClasses);
  const auto integrated = Explain(MapKind::kIntegrated, network, pictures, kClasses);
  for (std::size_t p = 0; p < 4; ++p) {
    for (std::size_t i = 0; i < 48; ++i) EXPECT_NEAR(times[p][i], integrated[p][i], 1e-6);
  }
  for (const double gap : CompletenessGaps(network, pictures, kClasses, times)) {
    EXPECT_LT(gap, 1e-5);
  }
}

TEST(Attribution, IntegratedGradientsAddUpToWhatTheOutputGains) {
  const Pictures pictures = SomePictures();
  const Network network = ReluNetwork({48, 20, 10, 3});
  const auto maps = Explain(MapKind::kIntegrated, network, pictures, kClasses);
  for (const double gap : CompletenessGaps(network, pictures, kClasses, maps)) EXPECT_LT(gap, 0.02);
  // One gradient does not.
  const auto plain = Explain(MapKind::kGradient, network, pictures, kClasses);
  for (const double gap : CompletenessGaps(network, pictures, kClasses, plain)) EXPECT_GT(gap, 0.1);
}

TEST(Attribution, OcclusionOfACornerIsWhatItsOnePatchIsWorth) {
  const Pictures pictures = SomePictures();
  const Network network = ReluNetwork({48, 3});
  const auto maps = Explain(MapKind::kOcclusion, network, pictures, kClasses);
  for (std::size_t p = 0; p < 4; ++p) {
    double worth = 0.0;
    for (std::size_t i = 0; i < 48; ++i) {
      if (i / 8 >= kPatch || i % 8 >= kPatch) continue;
      worth += double(network.layers()[0].weights(i, kClasses[p])) *
               (double(pictures.x(p, i)) - double(pictures.reference[i]));
    }
    EXPECT_NEAR(maps[p][0], worth, 1e-5);
  }
}

TEST(Attribution, ContrastNeedsNoNetwork) {
  const Pictures pictures = SomePictures();
  const auto a = Explain(MapKind::kContrast, ReluNetwork({48, 3}), pictures, kClasses);
  const auto b = Explain(MapKind::kContrast, ReluNetwork({48, 20, 3}), pictures, kClasses);
  EXPECT_EQ(a, b);
  EXPECT_NEAR(a[0][0], std::fabs(pictures.x(0, 0) - 0.25f), 1e-7);
}

TEST(Attribution, RefusesOutputsAfterSoftmaxOrAnActivation) {
  const std::vector<std::size_t> sizes = {48, 3};
  const Activation relu = Activation::Named("relu");
  const Pictures pictures = SomePictures();
  EXPECT_THROW(OutputsOf(Network(sizes, relu, Output::Named("softmax")), pictures.x.view()),
               std::invalid_argument);
  EXPECT_THROW(OutputsOf(Network(sizes, relu, Output::Named("sigmoid")), pictures.x.view()),
               std::invalid_argument);
}

TEST(Attribution, DecidesForTheFirstOfTheLargestOutputs) {
  Matrix outputs(2, 3);
  outputs(0, 1) = outputs(0, 2) = 1.0f;
  outputs(1, 0) = -1.0f;
  outputs(1, 1) = -2.0f;
  outputs(1, 2) = -0.5f;
  EXPECT_EQ(DecisionsOf(outputs.view()), (std::vector<std::uint8_t>{1, 2}));
}

}  // namespace
}  // namespace lanegrad
