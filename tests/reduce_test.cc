// SPDX-License-Identifier: Apache-2.0
#include "kernels/reduce.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "kernels/random.h"
#include "kernels/targets.h"

namespace lanegrad {
namespace {

// What reduce.h says, in as many words.
bool Right(const Matrix& output, std::size_t r, std::size_t label) {
  std::size_t best = 0;
  for (std::size_t j = 0; j < output.cols(); ++j) {
    if (std::isnan(output(r, j))) return false;
    if (output(r, j) > output(r, best)) best = j;
  }
  return best == label;
}

TEST(CountCorrectTest, CountsTheRowsWhoseFirstLargestOutputIsTheirLabelsOnEveryTarget) {
  constexpr std::size_t kRows = 300;
  for (const std::size_t columns : {2u, 3u, 10u, 16u, 17u, 40u}) {
    Matrix output(kRows, columns);
    std::vector<std::uint8_t> labels(kRows);
    RandomStream random(4, Stream::kData, columns);
    std::size_t ties = 0;
    for (std::size_t r = 0; r < kRows; ++r) {
      labels[r] = static_cast<std::uint8_t>(random.Below(columns));
      // Few values, so that many are equal, and among them both zeros and infinities.
      const float values[] = {-0.0f, 0.0f, 1.0f, -HUGE_VALF, r % 3 == 0 ? HUGE_VALF : 1.0f};
      for (std::size_t j = 0; j < columns; ++j) output(r, j) = values[random.Below(5)];
      if (r % 2 == 0) output(r, labels[r]) = HUGE_VALF;
      if (r % 7 == 0) output(r, random.Below(columns)) = std::nanf("");
      for (std::size_t j = 0; j < columns; ++j) {
        ties += static_cast<std::size_t>(j != labels[r] && output(r, j) == output(r, labels[r]));
      }
      // Padding is not to be looked at.
      for (std::size_t j = columns; j < PanelCount(columns) * kPanel; ++j) {
        output.view().Row(j / kPanel, r)[j % kPanel] = HUGE_VALF;
      }
    }
    EXPECT_GT(ties, 20u);
    labels[5] = 200;  // no such class: never right
    std::size_t expected = 0;
    for (std::size_t r = 3; r < kRows; ++r) expected += Right(output, r, labels[r]);
    EXPECT_GT(expected, 50u);
    for (const Target& target : Targets()) {
      const ScopedTarget only(target);
      EXPECT_EQ(CountCorrect(output.view(), labels.data(), {3, kRows}), expected)
          << target.name << ", " << columns << " columns";
    }
  }
}

TEST(CountCorrectTest, OneOutputAloneIsComparedWithTheThreshold) {
  Matrix output(5, 1);
  const float values[] = {0.2f, 0.7f, 0.5f, std::nanf(""), 0.51f};
  for (std::size_t r = 0; r < 5; ++r) output(r, 0) = values[r];
  const std::uint8_t labels[] = {0, 1, 1, 0, 1};
  EXPECT_EQ(CountCorrect(output.view(), labels, {0, 5}), 3u);
  EXPECT_EQ(CountCorrect(output.view(), labels, {0, 5}, 0.6f), 2u);
  EXPECT_EQ(CountCorrect(output.view(), labels, {1, 3}, 0.4f), 2u);
}

TEST(SumTest, AddsSixteenRunningSumsAsABalancedTree) {
  RandomStream random(8, Stream::kData);
  for (const std::size_t n : {0u, 1u, 15u, 16u, 17u, 100u}) {
    std::vector<double> terms(n);
    for (double& each : terms)
      each = std::ldexp(random.Normal(), static_cast<int>(random.Below(40)));
    double s[16] = {};
    for (std::size_t i = 0; i < n; ++i) s[i % 16] += terms[i];
    const double expected = (((s[0] + s[8]) + (s[4] + s[12])) + ((s[2] + s[10]) + (s[6] + s[14]))) +
                            (((s[1] + s[9]) + (s[5] + s[13])) + ((s[3] + s[11]) + (s[7] + s[15])));
    EXPECT_EQ(Sum(terms), expected) << n << " terms";
  }
}

TEST(AllFiniteTest, NoPlaceHidesANanOrAnInfinity) {
  for (const Target& target : Targets()) {
    const ScopedTarget only(target);
    // Four of the widest registers at a time, then one, then numbers.
    for (const std::size_t n : {0u, 1u, 37u, 64u, 91u, 150u}) {
      std::vector<float> values(n, std::numeric_limits<float>::max());
      EXPECT_TRUE(AllFinite(values.data(), n)) << target.name << ", " << n;
      for (const float bad : {HUGE_VALF, -HUGE_VALF, std::nanf(""), -std::nanf("")}) {
        for (std::size_t i = 0; i < n; ++i) {
          values[i] = bad;
          EXPECT_FALSE(AllFinite(values.data(), n)) << target.name << ", " << i << " of " << n;
          values[i] = -0x1p-149f;
        }
      }
    }
  }
}

}  // namespace
}  // namespace lanegrad
