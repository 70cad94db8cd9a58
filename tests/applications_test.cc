// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "experiments/applications/alterations.h"
#include "experiments/applications/classifier.h"
#include "experiments/vowels/vowel_data.h"

namespace lanegrad {
namespace {

// Two pictures of 4 x 3: rising bytes.
Samples Pictures() {
  Samples samples = {.count = 2, .features = 12, .bytes = {}, .values = {}, .labels = {0, 1}};
  for (std::uint8_t i = 0; i < 24; ++i) samples.bytes.push_back(static_cast<std::uint8_t>(10 * i));
  return samples;
}

TEST(Alterations, InvertingAndMirroringTwiceChangesNothing) {
  const Samples samples = Pictures();
  for (const char* name : {"invert", "mirror"}) {
    const Samples once = Altered(samples, 4, 3, name, 1);
    EXPECT_NE(once.bytes, samples.bytes);
    EXPECT_EQ(Altered(once, 4, 3, name, 1).bytes, samples.bytes);
    EXPECT_EQ(once.labels, samples.labels);
  }
  EXPECT_EQ(Altered(samples, 4, 3, "invert", 1).bytes[1], 245);
  EXPECT_EQ(Altered(samples, 4, 3, "mirror", 1).bytes[0], 30);
  EXPECT_EQ(Altered(samples, 4, 3, "clean", 1).bytes, samples.bytes);
}

TEST(Alterations, NoiseHasTheDeviationOfItsName) {
  Samples grey = {.count = 1, .features = 10000, .bytes = {}, .values = {}, .labels = {0}};
  grey.bytes.assign(10000, 128);
  const Samples noisy = Altered(grey, 100, 100, "noise_25", 1);
  double squares = 0.0;
  for (const std::uint8_t byte : noisy.bytes) squares += (byte - 128.0) * (byte - 128.0);
  EXPECT_NEAR(std::sqrt(squares / 10000.0), 25.0, 1.0);
}

TEST(Alterations, MovesBringInBlack) {
  Samples white = {.count = 20, .features = 16, .bytes = {}, .values = {}, .labels = {}};
  white.bytes.assign(320, 255);
  white.labels.assign(20, 0);
  const Samples moved = Altered(white, 4, 4, "shift_1", 1);
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_EQ(std::count(moved.bytes.begin() + static_cast<std::ptrdiff_t>(16 * i),
                         moved.bytes.begin() + static_cast<std::ptrdiff_t>(16 * (i + 1)), 0),
              4);
  }
}

TEST(Alterations, WhatIsNoneIsRefused) {
  EXPECT_THROW(Altered(Pictures(), 4, 3, "melt", 1), std::invalid_argument);
  EXPECT_THROW(Altered(Pictures(), 5, 3, "mirror", 1), DataError);
}

TEST(Classifier, EveryModelLearnsVowelsOfItsOwnSpeakers) {
  Dataset data;
  data.name = "vowels";
  data.classes = kVowels;
  data.train = Record({.voices = {Voice::kMan}, .speakers = 6, .times = 2}, 1);
  SetChecksum(data);
  for (const std::string_view model : kModels) {
    LearningRecipe recipe;
    recipe.model = model;
    recipe.hidden = 16;
    recipe.epochs = 30;
    recipe.scale = "standard";
    const float trial = model == "neighbours" ? 1.0f : 0.1f;
    const Classifier classifier(recipe, data, 0, trial, 1);
    const Confusion found = classifier.Ask(data.train);
    EXPECT_GT(AccuracyOf(found), 0.9) << model;
    EXPECT_EQ(found.OfClass(3), 12u) << model;
    EXPECT_EQ(classifier.network() == nullptr, model == "neighbours");
  }
}

TEST(Classifier, IsSureOfWhatIsPlainAndTornWhereTwoClassesMeet) {
  // Two classes of one input; halfway between them nothing speaks for either.
  Dataset data;
  data.name = "two";
  data.classes = 2;
  data.train = {
      .count = 4, .features = 1, .bytes = {0, 20, 235, 255}, .values = {}, .labels = {0, 0, 1, 1}};
  SetChecksum(data);
  LearningRecipe recipe;
  recipe.model = "linear";
  recipe.epochs = 200;
  recipe.scale = "standard";
  const Classifier classifier(recipe, data, 0, 1.0f, 1);
  const Samples asked = {
      .count = 3, .features = 1, .bytes = {0, 127, 255}, .values = {}, .labels = {0, 0, 0}};
  const std::vector<double> sure = classifier.Certainties(asked);
  ASSERT_EQ(sure.size(), 3u);
  EXPECT_GT(sure[0], 0.95);
  EXPECT_LT(sure[1], 0.7);
  EXPECT_GE(sure[1], 0.5);  // of two classes the larger probability is no smaller
  EXPECT_GT(sure[2], 0.95);
}

TEST(Classifier, HeldOutSamplesAreNotLearnedFrom) {
  // Two samples that say opposite things of the same input: the one held out counts for nothing.
  Dataset data;
  data.name = "two";
  data.classes = 2;
  data.train = {
      .count = 2, .features = 2, .bytes = {0, 255, 0, 255}, .values = {}, .labels = {0, 1}};
  SetChecksum(data);
  for (const std::string_view model : kModels) {
    LearningRecipe recipe;
    recipe.model = model;
    recipe.epochs = 50;
    const Classifier classifier(recipe, data, 1, 1.0f, 1);
    const Confusion found = classifier.Ask(data.train);
    EXPECT_EQ(found.Count(0, 0), 1u) << model;
    EXPECT_EQ(found.Count(1, 0), 1u) << model;
  }
}

}  // namespace
}  // namespace lanegrad
