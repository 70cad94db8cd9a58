// SPDX-License-Identifier: Apache-2.0
// What is random has a seed of its own where one is given, and which samples are used is stated.
#include <gtest/gtest.h>

#include <algorithm>

#include "network/hash.h"
#include "network/resolved_settings.h"
#include "network/split.h"
#include "tests/small_images.h"

namespace lanegrad {
namespace {

// The bits of all weights after a training, or before it.
std::string WeightsOf(const Settings& settings, const Dataset& data) {
  Network network(Resolve(settings, data).settings.layers, Activation::Named("identity"),
                  Activation::Named("identity"));
  Train(settings, data, {}, &network);
  Hasher hasher;
  network.AddTo(hasher);
  return hasher.Hex();
}

Settings Noisy() {
  Settings settings = SmallSettings();
  settings.epochs = 1;
  settings.dropout = 0.2f;
  return settings;
}

TEST(SeedsTest, ASeedOfItsOwnThatIsTheSeedChangesNothingAndAnotherChangesTheWeights) {
  const Dataset data = SmallImages();
  const std::string weights = WeightsOf(Noisy(), data);
  for (const char* name : {"weight-seed", "order-seed", "noise-seed"}) {
    Settings same = Noisy(), other = Noisy();
    FieldNamed(name).set(same, "1");
    FieldNamed(name).set(other, "2");
    EXPECT_EQ(WeightsOf(same, data), weights) << name;
    EXPECT_NE(WeightsOf(other, data), weights) << name;
  }
  Settings split = Noisy();
  split.split_seed = 2;
  EXPECT_NE(WeightsOf(split, data), weights);
}

TEST(SeedsTest, WithEverySeedFixedTheSeedItselfChangesNothing) {
  const Dataset data = SmallImages();
  Settings settings = Noisy();
  settings.weight_seed = 3;
  settings.order_seed = 4;
  settings.noise_seed = 5;
  Settings other = settings;
  other.seed = 99;
  EXPECT_EQ(WeightsOf(settings, data), WeightsOf(other, data));
  other.split_seed.reset();  // follows the seed
  EXPECT_NE(WeightsOf(settings, data), WeightsOf(other, data));
}

TEST(SeedsTest, TheSplitIsTheSameForAllSeedsUnlessItFollowsThem) {
  const Dataset data = SmallImages();
  Settings settings = Resolve(SmallSettings(), data).settings;
  const Split first = SplitSamples(settings, data);
  settings.seed = 7;
  EXPECT_EQ(SplitSamples(settings, data).validation, first.validation);
  settings.split_seed.reset();
  const Split followed = SplitSamples(settings, data);
  EXPECT_NE(followed.validation, first.validation);
  std::vector<std::uint32_t> both = followed.validation;
  both.insert(both.end(), followed.train.begin(), followed.train.end());
  std::sort(both.begin(), both.end());
  EXPECT_EQ(std::adjacent_find(both.begin(), both.end()), both.end()) << "none is in both";
}

TEST(SeedsTest, TheFirstSamplesAreForTrainingAndTheLastAreHeldOut) {
  const Dataset data = SmallImages();
  Settings settings = SmallSettings();
  settings.split = "first";
  settings.samples = 200;
  settings = Resolve(settings, data).settings;
  const Split split = SplitSamples(settings, data);
  EXPECT_EQ(split.train.front(), 0u);
  EXPECT_EQ(split.train.back(), 199u);
  EXPECT_EQ(split.train.size(), 200u);
  EXPECT_EQ(split.validation.front(), 600u);
  EXPECT_EQ(split.validation.back(), 699u);
}

TEST(SeedsTest, BiasesAreZeroUnlessAskedForAndThenHaveAStreamOfTheirOwn) {
  const Dataset data = SmallImages();
  Settings settings = SmallSettings();
  const std::string zero = WeightsOf(settings, data);
  settings.bias_initializer = "fan_in_uniform";
  EXPECT_NE(WeightsOf(settings, data), zero);
  settings.bias_initializer = "orthogonal";
  EXPECT_THROW(Resolve(settings, data), UsageError);
}

}  // namespace
}  // namespace lanegrad
