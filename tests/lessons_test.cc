// SPDX-License-Identifier: Apache-2.0
#include "experiments/experience/lessons.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace lanegrad {
namespace {

// Pictures of two pixels, the first of which is the number of the picture; classes 0, 1, 2, 3, 0,
// ...
Samples Numbered(std::size_t count) {
  Samples samples = {.count = count, .features = 2, .bytes = {}, .values = {}, .labels = {}};
  for (std::size_t i = 0; i < count; ++i) {
    samples.bytes.push_back(static_cast<std::uint8_t>(i));
    samples.bytes.push_back(200);
    samples.labels.push_back(static_cast<std::uint8_t>(i % 4));
  }
  return samples;
}

TEST(Lessons, DivideTheSamplesByTheirClass) {
  const Samples all = Numbered(20);
  const Samples first = OfClasses(all, 0, 2), second = OfClasses(all, 2, 4);
  EXPECT_EQ(first.count + second.count, all.count);
  EXPECT_EQ(first.bytes.size(), first.count * 2);
  for (std::size_t s = 0; s < first.count; ++s) {
    EXPECT_LT(first.labels[s], 2);
    EXPECT_EQ(first.bytes[2 * s] % 4, first.labels[s]);  // still the picture of its label
    if (s > 0) {
      EXPECT_LT(first.bytes[2 * s - 2], first.bytes[2 * s]);
    }
  }
  EXPECT_TRUE(std::ranges::all_of(second.labels, [](auto label) { return label >= 2; }));
}

TEST(Lessons, ShareAPartOfTheirSamples) {
  const Samples all = Numbered(20);
  EXPECT_EQ(ShareOf(all, 0.0).count, 0u);
  EXPECT_EQ(ShareOf(all, 1.0).bytes, all.bytes);
  const Samples some = ShareOf(all, 0.25);
  EXPECT_EQ(some.count, 5u);
  EXPECT_EQ(some.labels.size(), 5u);
  EXPECT_EQ(some.bytes.size(), 10u);
}

TEST(Lessons, TogetherHaveTheSamplesOfBoth) {
  const Samples all = Numbered(20);
  const Samples both = Together(OfClasses(all, 0, 2), OfClasses(all, 2, 4));
  EXPECT_EQ(both.count, 20u);
  EXPECT_EQ(both.labels.size(), 20u);
  EXPECT_EQ(both.bytes[0], 0);
  EXPECT_EQ(both.bytes[20], 2);  // the first of the second
}

TEST(Lessons, OfOtherSamplesHaveAnotherChecksum) {
  Dataset data = {.name = "made",
                  .source = "test",
                  .checksum = {},
                  .classes = 4,
                  .width = 2,
                  .height = 1,
                  .train = Numbered(20),
                  .test = Numbered(8),
                  .class_names = {}};
  const Dataset first = Lesson(data, OfClasses(data.train, 0, 2), OfClasses(data.test, 0, 2));
  const Dataset second = Lesson(data, OfClasses(data.train, 2, 4), OfClasses(data.test, 2, 4));
  EXPECT_NE(first.checksum, second.checksum);
  EXPECT_EQ(first.classes, 4u);
}

}  // namespace
}  // namespace lanegrad
