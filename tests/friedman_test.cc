// SPDX-License-Identifier: Apache-2.0
#include "experiments/statistics/friedman.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "kernels/random.h"

namespace lanegrad {
namespace {

// [Demsar 2006, "Statistical comparisons of classifiers over multiple data sets", table
// 5(a)]: q of the Nemenyi test for 2 to 10 classifiers.
TEST(FriedmanTest, RangeQuantilesAreThoseOfDemsarsTable) {
  const double q05[] = {1.960, 2.343, 2.569, 2.728, 2.850, 2.949, 3.031, 3.102, 3.164};
  const double q10[] = {1.645, 2.052, 2.291, 2.459, 2.589, 2.693, 2.780, 2.855, 2.920};
  for (std::size_t k = 2; k <= 10; ++k) {
    // The table is cut, not rounded, in places: 2.343 stands for 2.3437.
    EXPECT_NEAR(RangeQuantile(0.95, k) / std::sqrt(2.0), q05[k - 2], 1e-3) << k;
    EXPECT_NEAR(RangeQuantile(0.90, k) / std::sqrt(2.0), q10[k - 2], 1e-3) << k;
  }
}

// scipy 1.10: stats.studentized_range.ppf(0.95, k, inf) / sqrt(2).
TEST(FriedmanTest, RangeQuantilesAgreeWithScipy) {
  EXPECT_NEAR(RangeQuantile(0.95, 2) / std::sqrt(2.0), 1.9599639845400534, 1e-9);
  EXPECT_NEAR(RangeQuantile(0.95, 4) / std::sqrt(2.0), 2.569031772546482, 1e-7);
  EXPECT_NEAR(RangeQuantile(0.95, 10) / std::sqrt(2.0), 3.163683577053373, 1e-7);
}

TEST(FriedmanTest, TheRangeOfTwoIsADifferenceOfNormals) {
  for (const double q : {0.1, 1.0, 2.5, 6.0}) {
    EXPECT_NEAR(RangeProbability(q, 2), std::erf(q / 2.0), 1e-12) << q;
  }
  EXPECT_EQ(RangeProbability(0.0, 5), 0.0);
  EXPECT_NEAR(RangeProbability(40.0, 100), 1.0, 1e-9);
}

TEST(FriedmanTest, TheRangeAgreesWithSimulation) {
  for (const std::size_t k : {3u, 24u}) {
    RandomStream random(k, Stream::kBootstrap, 31);
    const double q = RangeQuantile(0.8, k);
    int below = 0;
    constexpr int kTrials = 20000;
    for (int i = 0; i < kTrials; ++i) {
      double low = 1e9, high = -1e9;
      for (std::size_t j = 0; j < k; ++j) {
        const double z = static_cast<double>(random.Normal());
        low = std::min(low, z), high = std::max(high, z);
      }
      below += high - low <= q;
    }
    EXPECT_NEAR(below / double{kTrials}, 0.8, 5 * std::sqrt(0.8 * 0.2 / kTrials)) << k;
  }
}

// Four classifiers on fourteen data sets, with ties, in the manner of Demsar's example.
// scipy 1.10: stats.friedmanchisquare(*columns), stats.f.sf(F, 3, 39).
TEST(FriedmanTest, AgreesWithScipyOnDataWithTies) {
  const std::vector<std::vector<double>> values = {
      {.763, .599, .954, .628, .882, .936, .661, .583, .775, 1, .940, .619, .972, .957},
      {.768, .591, .971, .661, .888, .931, .668, .583, .838, 1, .962, .666, .981, .978},
      {.771, .590, .968, .654, .886, .916, .609, .563, .866, 1, .965, .614, .975, .946},
      {.798, .569, .967, .657, .898, .931, .685, .625, .875, 1, .962, .669, .975, .970}};
  const FriedmanTest test = Friedman(values);
  const double ranks[] = {3.14285714, 2.0, 2.92857143, 1.92857143};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(test.ranks[i], ranks[i], 1e-8);
  EXPECT_NEAR(test.chi_squared, 10.952380952380956, 1e-9);
  EXPECT_NEAR(test.chi_squared_p, 0.011986176325417788, 1e-9);
  EXPECT_NEAR(test.f, 4.585889570552149, 1e-9);
  EXPECT_NEAR(test.p, 0.007628838730725733, 1e-9);
  // [Demsar 2006, section 3.2.2]: 2.569 sqrt(4 * 5 / (6 * 14)) = 1.25.
  EXPECT_NEAR(CriticalDifference(4, 14), 1.25, 0.005);
}

TEST(FriedmanTest, RanksAreSharedByTies) {
  EXPECT_EQ(RanksFromLargest(std::vector<double>{0.5, 0.9, 0.5, 0.1}),
            (std::vector<double>{2.5, 1.0, 2.5, 4.0}));
  EXPECT_EQ(RanksFromLargest(std::vector<double>{1, 1, 1}), (std::vector<double>{2, 2, 2}));
}

TEST(FriedmanTest, WhereAllBlocksAgreeThePIsThatOfAgreementByChance) {
  const FriedmanTest test = Friedman(std::vector<std::vector<double>>{{3, 6}, {2, 5}, {1, 4}});
  EXPECT_TRUE(std::isinf(test.f));
  EXPECT_NEAR(test.p, 1.0 / 6.0, 1e-12);
}

TEST(FriedmanTest, WhereAllIsEqualNothingDiffers) {
  const FriedmanTest test = Friedman(std::vector<std::vector<double>>{{1, 2}, {1, 2}, {1, 2}});
  EXPECT_EQ(test.p, 1.0);
  EXPECT_EQ(test.chi_squared, 0.0);
}

TEST(FriedmanTest, EqualSettingsAreFoundDifferentAtMostOneTimeInTwenty) {
  // Blocks differ much, settings not at all: only what is ranked inside a block counts.
  for (const auto& [k, n] : {std::pair{3, 5}, std::pair{8, 5}, std::pair{6, 10}}) {
    RandomStream random(1, Stream::kBootstrap, static_cast<std::uint64_t>(100 * k + n));
    int rejected = 0, groups_torn = 0;
    constexpr int kTrials = 1500;
    for (int trial = 0; trial < kTrials; ++trial) {
      std::vector<std::vector<double>> values(static_cast<std::size_t>(k));
      for (int j = 0; j < n; ++j) {
        const double block = 10.0 * static_cast<double>(random.Normal());
        for (auto& each : values) each.push_back(block + static_cast<double>(random.Normal()));
      }
      const FriedmanTest test = Friedman(values);
      rejected += test.p <= 0.05;
      const auto [low, high] = std::minmax_element(test.ranks.begin(), test.ranks.end());
      groups_torn += *high - *low > CriticalDifference(values.size(), values[0].size());
    }
    const double allowed = 0.05 + 3 * std::sqrt(0.05 * 0.95 / kTrials);
    // Iman and Davenport's F is an approximation; with five blocks it is a little generous.
    EXPECT_LE(rejected / double{kTrials}, allowed + 0.02) << k << " settings, " << n << " blocks";
    EXPECT_LE(groups_torn / double{kTrials}, allowed) << k << " settings, " << n << " blocks";
  }
}

TEST(FriedmanTest, GroupsAreTheMaximalRunsOfCloseRanks) {
  using Groups = std::vector<std::pair<std::size_t, std::size_t>>;
  EXPECT_EQ(RankGroups(std::vector<double>{1.0, 1.5, 2.2, 4.0}, 1.0), (Groups{{0, 1}, {1, 2}}));
  EXPECT_EQ(RankGroups(std::vector<double>{1.0, 2.0, 3.0}, 5.0), (Groups{{0, 2}}));
  EXPECT_EQ(RankGroups(std::vector<double>{1.0, 3.0, 5.0}, 1.0), Groups{});
  // Brute force: a pair is inside a group exactly where it lies at most `critical` apart.
  RandomStream random(5, Stream::kBootstrap, 3);
  for (int trial = 0; trial < 200; ++trial) {
    std::vector<double> ranks(7);
    for (double& each : ranks) each = 7.0 * static_cast<double>(random.Uniform());
    std::sort(ranks.begin(), ranks.end());
    const Groups groups = RankGroups(ranks, 1.5);
    for (std::size_t i = 0; i < ranks.size(); ++i) {
      for (std::size_t j = i + 1; j < ranks.size(); ++j) {
        const bool together = std::any_of(groups.begin(), groups.end(), [&](const auto& group) {
          return group.first <= i && j <= group.second;
        });
        EXPECT_EQ(together, ranks[j] - ranks[i] <= 1.5);
      }
    }
  }
}

}  // namespace
}  // namespace lanegrad
