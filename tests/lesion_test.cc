// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/lesion.h"

#include <gtest/gtest.h>

namespace lanegrad {
namespace {

Network Drawn() {
  const std::size_t sizes[] = {10, 20, 15, 3};
  Network network(sizes, Activation::Named("relu"), Activation::Named("identity"));
  network.Initialize(Initializer::Named("he_normal"), 1);
  return network;
}

std::size_t Zeros(const Network& network, std::size_t l) {
  const Layer& layer = network.layers()[l];
  std::size_t zeros = 0;
  for (std::size_t i = 0; i < layer.in(); ++i) {
    for (std::size_t j = 0; j < layer.out(); ++j) zeros += layer.weights(i, j) == 0.0f;
  }
  return zeros;
}

TEST(Lesion, OfUnitsSilencesTheShareOfEveryHiddenLayer) {
  const Network lesioned = WithLesion(Drawn(), LesionKind::kUnits, 0.2, 7);
  EXPECT_EQ(Zeros(lesioned, 0), 0u);
  EXPECT_EQ(Zeros(lesioned, 1), 4u * 15u);
  EXPECT_EQ(Zeros(lesioned, 2), 3u * 3u);
}

TEST(Lesion, OfWeightsRemovesTheShareOfEveryLayer) {
  const Network lesioned = WithLesion(Drawn(), LesionKind::kWeights, 0.5, 7);
  EXPECT_EQ(Zeros(lesioned, 0), 100u);
  EXPECT_EQ(Zeros(lesioned, 1), 150u);
  EXPECT_EQ(Zeros(lesioned, 2), 23u);  // 22.5, rounded
}

TEST(Lesion, ThatIsLargerContainsEverySmallerOne) {
  const Network small = WithLesion(Drawn(), LesionKind::kWeights, 0.3, 7);
  const Network large = WithLesion(Drawn(), LesionKind::kWeights, 0.6, 7);
  for (std::size_t i = 0; i < 10; ++i) {
    for (std::size_t j = 0; j < 20; ++j) {
      if (small.layers()[0].weights(i, j) == 0.0f) {
        EXPECT_EQ(large.layers()[0].weights(i, j), 0.0f);
      }
    }
  }
}

TEST(Lesion, OfNothingChangesNothingAndOfAllLeavesNothing) {
  const Network whole = Drawn();
  const Network same = WithLesion(whole, LesionKind::kUnits, 0.0, 7);
  EXPECT_EQ(same.layers()[1].weights(3, 4), whole.layers()[1].weights(3, 4));
  EXPECT_EQ(Zeros(WithLesion(whole, LesionKind::kUnits, 1.0, 7), 2), 45u);
}

}  // namespace
}  // namespace lanegrad
