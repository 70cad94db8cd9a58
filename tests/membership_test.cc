// SPDX-License-Identifier: Apache-2.0
#include "experiments/ethics/membership.h"

#include <gtest/gtest.h>

#include <numeric>

#include "kernels/random.h"
#include "network/evaluation.h"
#include "tests/small_images.h"

namespace lanegrad {
namespace {

using List = std::vector<double>;

TEST(AreaUnderCurve, IsOneWhereMembersHaveTheSmallerLossesAndZeroWhereTheyHaveTheLarger) {
  EXPECT_EQ(AreaUnderCurve({0.3, 0.1}, {0.5, 0.4, 0.9}), 1.0);
  EXPECT_EQ(AreaUnderCurve({0.5, 0.4, 0.9}, {0.3, 0.1}), 0.0);
}

TEST(AreaUnderCurve, CountsPairsAndHalfOfTheEqualOnes) {
  RandomStream random(7, Stream::kData);
  List members, others;
  for (int i = 0; i < 60; ++i) members.push_back(static_cast<double>(random.Below(20)));
  for (int i = 0; i < 45; ++i) others.push_back(static_cast<double>(random.Below(25)));
  double wins = 0.0;
  for (const double m : members) {
    for (const double o : others) wins += m < o ? 1.0 : m == o ? 0.5 : 0.0;
  }
  EXPECT_DOUBLE_EQ(AreaUnderCurve(members, others), wins / (60.0 * 45.0));
}

TEST(Advantage, IsTheShareOfMembersNamedLessThatOfOthers) {
  EXPECT_DOUBLE_EQ(Advantage(List{0.1, 0.2, 0.3, 0.4}, List{0.3, 0.5}, 0.3), 0.75 - 0.5);
  EXPECT_DOUBLE_EQ(Advantage(List{0.5}, List{0.1}, 0.2), -1.0);
}

// An attacker who sees only right and wrong: losses 0 and 1. [Yeom et al. 2018]
TEST(Advantage, IsTheGapOfAccuraciesWhereLossesAreZeroAndOne) {
  const List members = {0, 0, 0, 1, 0}, others = {0, 1, 1, 0, 1};
  EXPECT_DOUBLE_EQ(Advantage(members, others, 0.5), 0.8 - 0.4);
}

TEST(TruePositives, NamesAsManyOthersAsAreAllowedAndNoMore) {
  const List others = {5, 6, 7, 8};
  EXPECT_DOUBLE_EQ(TruePositives(List{1, 2, 5, 9}, others, 0.0), 0.5);    // below 5
  EXPECT_DOUBLE_EQ(TruePositives(List{1, 2, 5, 9}, others, 0.25), 0.75);  // below 6
  EXPECT_DOUBLE_EQ(TruePositives(List{1, 2, 5, 9}, others, 1.0), 1.0);
}

TEST(SampleLosses, HaveTheMeanThatEvaluationHas) {
  const Dataset data = SmallImages();
  Network network(std::vector<std::size_t>{40, 20, 3}, Activation::Named("relu"),
                  Activation::Named("identity"));
  network.Initialize(Initializer::Named("glorot_uniform"), 3);
  std::vector<std::uint32_t> all(data.train.count);
  std::iota(all.begin(), all.end(), 0u);
  const Loss loss = Loss::Named("softmax_cross_entropy");
  const List losses = SampleLosses(network, loss, data.train, all);
  ASSERT_EQ(losses.size(), 700u);
  const double mean = std::accumulate(losses.begin(), losses.end(), 0.0) / 700.0;
  EXPECT_NEAR(mean, EvaluateNetwork(network, loss, data.train, all).loss, 1e-9);
}

}  // namespace
}  // namespace lanegrad
