// SPDX-License-Identifier: Apache-2.0
//
// Each sample is in one fold, each class in all of them, and no run learns from its own fold.
#include "network/folds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "network/resolved_settings.h"
#include "network/split.h"
#include "network/trainer.h"
#include "tests/moons.h"

namespace lanegrad {
namespace {

Samples Labelled(std::size_t count) {
  Samples samples;
  samples.count = count;
  samples.features = 1;
  for (std::size_t i = 0; i < count; ++i) {
    samples.values.push_back(static_cast<float>(i));
    samples.labels.push_back(i % 7 < 2 ? 0 : i % 7 < 3 ? 1 : 2);
  }
  return samples;
}

TEST(FoldsTest, EachSampleIsInOneFoldAndEachClassEquallyInAll) {
  const Samples samples = Labelled(103);
  std::vector<int> times(103);
  for (std::size_t number = 1; number <= 5; ++number) {
    const Fold fold = {.number = number, .of = 5};
    const std::vector<bool> in = InFold(fold, samples, true, 0);
    EXPECT_EQ(static_cast<std::size_t>(std::count(in.begin(), in.end(), true)),
              FoldSize(fold, 103));
    std::vector<std::size_t> classes(3);
    for (std::size_t i = 0; i < in.size(); ++i) {
      times[i] += in[i];
      classes[samples.labels[i]] += in[i];
    }
    for (std::size_t c = 0; c < 3; ++c) {
      const auto all = static_cast<double>(
          std::count(samples.labels.begin(), samples.labels.end(), static_cast<std::uint8_t>(c)));
      EXPECT_NEAR(static_cast<double>(classes[c]), all / 5.0, 1.0);
    }
  }
  EXPECT_EQ(times, std::vector<int>(103, 1));
}

TEST(FoldsTest, WithoutChanceFoldsAreRunsOfNeighbours) {
  const Samples samples = Labelled(7);
  EXPECT_EQ(InFold({.number = 1, .of = 3}, samples, false, 0),
            (std::vector<bool>{true, true, true, false, false, false, false}));
  EXPECT_EQ(InFold({.number = 3, .of = 3}, samples, false, 0),
            (std::vector<bool>{false, false, false, false, false, true, true}));
}

TEST(FoldsTest, FoldsDependOnTheSeedOfSplitsAlone) {
  Settings settings;
  settings.fold = "2/4";
  settings.validation = 100;
  const Dataset& data = Moons();
  const auto split = [&](std::uint64_t seed, std::optional<std::uint64_t> split_seed) {
    settings.seed = seed;
    settings.split_seed = split_seed;
    return SplitSamples(Resolve(settings, data).settings, data).test;
  };
  EXPECT_EQ(split(1, 0), split(2, 0));
  EXPECT_NE(split(1, 0), split(1, 5));
  EXPECT_NE(split(1, std::nullopt), split(2, std::nullopt));
}

TEST(FoldsTest, NothingOfAFoldIsLearnedOrChosenBy) {
  const Dataset& data = Moons();
  std::set<std::uint32_t> tested;
  for (const char* fold : {"1/3", "2/3", "3/3"}) {
    Settings settings;
    settings.fold = fold;
    settings.validation = 50;
    const Split split = SplitSamples(Resolve(settings, data).settings, data);
    std::set<std::uint32_t> all(split.train.begin(), split.train.end());
    all.insert(split.validation.begin(), split.validation.end());
    all.insert(split.test.begin(), split.test.end());
    EXPECT_EQ(all.size(), data.train.count);
    EXPECT_EQ(split.train.size() + split.validation.size() + split.test.size(), data.train.count);
    EXPECT_EQ(split.validation.size(), 50u);
    tested.insert(split.test.begin(), split.test.end());
  }
  EXPECT_EQ(tested.size(), data.train.count);
}

TEST(FoldsTest, ARunIsTestedByItsFold) {
  Dataset data = Moons();
  Settings settings;
  settings.fold = "1/2";
  settings.epochs = 1;
  settings = Resolve(settings, data).settings;
  const RunResult result = Train(settings, data);
  EXPECT_EQ(result.test_samples, FoldSize({.number = 1, .of = 2}, data.train.count));
  // The test set itself is not read.
  data.test.labels.assign(data.test.count, 0);
  EXPECT_EQ(Train(settings, data).test_accuracy, result.test_accuracy);
}

TEST(FoldsTest, WhatIsNoFoldIsRefused) {
  for (const char* text : {"0/5", "6/5", "1/1", "5", "a/b", "1/2/3", "", "1/2000"}) {
    EXPECT_THROW(ReadFold(text), UsageError) << text;
  }
  EXPECT_EQ(FoldText(ReadFold("2/5")), "2/5");
  EXPECT_EQ(FoldText(ReadFold("none")), "none");
}

}  // namespace
}  // namespace lanegrad
