// SPDX-License-Identifier: Apache-2.0
#include "experiments/statistics/variance_components.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "kernels/random.h"

namespace lanegrad {
namespace {

constexpr CauseSet kA = 1, kB = 2, kC = 4;

TEST(VarianceComponents, OfASumAreThoseOfEachTermAndNothingIsLeftTogether) {
  const std::vector<double> a = {0.0, 2.0}, b = {1.0, 4.0, 10.0}, c = {5.0, 5.0, 6.0, 8.0};
  std::vector<double> y;
  for (const double i : a) {
    for (const double j : b) {
      for (const double k : c) y.push_back(i + j + k);
    }
  }
  const VarianceSplit split = SplitVariance(y, std::array<std::size_t, 3>{2, 3, 4});
  EXPECT_NEAR(split.variances[kA], 2.0, 1e-9);
  EXPECT_NEAR(split.variances[kB], 21.0, 1e-9);
  EXPECT_NEAR(split.variances[kC], 2.0, 1e-9);
  EXPECT_NEAR(split.Sum(split.Together()), 0.0, 1e-9);
  EXPECT_NEAR(split.Sum(split.All()), 25.0, 1e-9);
  EXPECT_EQ(split.freedom[kA | kC], 3.0);
}

// Worked by hand: rows 1 3, 2 8. Mean 3.5; effects of rows -1.5 and 1.5, of columns -2 and 2, of
// both together 1 and -1. Sums of squares 9, 16 and 4, a degree of freedom each, hence
// (9 - 4) / 2, (16 - 4) / 2 and 4.
TEST(VarianceComponents, OfFourNumbersAreThoseWorkedByHand) {
  const std::vector<double> y = {1.0, 3.0, 2.0, 8.0};
  const VarianceSplit split = SplitVariance(y, std::array<std::size_t, 2>{2, 2});
  EXPECT_DOUBLE_EQ(split.variances[kA], 2.5);
  EXPECT_DOUBLE_EQ(split.variances[kB], 6.0);
  EXPECT_DOUBLE_EQ(split.variances[kA | kB], 4.0);
  const std::vector<CauseSet> with_a = split.With(0);
  EXPECT_EQ(with_a, (std::vector<CauseSet>{kA, kA | kB}));
}

TEST(VarianceComponents, OfOneCauseIsTheSampleVariance) {
  const std::vector<double> y = {1.0, 4.0, 10.0};
  EXPECT_DOUBLE_EQ(SplitVariance(y, std::array<std::size_t, 1>{3}).variances[kA], 21.0);
}

// Results with known variances: 4 by the first cause, none by the second, 1 by the third, and 2 by
// the first two together.
std::vector<double> Made(std::size_t n, std::uint64_t seed) {
  RandomStream random(seed, Stream::kData);
  const auto draw = [&](std::size_t count, double deviation) {
    std::vector<double> values(count);
    for (double& value : values) value = deviation * static_cast<double>(random.Normal());
    return values;
  };
  const std::vector<double> a = draw(n, 2.0), c = draw(n, 1.0), ab = draw(n * n, std::sqrt(2.0));
  std::vector<double> y;
  for (std::size_t i = 0; i < n * n * n; ++i) {
    y.push_back(a[i / n / n] + c[i % n] + ab[i / n]);
  }
  return y;
}

TEST(VarianceComponents, AreWithoutBiasAlsoWhereTwoCausesActTogether) {
  constexpr std::size_t kN = 5, kSeeds = 400;
  const std::array<std::size_t, 3> levels = {kN, kN, kN};
  const std::array<double, 8> truth = {0.0, 4.0, 0.0, 2.0, 1.0, 0.0, 0.0, 0.0};
  std::array<double, 8> mean = {};
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const VarianceSplit split = SplitVariance(Made(kN, seed), levels);
    for (CauseSet set = 1; set < 8; ++set) mean[set] += split.variances[set] / double{kSeeds};
  }
  // The variance of the first is 4 +- 3 in one experiment, and a twentieth of that in 400.
  for (CauseSet set = 1; set < 8; ++set) EXPECT_NEAR(mean[set], truth[set], 0.5) << set;
  EXPECT_NEAR(mean[kB], 0.0, 0.12) << "what A and B do together is not taken for B's";
}

TEST(VarianceComponents, IntervalsHoldTheTruthAsOftenAsTheySay) {
  constexpr std::size_t kN = 4, kSeeds = 300;
  const std::array<std::size_t, 3> levels = {kN, kN, kN};
  std::size_t own = 0, with_b = 0, all = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const VarianceSplit split = SplitVariance(Made(kN, 1000 + seed), levels);
    const VariancePivots pivots(split, 499);
    const auto holds = [&](std::span<const CauseSet> sets, double truth) {
      const Interval interval = pivots.Sum(sets);
      return interval.low <= truth && truth <= interval.high;
    };
    own += holds(std::array{kA}, 4.0);
    with_b += holds(split.With(1), 2.0);
    all += holds(split.All(), 7.0);
  }
  // Of 300 intervals at 95 % fewer than 273 hold the truth once in 1000 times. Generalized
  // intervals may hold it more often than they say.
  EXPECT_GE(own, 273u);
  EXPECT_GE(with_b, 273u);
  EXPECT_GE(all, 273u);
}

TEST(VarianceComponents, TheLargestCauseIsKnownWhereThereIsOne) {
  RandomStream random(2, Stream::kData);
  std::vector<double> y;
  for (std::size_t i = 0; i < 6 * 6 * 6; ++i) {
    y.push_back(3.0 * static_cast<double>(i / 6 % 6) + static_cast<double>(random.Normal()));
  }
  const VariancePivots pivots(SplitVariance(y, std::array<std::size_t, 3>{6, 6, 6}), 400);
  EXPECT_GT(pivots.LargestShare(1), 0.975);
  EXPECT_LT(pivots.LargestShare(0), 0.025);
  const std::array<std::size_t, 3> two = {2, 2, 2};
  const VariancePivots none(SplitVariance(std::vector<double>(8, 1.0), two), 100);
  EXPECT_EQ(none.LargestShare(0), 0.0);
  EXPECT_EQ(none.Sum(std::array{kA}).high, 0.0);
}

}  // namespace
}  // namespace lanegrad
