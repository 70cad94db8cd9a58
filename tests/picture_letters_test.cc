// SPDX-License-Identifier: Apache-2.0
#include "experiments/explanations/picture_letters.h"

#include <gtest/gtest.h>

namespace lanegrad {
namespace {

TEST(PictureLetters, ComeBackWithinHalfAShade) {
  std::vector<double> values;
  for (int i = 0; i <= 200; ++i) values.push_back(-1.0 + 0.01 * i);
  const std::string letters = PictureLetters(values, -1.0, 1.0);
  ASSERT_EQ(letters.size(), values.size());
  const std::vector<double> back = ValuesOfLetters(letters, -1.0, 1.0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_NEAR(back[i], values[i], 1.0 / 64.0 + 1e-12) << values[i];
  }
}

TEST(PictureLetters, KeepWhatLiesOutsideAtTheEnds) {
  EXPECT_EQ(PictureLetters(std::vector<double>{-5.0, 0.0, 1.0, 7.0}, 0.0, 1.0), "AA//");
}

TEST(PictureLetters, AreScaledByTheLargestSize) {
  EXPECT_EQ(OverLargest({1.0, -4.0, 2.0}), (std::vector<double>{0.25, -1.0, 0.5}));
  EXPECT_EQ(OverLargest({0.0, 0.0}), (std::vector<double>{0.0, 0.0}));
}

}  // namespace
}  // namespace lanegrad
