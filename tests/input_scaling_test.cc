// SPDX-License-Identifier: Apache-2.0
// Inputs are scaled as asked, by the training samples alone.
#include "network/input_scaling.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "network/resolved_settings.h"
#include "network/split.h"
#include "network/trainer.h"
#include "tests/moons.h"
#include "tests/small_images.h"

namespace lanegrad {
namespace {

// The samples as a network sees them.
Matrix Seen(const Samples& samples, std::span<const std::uint32_t> chosen,
            const InputScaling& scaling) {
  Matrix x(chosen.size(), samples.features), y(chosen.size(), 3);
  const Range rows = {0, chosen.size()};
  Gather(samples, chosen, rows, x.view(), y.view());
  scaling.Apply(rows, x.view());
  return x;
}

std::vector<std::uint32_t> FirstOnes(std::size_t count) {
  std::vector<std::uint32_t> chosen(count);
  std::iota(chosen.begin(), chosen.end(), 0u);
  return chosen;
}

TEST(InputScalingTest, BytesAreThemselvesToTheLastBit) {
  Samples all;
  all.count = 1;
  all.features = 256;
  for (int i = 0; i < 256; ++i) all.bytes.push_back(static_cast<std::uint8_t>(i));
  all.labels = {0};
  const std::vector<std::uint32_t> chosen = {0};
  const Matrix x = Seen(all, chosen, FitScaling("byte", all, chosen));
  for (std::size_t i = 0; i < 256; ++i) EXPECT_EQ(x(0, i), static_cast<float>(i));
}

TEST(InputScalingTest, StandardMeansMeanZeroAndDeviationOneOfTheSamplesItWasFittedTo) {
  const Dataset images = SmallImages();
  const Dataset& moons = Moons();
  for (const Samples* samples : {&images.train, &moons.train}) {
    const std::vector<std::uint32_t> chosen = FirstOnes(samples->count / 2);
    const Matrix x = Seen(*samples, chosen, FitScaling("standard", *samples, chosen));
    const double n = static_cast<double>(chosen.size());
    for (std::size_t j = 0; j < samples->features; ++j) {
      double sum = 0.0, squares = 0.0;
      for (std::size_t r = 0; r < chosen.size(); ++r) {
        sum += static_cast<double>(x(r, j));
        squares += static_cast<double>(x(r, j)) * static_cast<double>(x(r, j));
      }
      EXPECT_NEAR(sum / n, 0.0, 1e-6);
      EXPECT_NEAR(squares / n, 1.0, 1e-6);
    }
  }
}

TEST(InputScalingTest, WhatIsHeldOutChangesNothing) {
  Dataset images = SmallImages();
  const std::vector<std::uint32_t> chosen = FirstOnes(300);
  const InputScaling before = FitScaling("standard", images.train, chosen);
  std::fill(images.train.bytes.begin() + 300 * 40, images.train.bytes.end(), std::uint8_t{255});
  const InputScaling after = FitScaling("standard", images.train, chosen);
  EXPECT_EQ(before.shift, after.shift);
  EXPECT_EQ(before.factor, after.factor);
}

TEST(InputScalingTest, AFeatureThatNeverChangesKeepsItsSize) {
  Dataset images = SmallImages();
  for (std::size_t i = 0; i < images.train.count; ++i) images.train.bytes[i * 40 + 7] = 51;
  const std::vector<std::uint32_t> chosen = FirstOnes(100);
  const InputScaling scaling = FitScaling("standard", images.train, chosen);
  EXPECT_DOUBLE_EQ(scaling.shift[7], 0.2);
  EXPECT_EQ(scaling.factor[7], 1.0);
}

TEST(InputScalingTest, AMeanAndADeviationAreForAllFeatures) {
  const Dataset images = SmallImages();
  const std::vector<std::uint32_t> chosen = {3};
  const Matrix plain = Seen(images.train, chosen, {});
  const Matrix x = Seen(images.train, chosen, FitScaling("0.25/0.5", images.train, chosen));
  for (std::size_t j = 0; j < 40; ++j) EXPECT_FLOAT_EQ(x(0, j), 2.0f * (plain(0, j) - 0.25f));
}

TEST(InputScalingTest, AnImportedScaleIsThatOfTheFileAndNoOther) {
  Samples samples = {
      .count = 2, .features = 2, .bytes = {}, .values = {1, 2, 3, 4}, .labels = {0, 0}};
  samples.targets = {5, 9};
  const std::vector<std::uint32_t> chosen = {0, 1};
  InputScaling given;
  given.shift = {1.0, 2.0};
  given.factor = {3.0, 4.0};
  given.target_shift = 7.0;
  given.target_factor = 0.5;
  InputScaling taken = FitScaling(ImportedScale(given), samples, chosen, &given);
  EXPECT_EQ(taken.shift, given.shift);
  EXPECT_EQ(taken.factor, given.factor);
  FitTargetScaling(ImportedTargetScale(given), samples, chosen, taken, &given);
  EXPECT_EQ(taken.target_shift, 7.0);
  EXPECT_EQ(taken.target_factor, 0.5);
  InputScaling other = given;
  other.shift[0] = 1.5;
  EXPECT_THROW(FitScaling(ImportedScale(given), samples, chosen, &other), UsageError);
  EXPECT_THROW(FitScaling(ImportedScale(given), samples, chosen), UsageError);
  EXPECT_THROW(FitTargetScaling(ImportedTargetScale(given), samples, chosen, taken), UsageError);
  samples.features = 1;
  EXPECT_THROW(FitScaling(ImportedScale(given), samples, chosen, &given), UsageError);
}

TEST(InputScalingTest, WhatCannotBeReadIsRefusedWithWhatCould) {
  EXPECT_EQ(ReadScale("0.1307/0.3081"), "0.1307/0.3081");
  for (const char* text : {"", "standrad", "1", "1/0", "1/-2", "nan/1", "1/2/3"}) {
    EXPECT_THROW(ReadScale(text), UsageError) << text;
  }
  const std::vector<std::uint32_t> chosen = {0};
  EXPECT_THROW(FitScaling("byte", Moons().train, chosen), UsageError);
}

// A network whose first layer undoes the scaling answers as one without: so does the training see
// scaled inputs, and so do held-out and test samples.
TEST(InputScalingTest, HeldOutAndTestSamplesAreScaledAsTheTrainingSamplesAre) {
  Settings settings = SmallSettings();
  settings.scale = "byte";
  settings.epochs = 1;
  Dataset images = SmallImages();
  Network network(std::vector<std::size_t>{40, 3}, Activation::Named("relu"),
                  Activation::Named("identity"));
  const RunResult result = Train(settings, images, {}, &network);
  EXPECT_EQ(result.scaling.factor.front(), 255.0);
  // The same images with every byte as a number.
  Dataset numbers = images;
  for (Samples* samples : {&numbers.train, &numbers.test}) {
    samples->values.assign(samples->bytes.begin(), samples->bytes.end());
    samples->bytes.clear();
  }
  settings.scale = "unit";
  const RunResult same = Train(settings, numbers);
  EXPECT_EQ(result.epochs.back().train_loss, same.epochs.back().train_loss);
  EXPECT_EQ(result.epochs.back().validation_loss, same.epochs.back().validation_loss);
  EXPECT_EQ(result.test_loss, same.test_loss);
}

}  // namespace
}  // namespace lanegrad
