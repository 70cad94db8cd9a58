// SPDX-License-Identifier: Apache-2.0
#include "experiments/cluster/handout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "kernels/random.h"

namespace lanegrad {
namespace {

std::vector<std::size_t> FirstNumbers(std::size_t count) {
  std::vector<std::size_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), std::size_t{0});
  return numbers;
}

// Whatever happens: ranks of several sizes that come, finish in any order, leave with what they
// have, and report what is not theirs.
TEST(HandoutTest, EveryRunIsFinishedOnceWhoeverComesAndLeaves) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    constexpr std::size_t kRuns = 200, kRanks = 5;
    Handout handout(FirstNumbers(kRuns));
    RandomStream random(seed, Stream::kShuffle);
    std::vector<std::set<std::size_t>> hands(kRanks);
    std::vector<std::size_t> finished(kRuns, 0);
    handout.Join(0, 2);
    for (int step = 0; !handout.Done(); ++step) {
      ASSERT_LT(step, 100000) << "seed " << seed;
      const std::size_t rank = random.Below(kRanks);
      const std::size_t what = random.Below(20);
      if (what == 0 && rank > 0) {
        handout.Leave(rank);
        // What it says afterwards comes too late.
        for (const std::size_t run : hands[rank]) EXPECT_FALSE(handout.Finish(rank, run, 1.0));
        hands[rank].clear();
      } else if (what == 1 && rank > 0) {
        handout.Join(rank, 1 + rank);
      } else if (what < 10) {
        for (const std::size_t run : handout.Next(rank)) {
          for (const auto& other : hands) ASSERT_FALSE(other.contains(run)) << "in two hands";
          ASSERT_EQ(finished[run], 0u) << "handed out although it was finished";
          hands[rank].insert(run);
        }
      } else if (!hands[rank].empty()) {
        const std::size_t run = *hands[rank].begin();
        ASSERT_TRUE(handout.Finish(rank, run, seed % 2 == 0 ? 0.001 : 1.0));
        EXPECT_FALSE(handout.Finish(rank, run, 1.0)) << "finished twice";
        ++finished[run];
        hands[rank].erase(run);
      }
    }
    EXPECT_EQ(std::count(finished.begin(), finished.end(), 1u), static_cast<std::ptrdiff_t>(kRuns));
  }
}

TEST(HandoutTest, LongRunsAreGivenOneByOneInTheirOrder) {
  Handout handout(FirstNumbers(10));
  handout.Join(1, 2);
  EXPECT_EQ(handout.Next(1), (std::vector<std::size_t>{0, 1}));
  EXPECT_TRUE(handout.Next(1).empty());
  handout.Finish(1, 1, 60.0);
  EXPECT_EQ(handout.Next(1), (std::vector<std::size_t>{2}));
}

TEST(HandoutTest, ShortRunsAreGivenAheadAndNobodyPilesUpTheLast) {
  constexpr std::size_t kRuns = 100, kRanks = 4;
  Handout handout(FirstNumbers(kRuns));
  for (std::size_t rank = 0; rank < kRanks; ++rank) handout.Join(rank, 1);
  handout.Next(0);
  handout.Finish(0, 0, 0.001);
  const std::size_t many = handout.Next(0).size();
  EXPECT_GT(many, 10u);
  // A share of what is left, and the one that it trains.
  EXPECT_LE(many, (kRuns - 1) / kRanks + 1);
}

TEST(HandoutTest, WhatOneLeavesBehindComesBeforeEverythingElse) {
  Handout handout(FirstNumbers(10));
  handout.Join(1, 3);
  handout.Next(1);
  handout.Leave(1);
  EXPECT_FALSE(handout.Anybody());
  EXPECT_FALSE(handout.Done());
  handout.Join(2, 3);
  EXPECT_EQ(handout.Next(2), (std::vector<std::size_t>{0, 1, 2}));
}

TEST(HandoutTest, AStrangerIsGivenNothing) {
  Handout handout(FirstNumbers(10));
  EXPECT_TRUE(handout.Next(3).empty());
  EXPECT_FALSE(handout.Finish(3, 0, 1.0));
  handout.Leave(3);
  EXPECT_FALSE(handout.Done());
}

}  // namespace
}  // namespace lanegrad
