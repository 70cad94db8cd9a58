// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison/comparison.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "experiments/comparison/comparison_facts.h"
#include "experiments/comparison/time_to_target.h"
#include "tests/made_records.h"

namespace lanegrad {
namespace {

const std::vector<Axis> kGrid = {ParseAxis("activation=relu,tanh,gelu"),
                                 ParseAxis("loss=mse,softmax_cross_entropy"),
                                 ParseAxis("rate=0.01,0.1,1")};

Comparison Made(const std::vector<RunRecord>& records, ComparisonFacts* kept = nullptr) {
  ComparisonFacts facts = FactsOfRecords(records);
  Comparison comparison = MakeComparison(records, facts);
  if (kept != nullptr) *kept = facts;
  return comparison;
}

TEST(ComparisonTest, TheGridIsReadOffTheRecords) {
  const std::vector<RunRecord> records = MadeComparison(kGrid, 2, 3, [](const Settings& s, bool) {
    return MadeRun{s.rate == 0.1f ? 0.8 : 0.5, false};
  });
  const ComparisonFacts facts = FactsOfRecords(records);
  ASSERT_EQ(facts.grid.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(facts.grid[i].setting, kGrid[i].setting);
    EXPECT_EQ(facts.grid[i].values, kGrid[i].values);
  }
  EXPECT_EQ(facts.tune_seeds, 2u);
  EXPECT_EQ(facts.final_seeds, 3u);
}

TEST(ComparisonTest, ASettingThatFollowsFromAnotherIsNoAxis) {
  std::vector<RunRecord> records = MadeComparison(kGrid, 1, 1, [](const Settings&, bool) {
    return MadeRun{0.5, false};
  });
  // As Resolve() does: the output follows from the loss, the initializer from the activation.
  for (RunRecord& record : records) {
    Settings& settings = record.settings;
    settings.output = settings.loss == "mse" ? "sigmoid" : "identity";
    settings.initializer = settings.activation == "tanh" ? "glorot_uniform" : "he_uniform";
  }
  const ComparisonFacts facts = FactsOfRecords(records);
  ASSERT_EQ(facts.grid.size(), 3u);
  EXPECT_EQ(facts.grid[0].setting, "activation");
  EXPECT_EQ(facts.grid[1].setting, "loss");
  EXPECT_EQ(facts.grid[2].setting, "rate");
}

TEST(ComparisonTest, CellsComeInGridOrderWhateverTheOrderOfRecords) {
  std::vector<RunRecord> records = MadeComparison(kGrid, 2, 2, PlausibleRun);
  std::reverse(records.begin(), records.end());
  ComparisonFacts facts = FactsOfRecords(records);
  facts.grid = kGrid;
  const Comparison comparison = MakeComparison(records, facts);
  std::vector<std::string> names;
  for (const ComparisonCell& cell : comparison.cells) names.push_back(cell.Name());
  EXPECT_EQ(names, (std::vector<std::string>{"relu · mse", "relu · softmax_cross_entropy",
                                             "tanh · mse", "tanh · softmax_cross_entropy",
                                             "gelu · mse", "gelu · softmax_cross_entropy"}));
}

TEST(ComparisonTest, NothingIsDroppedAndFailuresCountAsChance) {
  const std::vector<RunRecord> records = MadeComparison(kGrid, 4, 4, [](const Settings& s, bool) {
    if (s.activation == "gelu") return MadeRun{0.1, s.seed % 2 == 0};  // diverged or stuck
    return MadeRun{0.8, false};
  });
  OutcomeCounts all;
  for (const ComparisonCell& cell : Made(records).cells) {
    all.Add(CountOutcomes(cell));
    if (cell.labels[0] != "gelu") continue;
    EXPECT_EQ(cell.test.size(), 4u);
    EXPECT_EQ(cell.test_outcomes.failed(), 4u);
    EXPECT_NEAR(Mean(cell.test), 0.5 * (0.1 + 0.09), 1e-12) << "chance, and what the stuck reach";
  }
  EXPECT_EQ(all.all(), records.size());
  EXPECT_EQ(all.diverged, 2u * (3 * 2 + 2));
  EXPECT_EQ(all.stuck, 2u * (3 * 2 + 2));
}

TEST(ComparisonTest, OfSeveralRecordsOfOneRunTheLastCounts) {
  std::vector<RunRecord> records = MadeComparison(kGrid, 1, 2, [](const Settings&, bool) {
    return MadeRun{0.5, false};
  });
  RunRecord again = records.back();
  again.test_accuracy = 0.99;
  records.push_back(again);
  const Comparison comparison = Made(records);
  EXPECT_EQ(comparison.ranked[0].Name(), "gelu · softmax_cross_entropy");
  EXPECT_EQ(comparison.ranked[0].test.size(), 2u);
}

TEST(ComparisonTest, CellsArePairedBySeedAlsoWhereSomeAreMissing) {
  std::vector<RunRecord> records =
      MadeComparison({ParseAxis("activation=relu,tanh")}, 1, 6, [](const Settings& s, bool) {
        // Great differences between seeds, a small one between cells, the same for each seed.
        const double seed = 0.05 * static_cast<double>(s.seed % 7);
        const double jitter = 0.0001 * static_cast<double>(s.seed % 2);
        return MadeRun{0.5 + seed + (s.activation == "relu" ? 0.01 + jitter : 0.0), false};
      });
  std::erase_if(records, [](const RunRecord& record) {
    return record.settings.seed == 1003 && record.settings.activation == "tanh";
  });
  const Comparison comparison = Made(records);
  EXPECT_EQ(comparison.ranked[1].verdict, "worse");
  EXPECT_EQ(comparison.ranked[1].better, 0.0);
  const std::vector<std::vector<double>> blocks = TestBlocks(comparison.ranked);
  EXPECT_EQ(blocks[0].size(), 5u) << "seeds that both have";
  EXPECT_EQ(blocks[1].size(), 5u);
}

TEST(ComparisonTest, OneSeedShowsNoDifference) {
  const Comparison comparison = Made(MadeComparison(
      kGrid, 1, 1, [](const Settings& s, bool) { return MadeRun{s.loss == "mse" ? 0.9 : 0.2}; }));
  for (std::size_t i = 1; i < comparison.ranked.size(); ++i) {
    EXPECT_EQ(comparison.ranked[i].verdict, kNoDifference);
  }
}

TEST(ComparisonTest, AGreatDifferenceIsShown) {
  const Comparison comparison = Made(MadeComparison(kGrid, 1, 5, [](const Settings& s, bool) {
    return MadeRun{(s.activation == "tanh" ? 0.7 : 0.8) + 0.002 * MadeNoise(s), false};
  }));
  for (const ComparisonCell& cell : comparison.ranked) {
    if (cell.labels[0] == "tanh") {
      EXPECT_EQ(cell.verdict, "worse");
    }
  }
}

// The share of comparisons of equal cells in which any is called worse than the first. The
// first is picked by its result, so comparing with it alone would alarm more often.
double FalseAlarms(std::size_t cells, std::size_t seeds, int trials,
                   const std::function<double(RandomStream&, double block)>& draw) {
  int alarms = 0;
  for (int trial = 0; trial < trials; ++trial) {
    RandomStream random(static_cast<std::uint64_t>(trial), Stream::kBootstrap, 77);
    std::vector<ComparisonCell> made(cells);
    std::vector<RunRecord> records;
    std::vector<double> blocks(seeds);
    for (double& each : blocks) each = 0.02 * static_cast<double>(random.Normal());
    Settings base = MadeBase();
    for (std::size_t c = 0; c < cells; ++c) {
      base.batch = 16 + c;
      made[c].settings = base;
      made[c].labels = {std::to_string(c)};
      for (std::size_t s = 0; s < seeds; ++s) {
        base.seed = s;
        RunRecord record = MadeRecord(base, "final", {0.5, false});
        record.test_accuracy = draw(random, blocks[s]);
        records.push_back(std::move(record));
      }
    }
    RankByTest(made, records, 0.1);
    alarms += std::any_of(made.begin(), made.end(),
                          [](const ComparisonCell& cell) { return cell.verdict == "worse"; });
  }
  return alarms / static_cast<double>(trials);
}

TEST(ComparisonTest, EqualCellsAreSeldomCalledWorse) {
  constexpr int kTrials = 250;
  const double allowed = 0.05 + 2.5 * std::sqrt(0.05 * 0.95 / kTrials);
  const auto normal = [](RandomStream& random, double block) {
    return 0.8 + block + 0.005 * static_cast<double>(random.Normal());
  };
  EXPECT_LE(FalseAlarms(2, 3, kTrials, normal), allowed);
  EXPECT_LE(FalseAlarms(6, 5, kTrials, normal), allowed);
  // One run in ten diverges, in every cell alike.
  EXPECT_LE(FalseAlarms(4, 5, kTrials,
                        [&](RandomStream& random, double block) {
                          return random.Below(10) == 0 ? 0.1 : normal(random, block);
                        }),
            allowed);
  // Coarse accuracies, of a hundred test samples: many differences are equal by accident.
  EXPECT_LE(FalseAlarms(4, 3, kTrials,
                        [&](RandomStream& random, double block) {
                          return std::round(100.0 * normal(random, block)) / 100.0;
                        }),
            allowed);
}

TEST(TimeToTargetTest, IsTheFirstEpochThatReachesIt) {
  Settings settings = MadeBase();
  ComparedRun run = ViewRun(MadeRecord(settings, "final", {0.8, false}), 0.1);
  ASSERT_EQ(run.epochs.size(), 4u);
  run.epochs[0][0] = 0.2, run.epochs[1][0] = 0.6, run.epochs[2][0] = 0.4, run.epochs[3][0] = 0.9;
  const TimeToTarget time = ReachTarget(run, 0.55);
  EXPECT_EQ(time.epochs, 2.0) << "having been there counts";
  EXPECT_EQ(time.steps, 200.0) << "3,200 samples in batches of 32";
  EXPECT_NEAR(time.seconds, 0.25, 1e-12) << "half of its half second";
  EXPECT_TRUE(std::isinf(ReachTarget(run, 0.95).epochs));
  const ComparedRun lost = ViewRun(MadeRecord(settings, "final", {0.1, true}), 0.1);
  EXPECT_TRUE(std::isinf(ReachTarget(lost, 0.5).steps));
}

TEST(TimeToTargetTest, AMissIsInfiniteInTheMedian) {
  const double never = INFINITY;
  EXPECT_EQ(Median({3, 1, never}), 3.0);
  EXPECT_TRUE(std::isinf(Median({1, never, never})));
  EXPECT_TRUE(std::isinf(Median({1, never}))) << "half is not enough";
  EXPECT_TRUE(std::isinf(Median({never, never})));
  EXPECT_TRUE(std::isnan(Median({})));
}

}  // namespace
}  // namespace lanegrad
