// SPDX-License-Identifier: Apache-2.0
#include "experiments/trials/seed_pairs.h"

#include <gtest/gtest.h>

namespace lanegrad {
namespace {

std::vector<double> Plus(std::vector<double> numbers, double shift) {
  for (double& each : numbers) each += shift;
  return numbers;
}

const std::vector<double> kBase = {0.80, 0.84, 0.79, 0.83, 0.81, 0.86, 0.82, 0.80, 0.85, 0.78};
const std::vector<double> kNoise = {0.00, 0.01, -0.01, 0.01, 0.00, -0.01, 0.01, 0.00, -0.01, 0.00};

std::vector<double> Noisy(double shift) {
  std::vector<double> sum = Plus(kBase, shift);
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += kNoise[i];
  return sum;
}

TEST(SeedPairs, ShowALargeDifferenceInItsDirection) {
  std::vector<SeedPairs> pairs = {{.family = "f", .name = "up", .a = Noisy(0.05), .b = kBase},
                                  {.family = "f", .name = "down", .a = Noisy(-0.05), .b = kBase}};
  JudgeTogether(pairs);
  EXPECT_TRUE(pairs[0].above() && !pairs[0].below());
  EXPECT_TRUE(pairs[1].below() && !pairs[1].above());
}

TEST(SeedPairs, ShowNothingWhereTheDifferenceIsThatOfSeeds) {
  std::vector<SeedPairs> pairs = {{.family = "f", .name = "same", .a = Noisy(0.0), .b = kBase}};
  JudgeTogether(pairs);
  EXPECT_FALSE(pairs[0].above() || pairs[0].below());
}

TEST(SeedPairs, CountALossBelowTheMarginAsGood) {
  std::vector<SeedPairs> pairs = {
      {.family = "f", .name = "within", .a = Noisy(-0.005), .b = kBase, .margin = 0.02},
      {.family = "f", .name = "beyond", .a = Noisy(-0.05), .b = kBase, .margin = 0.02},
      {.family = "f", .name = "equal", .a = kBase, .b = kBase, .margin = 0.02}};
  JudgeTogether(pairs);
  EXPECT_TRUE(pairs[0].above());
  EXPECT_TRUE(pairs[1].below());
  EXPECT_TRUE(pairs[2].above());
}

TEST(SeedPairs, AreJudgedMoreStrictlyInCompany) {
  std::vector<SeedPairs> alone = {{.family = "f", .name = "x", .a = Noisy(0.01), .b = kBase}};
  std::vector<SeedPairs> company(20, {.family = "g", .name = "y", .a = Noisy(0.0), .b = kBase});
  company.push_back(alone[0]);
  JudgeTogether(alone);
  JudgeTogether(company);
  EXPECT_GT(company.back().p, alone[0].p);
  EXPECT_EQ(FamilyOf(company, "f").size(), 1u);
}

TEST(SeedPairs, OfOneSeedShowNothing) {
  std::vector<SeedPairs> pairs = {{.family = "f", .name = "one", .a = {0.9}, .b = {0.1}}};
  JudgeTogether(pairs);
  EXPECT_EQ(pairs[0].p, 1.0);
}

}  // namespace
}  // namespace lanegrad
