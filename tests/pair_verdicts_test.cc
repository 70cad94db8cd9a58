// SPDX-License-Identifier: Apache-2.0
#include "experiments/verdicts/pair_verdicts.h"

#include <gtest/gtest.h>

#include <vector>

namespace lanegrad {
namespace {

// Pairs that are judged already: a difference, and its p value.
SeedPairs Judged(double difference, double p) {
  SeedPairs pairs = {.family = "f", .name = "n", .a = {}, .b = {}};
  pairs.found = {.difference = difference, .interval = {-0.01, 0.03}, .p = p, .sign_p = p};
  pairs.p = p;
  return pairs;
}

TEST(PairVerdicts, OfOneComparisonFollowSignAndSignificance) {
  EXPECT_EQ(VerdictOf(Judged(0.1, 0.01)), Verdict::kSupported);
  EXPECT_EQ(VerdictOf(Judged(-0.1, 0.01)), Verdict::kNotSupported);
  EXPECT_EQ(VerdictOf(Judged(0.1, 0.2)), Verdict::kNotDecided);
}

TEST(PairVerdicts, OfAFamilyNeedAllForSupportAndOneForQualification) {
  const SeedPairs up = Judged(0.1, 0.01), down = Judged(-0.1, 0.01), open = Judged(0.1, 0.5);
  EXPECT_EQ(VerdictOf(std::vector{up, up}), Verdict::kSupported);
  EXPECT_EQ(VerdictOf(std::vector{up, open}), Verdict::kQualified);
  EXPECT_EQ(VerdictOf(std::vector{up, down}), Verdict::kQualified);
  EXPECT_EQ(VerdictOf(std::vector{open, down}), Verdict::kNotSupported);
  EXPECT_EQ(VerdictOf(std::vector{open, open}), Verdict::kNotDecided);
  EXPECT_EQ(VerdictOf(std::vector<SeedPairs>{}), Verdict::kNotDecided);
}

TEST(PairVerdicts, NameThoseThatAreShown) {
  SeedPairs first = Judged(0.1, 0.01), second = Judged(0.2, 0.01), third = Judged(-0.1, 0.01);
  first.name = "first";
  second.name = "second";
  third.name = "third";
  const std::vector<SeedPairs> family = {first, third, second};
  EXPECT_EQ(NamesOf(family, &SeedPairs::above), "first, second");
  EXPECT_EQ(NamesOf(family, &SeedPairs::below), "third");
  EXPECT_EQ(NamesOf({first}, &SeedPairs::below), "none");
}

TEST(PairVerdicts, AreSaidInPointsWithTheirInterval) {
  EXPECT_EQ(PointsText(Judged(0.0123, 0.01).found), "+1.23 points (95 % interval -1.00 to +3.00)");
}

}  // namespace
}  // namespace lanegrad
