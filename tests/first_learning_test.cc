// SPDX-License-Identifier: Apache-2.0
#include "experiments/first_learning/first_learning.h"

#include <gtest/gtest.h>

namespace lanegrad {
namespace {

Samples Of(std::vector<std::uint8_t> bytes, std::vector<std::uint8_t> labels) {
  return {.count = labels.size(),
          .features = bytes.size() / labels.size(),
          .bytes = bytes,
          .values = {},
          .labels = labels};
}

Dataset Made(const Samples& train, const Samples& test, std::size_t classes) {
  return {.name = "made",
          .source = "test",
          .checksum = {},
          .classes = classes,
          .width = 2,
          .height = 1,
          .train = train,
          .test = test,
          .class_names = {}};
}

TEST(MeanPictures, NameTheClassWhoseMeanIsNearest) {
  // Means (10, 0) and (90, 100).
  const Samples train = Of({0, 0, 20, 0, 80, 100, 100, 100, 90, 100}, {0, 0, 1, 1, 1});
  EXPECT_EQ(MeanPictureAccuracy(Made(train, Of({12, 3, 90, 90}, {0, 1}), 2)), 1.0);
  EXPECT_EQ(MeanPictureAccuracy(Made(train, Of({12, 3, 90, 90}, {1, 0}), 2)), 0.0);
  EXPECT_EQ(MeanPictureAccuracy(Made(train, Of({12, 3, 90, 90, 60, 60, 40, 40}, {0, 1, 1, 1}), 2)),
            0.75);
}

TEST(MeanPictures, AreMeansAndNotSums) {
  // Ten pictures of a bright class: their sum is far from everything.
  const Samples train = Of({0, 0, 200, 200, 200, 200, 200, 200, 200, 200}, {0, 1, 1, 1, 1});
  EXPECT_EQ(MeanPictureAccuracy(Made(train, Of({180, 180}, {1}), 2)), 1.0);
}

TEST(MeanPictures, NameNoClassThatHasNoPicture) {
  const Samples train = Of({0, 0, 200, 200}, {0, 2});
  EXPECT_EQ(MeanPictureAccuracy(Made(train, Of({0, 1, 199, 200}, {0, 2}), 3)), 1.0);
}

}  // namespace
}  // namespace lanegrad
