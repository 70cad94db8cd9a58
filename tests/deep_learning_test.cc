// SPDX-License-Identifier: Apache-2.0
#include "experiments/activations/deep_learning.h"

#include <gtest/gtest.h>

#include <cmath>

#include "kernels/activation_family.h"

namespace lanegrad {
namespace {

// Pictures of 4 x 4 pixels; the class is which half is bright.
Dataset Halves(std::size_t count) {
  Dataset data;
  data.name = "halves";
  data.classes = 2;
  data.width = data.height = 4;
  for (Samples* samples : {&data.train, &data.test}) {
    samples->count = count;
    samples->features = 16;
    for (std::size_t s = 0; s < count; ++s) {
      for (std::size_t i = 0; i < 16; ++i) {
        samples->bytes.push_back(
            static_cast<std::uint8_t>(((i < 8) == (s % 2 == 0) ? 200 : 20) + (7 * s + 3 * i) % 11));
      }
      samples->labels.push_back(static_cast<std::uint8_t>(s % 2));
    }
  }
  SetChecksum(data);
  return data;
}

DepthBudget SmallBudget() {
  return {.train = 64,
          .held_out = 32,
          .test = 96,
          .width = 8,
          .epochs = 4,
          .rates = {1e-6, 0.1},
          .tuning_seeds = 2,
          .final_seeds = 3,
          .depths = {2}};
}

TEST(HalvedImages, ArePixelsThatAreTheMeanOfFour) {
  const Dataset data = Halves(3), half = HalvedImages(data, 2, 3);
  EXPECT_EQ(half.train.count, 2u);
  EXPECT_EQ(half.test.count, 3u);
  ASSERT_EQ(half.train.features, 4u);
  const auto& bytes = data.train.bytes;
  EXPECT_EQ(half.train.values[0],
            static_cast<float>(bytes[0] + bytes[1] + bytes[4] + bytes[5]) / 1020.0f);
  EXPECT_EQ(half.train.values[3],
            static_cast<float>(bytes[10] + bytes[11] + bytes[14] + bytes[15]) / 1020.0f);
}

TEST(HalvedImages, RefusesWhatIsNoPicture) {
  Dataset data = Halves(2);
  data.width = 0;
  EXPECT_THROW(HalvedImages(data, 2, 2), DataError);
}

TEST(LearnDeep, ChoosesTheRateThatLearnsAndIsTheSameForAnyThreads) {
  const Dataset images = HalvedImages(Halves(96), 96, 96);
  const DeepResult one = LearnDeep({"tanh", 2}, SmallBudget(), images, 1);
  const DeepResult two = LearnDeep({"tanh", 2}, SmallBudget(), images, 2);
  EXPECT_EQ(one.best, 1u);
  ASSERT_EQ(one.accuracy.size(), 3u);
  for (const double accuracy : one.accuracy) EXPECT_GT(accuracy, 0.9);
  EXPECT_EQ(one.accuracy, two.accuracy);
  EXPECT_EQ(one.held_out, two.held_out);
}

TEST(WatchUnits, SeesHalfOfRelusOutputsSilentAndNoneOfTanhs) {
  const Dataset images = HalvedImages(Halves(96), 96, 96);
  DepthBudget budget = SmallBudget();
  budget.width = 64;
  const UnitHistory relu = WatchUnits({"relu", 2}, budget, images, 0.1, 1);
  ASSERT_EQ(relu.moments.size(), budget.epochs + 1);
  for (const double zeros : relu.moments[0].zeros) EXPECT_NEAR(zeros, 0.5, 0.2);
  EXPECT_GT(relu.moments[0].dead, 0.0);  // two kinds of pictures: some units are off for both
  const UnitHistory tanh = WatchUnits({"tanh", 2}, budget, images, 0.1, 1);
  for (const UnitCount& moment : tanh.moments) {
    EXPECT_EQ(moment.dead, 0.0);
    EXPECT_EQ(moment.zeros[0], 0.0);
  }
}

TEST(WatchUnits, OfATrainingThatDivergesKeepsWhatWasSeenBefore) {
  const Dataset images = HalvedImages(Halves(96), 96, 96);
  const UnitHistory history = WatchUnits({"identity", 8}, SmallBudget(), images, 1e30, 1);
  EXPECT_TRUE(history.diverged);
  ASSERT_GE(history.moments.size(), 1u);
  EXPECT_LT(history.moments.size(), SmallBudget().epochs + 1);
}

TEST(RatePlateau, IsCutWhereTheLineBetweenRatesFallsBelowTheDrop) {
  // 0.9 at the best; to either side 0.04 lower a decade on: a quarter of a decade each.
  const Plateau plateau = RatePlateau({0.01, 0.1, 1.0}, {0.86, 0.9, 0.86});
  EXPECT_NEAR(plateau.decades, 0.5, 1e-12);
  EXPECT_FALSE(plateau.open);
}

TEST(RatePlateau, IsOpenWhereTheRatesEndFirst) {
  const Plateau plateau = RatePlateau({0.01, 0.1, 1.0}, {0.9, 0.895, 0.5});
  EXPECT_TRUE(plateau.open);
  EXPECT_NEAR(plateau.decades, 1.0 + 0.005 / 0.395, 1e-12);
  EXPECT_NEAR(RatePlateau({0.1, 1.0}, {0.9, NAN}).decades, 0.01 / 0.9, 1e-12);
}

TEST(ActivationFamilies, CoverTheCatalogueInOrder) {
  std::size_t next = 0;
  for (const ActivationFamily& family : ActivationFamilies()) {
    EXPECT_EQ(family.first, next);
    EXPECT_GT(family.count, 0u);
    next += family.count;
  }
  EXPECT_EQ(next, Activations().size());
  EXPECT_EQ(ActivationFamilies()[1].members().front().name, "sigmoid");
  EXPECT_EQ(ActivationFamilies()[2].members().front().name, "relu");
}

}  // namespace
}  // namespace lanegrad
