// SPDX-License-Identifier: Apache-2.0
#include "experiments/little_data/subsets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

namespace lanegrad {
namespace {

// Images of 3 x 4 bytes: 1, 2, ... row by row, each image going on where the last one ended.
Samples Images(std::size_t count) {
  Samples samples = {.count = count, .features = 12, .bytes = {}, .values = {}, .labels = {}};
  for (std::size_t i = 0; i < 12 * count; ++i) {
    samples.bytes.push_back(static_cast<std::uint8_t>(i + 1));
  }
  for (std::size_t i = 0; i < count; ++i) samples.labels.push_back(static_cast<std::uint8_t>(i));
  return samples;
}

TEST(ShiftImage, MovesEveryPixelAndFillsWithZero) {
  const Samples one = Images(1);
  std::vector<std::uint8_t> moved(12);
  ShiftImage(one.bytes.data(), moved.data(), 4, 3, /*right=*/1, /*down=*/-1);
  EXPECT_EQ(moved, (std::vector<std::uint8_t>{0, 5, 6, 7, 0, 9, 10, 11, 0, 0, 0, 0}));
}

TEST(ShiftImage, ByNothingIsTheSameAndByItsSizeIsNothing) {
  const Samples one = Images(1);
  std::vector<std::uint8_t> moved(12);
  ShiftImage(one.bytes.data(), moved.data(), 4, 3, 0, 0);
  EXPECT_EQ(moved, one.bytes);
  ShiftImage(one.bytes.data(), moved.data(), 4, 3, 4, 0);
  EXPECT_EQ(moved, std::vector<std::uint8_t>(12));
}

TEST(ShiftImage, ForthAndBackLosesOnlyTheEdge) {
  std::vector<std::uint8_t> image(100), forth(100), back(100);
  image[55] = 7;  // in the middle of 10 x 10
  ShiftImage(image.data(), forth.data(), 10, 10, 2, 3);
  EXPECT_EQ(forth[55 + 2 + 30], 7);
  ShiftImage(forth.data(), back.data(), 10, 10, -2, -3);
  EXPECT_EQ(back, image);
}

TEST(ShiftedCopies, BeginWithTheImagesAsTheyAreAndKeepTheirLabels) {
  const Samples images = Images(3);
  const Samples copies = ShiftedCopies(images, 4, 3, 5, 1, 1);
  EXPECT_EQ(copies.count, 15u);
  EXPECT_TRUE(std::equal(images.bytes.begin(), images.bytes.end(), copies.bytes.begin()));
  for (std::size_t i = 0; i < copies.count; ++i) EXPECT_EQ(copies.labels[i], i % 3);
}

TEST(ShiftedCopies, AreShiftsOfTheirImageByAsMuchAsWasAllowedAndEachShiftComesUp) {
  const Samples images = Images(1);
  const Samples copies = ShiftedCopies(images, 4, 3, 400, 1, 7);
  std::set<std::vector<std::uint8_t>> allowed, seen;
  for (int right = -1; right <= 1; ++right) {
    for (int down = -1; down <= 1; ++down) {
      std::vector<std::uint8_t> moved(12);
      ShiftImage(images.bytes.data(), moved.data(), 4, 3, right, down);
      allowed.insert(moved);
    }
  }
  for (std::size_t i = 0; i < copies.count; ++i) {
    const auto begin = copies.bytes.begin() + static_cast<std::ptrdiff_t>(12 * i);
    seen.insert({begin, begin + 12});
  }
  EXPECT_EQ(seen, allowed);
}

TEST(ShiftedCopies, AreTheSameForTheSameSeedAndOthersForAnother) {
  const Samples images = Images(4);
  EXPECT_EQ(ShiftedCopies(images, 4, 3, 5, 2, 1).bytes, ShiftedCopies(images, 4, 3, 5, 2, 1).bytes);
  EXPECT_NE(ShiftedCopies(images, 4, 3, 5, 2, 1).bytes, ShiftedCopies(images, 4, 3, 5, 2, 2).bytes);
}

TEST(ShiftedCopies, OfWhatIsNoImageAreRefused) {
  EXPECT_THROW(ShiftedCopies(Images(2), 5, 3, 2, 1, 1), DataError);
}

TEST(Slice, TakesSamplesWithTheirLabelsAndNoMoreThanThereAre) {
  const Samples part = Slice(Images(4), {1, 3});
  EXPECT_EQ(part.count, 2u);
  EXPECT_EQ(part.bytes.front(), 13);
  EXPECT_EQ(part.bytes.size(), 24u);
  EXPECT_EQ(part.labels, (std::vector<std::uint8_t>{1, 2}));
  EXPECT_THROW(Slice(Images(4), {3, 5}), DataError);
}

TEST(Joined, PutsBackTogetherWhatWasCut) {
  const Samples all = Images(5);
  for (const std::size_t cut : {std::size_t{0}, std::size_t{2}, std::size_t{5}}) {
    const Samples joined = Joined(Slice(all, {0, cut}), Slice(all, {cut, 5}));
    EXPECT_EQ(joined.count, 5u);
    EXPECT_EQ(joined.bytes, all.bytes);
    EXPECT_EQ(joined.labels, all.labels);
  }
}

TEST(Joined, RefusesOtherFeatures) {
  Samples other = Images(1);
  other.features = 6;
  EXPECT_THROW(Joined(Images(1), other), DataError);
}

}  // namespace
}  // namespace lanegrad
