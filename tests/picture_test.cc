// SPDX-License-Identifier: Apache-2.0
#include "experiments/likeness/picture.h"

#include <gtest/gtest.h>

namespace lanegrad {
namespace {

TEST(Picture, ComesBackScaledToItsLargestMagnitude) {
  const std::vector<double> pixels = {0.0, 2.0, -4.0, 1.0};
  const std::string text = PictureText(pixels, pixels);
  EXPECT_EQ(text.size(), 8u);
  const std::vector<double> back = PictureOf(text);
  ASSERT_EQ(back.size(), 4u);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(back[i], pixels[i] / 4.0, 0.5 / 127.0) << i;
}

TEST(Picture, IsTurnedTowardsWhatItShouldBeLike) {
  const std::vector<double> pixels = {1.0, -2.0}, like = {-1.0, 3.0};
  const std::vector<double> back = PictureOf(PictureText(pixels, like));
  EXPECT_LT(back[0], 0.0);
  EXPECT_EQ(back[1], 1.0);
}

}  // namespace
}  // namespace lanegrad
