// SPDX-License-Identifier: Apache-2.0
#include "experiments/ethics/groups.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/small_images.h"

namespace lanegrad {
namespace {

const std::vector<Group> kGroups = {{.source = 0, .label = 0, .train = 40},
                                    {.source = 1, .label = 1, .train = 40},
                                    {.source = 2, .label = 1, .train = 5}};

std::vector<std::size_t> Counts(const std::vector<std::uint8_t>& groups) {
  std::vector<std::size_t> counts(3);
  for (const std::uint8_t each : groups) ++counts[each];
  return counts;
}

std::set<std::vector<std::uint8_t>> Rows(const Samples& samples) {
  std::set<std::vector<std::uint8_t>> rows;
  for (std::size_t i = 0; i < samples.count; ++i) {
    const auto first = samples.bytes.begin() + static_cast<std::ptrdiff_t>(i * samples.features);
    rows.emplace(first, first + static_cast<std::ptrdiff_t>(samples.features));
  }
  return rows;
}

TEST(Groups, AreDrawnInTheirNumbersWithTheirLabels) {
  const GroupedData drawn = DrawGroups(SmallImages(), kGroups, 10, JudgedBy::kTest, 1);
  EXPECT_EQ(Counts(drawn.train_groups), (std::vector<std::size_t>{40, 40, 5}));
  EXPECT_EQ(Counts(drawn.test_groups), (std::vector<std::size_t>{10, 10, 10}));
  EXPECT_EQ(drawn.data.classes, 2u);
  for (std::size_t i = 0; i < drawn.train_groups.size(); ++i) {
    EXPECT_EQ(drawn.data.train.labels[i], kGroups[drawn.train_groups[i]].label);
  }
  EXPECT_THROW(DrawGroups(SmallImages(), kGroups, 5000, JudgedBy::kTest, 1), DataError);
}

TEST(Groups, AreJudgedByHeldOutSamplesThatAreNotLearnedFrom) {
  const GroupedData drawn = DrawGroups(SmallImages(), kGroups, 30, JudgedBy::kHeldOut, 1);
  const auto train = Rows(drawn.data.train), held_out = Rows(drawn.data.test);
  EXPECT_EQ(train.size(), 85u);  // none twice
  EXPECT_EQ(held_out.size(), 90u);
  for (const auto& each : held_out) EXPECT_FALSE(train.count(each));
}

TEST(Groups, ThatAreRareArePartOfWhatACommonDrawHas) {
  std::vector<Group> common = kGroups;
  common[2].train = 40;
  const auto some = Rows(DrawGroups(SmallImages(), kGroups, 10, JudgedBy::kTest, 4).data.train);
  const auto all = Rows(DrawGroups(SmallImages(), common, 10, JudgedBy::kTest, 4).data.train);
  EXPECT_TRUE(std::includes(all.begin(), all.end(), some.begin(), some.end()));
}

TEST(Groups, AreBalancedByRepeatingOrByDropping) {
  const GroupedData drawn = DrawGroups(SmallImages(), kGroups, 10, JudgedBy::kTest, 1);
  const GroupedData repeated = Balanced(drawn, 3, Balance::kRepeat);
  EXPECT_EQ(Counts(repeated.train_groups), (std::vector<std::size_t>{40, 40, 40}));
  EXPECT_EQ(Rows(repeated.data.train), Rows(drawn.data.train));  // nothing new, nothing lost
  const GroupedData dropped = Balanced(drawn, 3, Balance::kDrop);
  EXPECT_EQ(Counts(dropped.train_groups), (std::vector<std::size_t>{5, 5, 5}));
  EXPECT_EQ(dropped.test_groups, drawn.test_groups);
}

TEST(GroupRecalls, AreZeroAndOneForANetworkThatAlwaysSaysTheSame) {
  const GroupedData drawn = DrawGroups(SmallImages(), kGroups, 10, JudgedBy::kTest, 1);
  Network network(std::vector<std::size_t>{40, 2}, Activation::Named("relu"),
                  Activation::Named("identity"));
  network.layers()[0].bias[1] = 1.0f;  // class 1, which groups 1 and 2 are
  EXPECT_EQ(GroupRecalls(network, drawn, 3), (std::vector<double>{0.0, 1.0, 1.0}));
}

}  // namespace
}  // namespace lanegrad
