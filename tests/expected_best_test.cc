// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison/expected_best.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "kernels/random.h"

namespace lanegrad {
namespace {

// The mean, over all subsets of k values, of the largest of the subset.
double MeanOverSubsets(const std::vector<double>& values, int k) {
  double sum = 0.0;
  int subsets = 0;
  for (unsigned bits = 0; bits < 1u << values.size(); ++bits) {
    if (__builtin_popcount(bits) != k) continue;
    double largest = -1e300;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (bits >> i & 1) largest = std::max(largest, values[i]);
    }
    sum += largest;
    ++subsets;
  }
  return sum / subsets;
}

TEST(ExpectedBestTest, IsTheMeanOverAllSubsets) {
  RandomStream random(3, Stream::kBootstrap, 4);
  for (std::size_t n = 1; n <= 11; ++n) {
    std::vector<double> values(n);
    // Coarse, so that there are ties, as there are between diverged runs.
    for (double& each : values) each = 0.25 * static_cast<double>(random.Below(6));
    const std::vector<double> best = ExpectedBest(values);
    ASSERT_EQ(best.size(), n);
    for (std::size_t k = 1; k <= n; ++k) {
      EXPECT_NEAR(best[k - 1], MeanOverSubsets(values, static_cast<int>(k)), 1e-12) << n << k;
    }
  }
}

TEST(ExpectedBestTest, BeginsAtTheMeanEndsAtTheBestAndNeverFalls) {
  RandomStream random(4, Stream::kBootstrap, 4);
  std::vector<double> values(300);
  for (double& each : values) each = static_cast<double>(random.Normal());
  const std::vector<double> best = ExpectedBest(values);
  EXPECT_NEAR(best.front(), std::accumulate(values.begin(), values.end(), 0.0) / 300, 1e-12);
  EXPECT_NEAR(best.back(), *std::max_element(values.begin(), values.end()), 1e-12);
  EXPECT_TRUE(std::is_sorted(best.begin(), best.end()));
}

TEST(ExpectedBestTest, OfNothingThereIsNone) { EXPECT_TRUE(ExpectedBest({}).empty()); }

}  // namespace
}  // namespace lanegrad
