// SPDX-License-Identifier: Apache-2.0
#include "experiments/descent/variance.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "kernels/random.h"

namespace lanegrad {
namespace {

TEST(Variance, OfASumIsSplitIntoThatOfEachTerm) {
  const std::vector<double> a = {0.0, 2.0}, b = {1.0, 4.0, 10.0}, c = {5.0, 5.0, 6.0, 8.0};
  std::vector<double> y;
  for (const double i : a) {
    for (const double j : b) {
      for (const double k : c) y.push_back(i + j + k);
    }
  }
  const VarianceParts parts = SplitVariance(y, {2, 3, 4});
  EXPECT_NEAR(parts.causes[0], 2.0, 1e-9);
  EXPECT_NEAR(parts.causes[1], 21.0, 1e-9);
  EXPECT_NEAR(parts.causes[2], 2.0, 1e-9);
  EXPECT_NEAR(parts.rest, 0.0, 1e-9);
}

TEST(Variance, OfNoiseIsAllRest) {
  RandomStream random(1, Stream::kData);
  std::vector<double> y(12 * 12 * 12);
  for (double& value : y) value = random.Normal();
  const VarianceParts parts = SplitVariance(y, {12, 12, 12});
  EXPECT_NEAR(parts.rest, 1.0, 0.15);
  for (const double cause : parts.causes) EXPECT_NEAR(cause, 0.0, 0.03);
}

TEST(Variance, ResampledFindsTheLargestCauseWhereThereIsOne) {
  RandomStream random(2, Stream::kData);
  std::vector<double> y;
  for (std::size_t i = 0; i < 6 * 6 * 6; ++i) {
    y.push_back(3.0 * static_cast<double>(i / 6 % 6) + random.Normal());
  }
  EXPECT_GT(LargestCauseShare(y, {6, 6, 6}, 1, 400), 0.95);
  EXPECT_LT(LargestCauseShare(y, {6, 6, 6}, 0, 400), 0.025);
  EXPECT_EQ(LargestCauseShare(std::vector<double>(8, 1.0), {2, 2, 2}, 0, 100), 0.0);
}

}  // namespace
}  // namespace lanegrad
