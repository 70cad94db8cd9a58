// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison/comparison_answer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "experiments/comparison/comparison_table.h"
#include "tests/made_records.h"

namespace lanegrad {
namespace {

using Result = std::function<MadeRun(const Settings&, bool)>;
using Sentences = std::vector<std::string>;

std::vector<ComparisonCell> Ranked(const std::vector<Axis>& grid, std::size_t seeds,
                                   const Result& result) {
  const std::vector<RunRecord> records = MadeComparison(grid, 2, seeds, result);
  ComparisonFacts facts = FactsOfRecords(records);
  return MakeComparison(records, facts).ranked;
}

// The answer but for what it ends with, which has a test of its own.
Sentences Answer(const std::vector<ComparisonCell>& ranked) {
  Sentences answer = AnswerSentences(ranked);
  EXPECT_TRUE(answer.back().starts_with("The same runs are right on ")) << answer.back();
  answer.pop_back();
  return answer;
}

const Axis kRates = ParseAxis("rate=0.01,0.1,1");
const Axis kActivations = ParseAxis("activation=relu,tanh,gelu");

// Best at the middle rate; 0.5 points below at the smaller, 5 at the larger.
double OfRate(const Settings& settings) {
  return settings.rate == 0.1f ? 0.0 : settings.rate < 0.1f ? -0.005 : -0.05;
}

TEST(ComparisonAnswerTest, AClearWinnerIsToBeUsed) {
  const auto ranked = Ranked({kActivations, kRates}, 6, [](const Settings& s, bool tuning) {
    const double top = s.activation == "tanh" ? 0.9 : s.activation == "relu" ? 0.8 : 0.6;
    const double noise = tuning ? 0.0 : 0.001 * (s.seed % 2 == 0 ? 1.0 : -1.0);
    return MadeRun{top + OfRate(s) + noise * (s.activation == "tanh" ? 1.0 : 0.5), false};
  });
  EXPECT_EQ(
      Answer(ranked),
      (Sentences{"Use tanh at rate 0.1: 89.00 % of test samples right, mean of 6 seeds. Every "
                 "other cell that was tested is shown to be worse.",
                 "The good rates of tanh reach from 0.01 to 0.1: at most 1 point below the best "
                 "on held-out samples; they may reach farther, since no smaller one was tried.",
                 "Avoid, as shown to be worse: gelu (-30.00 points) and relu (-10.00 points)."}));
}

TEST(ComparisonAnswerTest, CellsWithoutACommonSeedAreNotCalledTied) {
  std::vector<RunRecord> records =
      MadeComparison({kActivations, kRates}, 2, 4, [](const Settings& s, bool) {
        return MadeRun{(s.activation == "tanh" ? 0.9 : 0.85) + OfRate(s), false};
      });
  for (RunRecord& record : records) {
    if (record.phase != "final" || record.settings.activation != "gelu") continue;
    record.settings.seed += 100;
    record.key += "-other";
  }
  ComparisonFacts facts = FactsOfRecords(records);
  const auto ranked = MakeComparison(records, facts).ranked;
  for (const ComparisonCell& cell : ranked) {
    EXPECT_EQ(cell.verdict == kNoCommonSeed, cell.labels[0] == "gelu") << cell.Name();
  }
  std::string answer;
  for (const std::string& sentence : AnswerSentences(ranked)) answer += sentence + " ";
  EXPECT_NE(answer.find("Not compared with it, since no seed is common to both: gelu."),
            std::string::npos)
      << answer;
  EXPECT_EQ(answer.find("tied with it, which is to say that no difference is shown: gelu"),
            std::string::npos)
      << answer;
}

TEST(ComparisonAnswerTest, ATieAtTheTopIsNamed) {
  const auto ranked = Ranked({kActivations, kRates}, 6, [](const Settings& s, bool tuning) {
    const double top = s.activation == "gelu" ? 0.6 : 0.8;
    // relu and tanh take turns, relu wins by more.
    const bool odd = s.seed % 2 == 1;
    const double turn = !tuning && odd == (s.activation != "tanh") ? 0.001 : 0.0;
    return MadeRun{top + OfRate(s) + turn * (s.activation == "relu" ? 2.0 : 1.0), false};
  });
  const auto answer = Answer(ranked);
  ASSERT_EQ(answer.size(), 4u);
  EXPECT_EQ(answer[0], "Use relu at rate 0.1: 79.10 % of test samples right, mean of 6 seeds.");
  EXPECT_EQ(answer[1],
            "Statistically tied with it, which is to say that no difference is shown: tanh.");
  EXPECT_EQ(answer[3], "Avoid, as shown to be worse: gelu (-20.05 points).");
}

TEST(ComparisonAnswerTest, WhereAllAreTiedNothingIsDecided) {
  const auto ranked = Ranked({kActivations, kRates}, 5, [](const Settings& s, bool) {
    return MadeRun{0.8 + OfRate(s) + 0.004 * MadeNoise(s), false};
  });
  const auto answer = Answer(ranked);
  EXPECT_TRUE(answer[0].starts_with("Nothing is decided. The highest accuracy is that of "));
  EXPECT_TRUE(answer[0].ends_with("; but no other cell is shown to be worse."));
  EXPECT_EQ(answer[1].find("Statistically tied with it"), 0u);
  EXPECT_EQ(answer.back(),
            "Nothing is shown to be worth avoiding: no cell is shown to be worse, and at no rate "
            "did half of the runs fail.");
}

TEST(ComparisonAnswerTest, WhatHeldOutSamplesSayMoreThanTestSamplesIsSaidAndExplained) {
  auto ranked = Ranked({kActivations, kRates}, 4, [](const Settings& s, bool) {
    return MadeRun{0.8 + OfRate(s), false};
  });
  const auto last = [&](std::size_t samples, double more) {
    for (ComparisonCell& cell : ranked) {
      cell.settings.validation = samples;
      for (ComparedRun& run : cell.finals) {
        run.test = 0.8;
        run.held_out = 0.8 + more;
      }
    }
    return AnswerSentences(ranked).back();
  };
  EXPECT_EQ(last(2000, 0.01),
            "The same runs are right on 81.00 % of the held-out samples and on 80.00 % of the test "
            "samples. So small a difference may be chance, which alone explains up to 1.7 points "
            "with 2000 held-out samples.");
  EXPECT_NE(last(10000, 0.01).find("the two sets are not equally hard"), std::string::npos);
  EXPECT_NE(last(2000, -0.03).find("the two sets are not equally hard"), std::string::npos);
  EXPECT_EQ(last(0, 0.01).find("held-out samples and on"), std::string::npos)
      << "nothing is held out";
}

TEST(ComparisonAnswerTest, WhereAllDivergedNothingIsToBeUsed) {
  const auto ranked = Ranked({kActivations, kRates}, 3, [](const Settings&, bool) {
    return MadeRun{0.1, true};
  });
  EXPECT_EQ(AnswerSentences(ranked),
            (Sentences{"Use none of these settings: at the best rates, 9 of 9 runs diverged. "
                       "Lower rates, another initialiser or more samples may help.",
                       "Avoid rates 0.01 (6 of 6 runs diverged), 0.1 (6 of 6 runs diverged) "
                       "and 1 (6 of 6 runs diverged)."}));
}

TEST(ComparisonAnswerTest, OneCellIsComparedWithNothing) {
  const auto ranked = Ranked({kRates}, 3, [](const Settings& s, bool) {
    return MadeRun{0.8 + OfRate(s), s.rate == 1.0f && s.seed == 2};
  });
  EXPECT_EQ(
      Answer(ranked),
      (Sentences{"Use rate 0.1: 79.00 % of test samples right, mean of 3 seeds. No other cell was "
                 "tested, so that there is nothing to compare it with.",
                 "The good rates reach from 0.01 to 0.1: at most 1 point below the best on "
                 "held-out samples; they may reach farther, since no smaller one was tried.",
                 "Avoid rate 1 (1 of 2 runs diverged)."}));
}

TEST(ComparisonAnswerTest, OneSeedDecidesNothing) {
  const auto ranked = Ranked({kActivations, kRates}, 1, [](const Settings& s, bool) {
    return MadeRun{(s.activation == "tanh" ? 0.9 : 0.5) + OfRate(s), false};
  });
  const auto answer = AnswerSentences(ranked);
  EXPECT_EQ(answer[0],
            "Nothing is decided. The highest accuracy is that of tanh at rate 0.1: 89.00 % of test "
            "samples right, 1 seed; but one seed cannot show a difference.");
  EXPECT_EQ(answer[1],
            "Statistically tied with it, which is to say that no difference is shown: relu and "
            "gelu.");
}

TEST(ComparisonAnswerTest, AGoodRateMayBeAlone) {
  const auto answer = AnswerSentences(Ranked({kRates}, 3, [](const Settings& s, bool) {
    return MadeRun{s.rate == 0.1f ? 0.8 : 0.7, false};
  }));
  EXPECT_EQ(answer[1],
            "Of the rates tried, only 0.1 is good: the next ones are more than 1 point below it on "
            "held-out samples.");
}

TEST(ComparisonAnswerTest, ACellThatWasNotTestedDecidesNothing) {
  std::vector<RunRecord> records = MadeComparison({kActivations, kRates}, 2, 2, PlausibleRun);
  std::erase_if(records, [](const RunRecord& record) { return record.phase == "final"; });
  ComparisonFacts facts = FactsOfRecords(records);
  const auto answer = AnswerSentences(MakeComparison(records, facts).ranked);
  EXPECT_EQ(answer[0], "Nothing is decided: no run has read the test samples yet.");
}

TEST(ComparisonAnswerTest, GoodRatesEndWhereOneIsNotGood) {
  ComparisonCell cell;
  for (const double accuracy : {0.80, 0.70, 0.795, 0.80, 0.791, 0.789, 0.80}) {
    cell.trials.push_back({.rate = 0.1f * static_cast<float>(cell.trials.size() + 1),
                           .accuracies = {accuracy},
                           .outcomes = {},
                           .runs = {}});
  }
  cell.best = 3;
  const GoodRates good = FindGoodRates(cell);
  EXPECT_EQ(good.first, 2u);
  EXPECT_EQ(good.last, 4u);
}

TEST(ComparisonAnswerTest, ARankingFitsItsTerminalWhereItCan) {
  const std::vector<RunRecord> records = MadeComparison(GoalGrid(), 2, 3, PlausibleRun);
  ComparisonFacts facts = FactsOfRecords(records);
  const auto ranked = MakeComparison(records, facts).ranked;
  std::size_t last = 0;
  for (const std::size_t columns : {80u, 100u, 120u}) {
    const Table table = RankTable(ranked, facts, columns);
    EXPECT_LE(TableWidth(table), columns);
    EXPECT_GE(TableWidth(table), last);
    last = TableWidth(table);
  }
  EXPECT_EQ(TableWidth(RankTable(ranked, facts)), last) << "there is no more to say";
}

TEST(ComparisonAnswerTest, TheDifferenceToTheBestIsPairedBySeed) {
  // Seeds differ by ten points, cells by one.
  const auto ranked = Ranked({ParseAxis("activation=relu,tanh")}, 5, [](const Settings& s, bool) {
    const double cell = s.activation == "relu" ? 0.01 + 0.001 * static_cast<double>(s.seed % 2) : 0;
    return MadeRun{0.5 + 0.1 * static_cast<double>(s.seed % 4) + cell, false};
  });
  const PairedDifference difference = DifferenceToFirst(ranked[1]);
  EXPECT_NEAR(difference.mean, -0.0106, 1e-12);
  EXPECT_NEAR(difference.half, 2.776445 * std::sqrt(0.3e-6 / 5.0), 1e-8);
  EXPECT_TRUE(std::isnan(DifferenceToFirst(ranked[0]).mean));
}

}  // namespace
}  // namespace lanegrad
