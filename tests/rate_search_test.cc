// SPDX-License-Identifier: Apache-2.0
#include "experiments/trials/rate_search.h"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <set>

#include "experiments/trials/side_by_side.h"

namespace lanegrad {
namespace {

RateSearch Small(std::size_t threads) {
  return {.rates = {0.1f, 1.0f, 10.0f}, .tune_seeds = 2, .final_seeds = 4, .threads = threads};
}

// Best at rate 1, whatever the seed.
std::vector<double> Peaked(const Trial& trial) {
  return {trial.rate == 1.0f ? 0.9 : 0.5, static_cast<double>(trial.seed)};
}

TEST(RateSearch, FindsTheRateWithTheHighestMeanAndRunsItAgain) {
  const RateSearchResult result = SearchRate(Small(1), Peaked);
  EXPECT_EQ(result.best, 1u);
  EXPECT_EQ(result.tuning, (std::vector<double>{0.5, 0.9, 0.5}));
  ASSERT_EQ(result.finals.size(), 4u);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(result.finals[i], (std::vector<double>{0.9, double(kFirstFinalSeed + i)}));
  }
}

TEST(RateSearch, TakesTheSmallestOfEquallyGoodRates) {
  EXPECT_EQ(SearchRate(Small(1), [](const Trial&) { return std::vector{0.5}; }).best, 0u);
}

TEST(RateSearch, NeverJudgesByASeedThatARateWasChosenWith) {
  std::mutex mutex;
  std::set<std::uint64_t> tuning, final;
  SearchRate(Small(2), [&](const Trial& trial) {
    const std::lock_guard lock(mutex);
    (trial.final ? final : tuning).insert(trial.seed);
    return Peaked(trial);
  });
  EXPECT_EQ(tuning.size(), 2u);
  EXPECT_EQ(final.size(), 4u);
  for (const std::uint64_t seed : tuning) EXPECT_FALSE(final.contains(seed));
}

TEST(RateSearch, GivesTheSameOnAnyNumberOfThreads) {
  const auto noisy = [](const Trial& trial) {
    return std::vector{1.0 / (trial.rate + static_cast<double>(trial.seed))};
  };
  const RateSearchResult one = SearchRate(Small(1), noisy), four = SearchRate(Small(4), noisy);
  EXPECT_EQ(one.tuning, four.tuning);
  EXPECT_EQ(one.finals, four.finals);
}

TEST(SideBySide, DoesEveryJobOnce) {
  std::vector<std::atomic<int>> done(100);
  SideBySide(done.size(), 4, [&](std::size_t i) { ++done[i]; });
  for (const auto& each : done) EXPECT_EQ(each, 1);
}

}  // namespace
}  // namespace lanegrad
