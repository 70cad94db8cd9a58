// SPDX-License-Identifier: Apache-2.0
#include "network/dropout.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lanegrad {
namespace {

constexpr std::size_t kRows = 50, kCols = 70;

Matrix Ones() {
  Matrix m(kRows, kCols);
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t j = 0; j < kCols; ++j) m(r, j) = 1.0f;
  }
  return m;
}

Matrix Mask(const Dropout& dropout, std::size_t layer, Range rows = {0, kRows}) {
  Matrix values = Ones(), slopes = Ones();
  Drop(dropout, layer, rows, values.view(), slopes.view());
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t j = 0; j < kCols; ++j) EXPECT_EQ(values(r, j), slopes(r, j));
  }
  return values;
}

std::size_t Differences(const Matrix& a, const Matrix& b) {
  std::size_t count = 0;
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t j = 0; j < kCols; ++j) count += a(r, j) != b(r, j) ? 1 : 0;
  }
  return count;
}

TEST(DropoutTest, LeavesItsShareOutAndScalesTheRest) {
  for (const float share : {0.1f, 0.5f, 0.8f}) {
    const Matrix mask = Mask({.share = share, .seed = 3, .step = 7}, 1);
    double dropped = 0.0;
    for (std::size_t r = 0; r < kRows; ++r) {
      for (std::size_t j = 0; j < kCols; ++j) {
        if (mask(r, j) == 0.0f) {
          ++dropped;
        } else {
          EXPECT_EQ(mask(r, j), 1.0f / (1.0f - share));
        }
      }
    }
    constexpr double kAll = kRows * kCols;
    const double p = static_cast<double>(share);
    EXPECT_NEAR(dropped / kAll, p, 4.0 * std::sqrt(p * (1.0 - p) / kAll));
  }
}

TEST(DropoutTest, AnotherStepLayerOrSeedIsAnotherMask) {
  const Dropout dropout = {.share = 0.5f, .seed = 3, .step = 7};
  const Matrix mask = Mask(dropout, 1);
  EXPECT_EQ(Differences(mask, Mask(dropout, 1)), 0u);
  EXPECT_GT(Differences(mask, Mask(dropout, 2)), kRows * kCols / 3);
  EXPECT_GT(Differences(mask, Mask({.share = 0.5f, .seed = 3, .step = 8}, 1)), kRows * kCols / 3);
  EXPECT_GT(Differences(mask, Mask({.share = 0.5f, .seed = 4, .step = 7}, 1)), kRows * kCols / 3);
}

TEST(DropoutTest, RowsByRowsIsTheSameAsAllAtOnce) {
  const Dropout dropout = {.share = 0.3f, .seed = 1, .step = 0};
  Matrix values = Ones(), slopes = Ones();
  Drop(dropout, 0, {0, 13}, values.view(), slopes.view());
  Drop(dropout, 0, {13, kRows}, values.view(), slopes.view());
  EXPECT_EQ(Differences(values, Mask(dropout, 0)), 0u);
}

}  // namespace
}  // namespace lanegrad
