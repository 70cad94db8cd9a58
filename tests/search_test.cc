// SPDX-License-Identifier: Apache-2.0
//
// The claims of a search: its points are spread evenly and are the same everywhere, values lie in
// their ranges, and names are understood or answered.
#include "experiments/runs/search.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "experiments/comparison/comparison_facts.h"
#include "network/synthetic.h"
#include "tests/plan_fixture.h"

namespace lanegrad {
namespace {

TEST(ScrambledHalton, PutsOnePointInEachCellOfItsBase) {
  // Of any b^k neighbouring points from a multiple of b^k on, each interval of b^-k has one.
  const std::size_t bases[] = {2, 3, 5, 7};
  for (std::size_t dimension = 0; dimension < 4; ++dimension) {
    const std::size_t count = bases[dimension] * bases[dimension];
    for (const std::uint64_t first : {std::uint64_t{0}, std::uint64_t{3 * count}}) {
      std::set<std::size_t> hit;
      for (std::size_t i = 0; i < count; ++i) {
        const double point = ScrambledHalton(7, dimension, first + i);
        ASSERT_GE(point, 0.0);
        ASSERT_LT(point, 1.0);
        hit.insert(static_cast<std::size_t>(point * static_cast<double>(count)));
      }
      EXPECT_EQ(hit.size(), count) << dimension;
    }
  }
}

TEST(ScrambledHalton, IsUniformOverSeedsAndNotTheSameForTwo) {
  // The unscrambled sequence begins at 0 with every seed; a scrambled point is uniform.
  double sum = 0.0, squares = 0.0;
  constexpr int kSeeds = 4000;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const double point = ScrambledHalton(seed, 1, 0);
    sum += point;
    squares += point * point;
  }
  EXPECT_NEAR(sum / kSeeds, 0.5, 0.02);
  EXPECT_NEAR(squares / kSeeds - 0.25, 1.0 / 12.0, 0.01);
  EXPECT_NE(ScrambledHalton(1, 0, 5), ScrambledHalton(2, 0, 5));
}

TEST(ScrambledHalton, IntegratesASmoothProductBetterThanChanceWould) {
  // The integral of (3/2)^2 sqrt(x) sqrt(y) over the unit square is 1; 256 random points miss it
  // by 0.033 (a standard deviation).
  double worst = 0.0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    double sum = 0.0;
    for (std::uint64_t i = 0; i < 256; ++i) {
      sum += 2.25 * std::sqrt(ScrambledHalton(seed, 0, i) * ScrambledHalton(seed, 1, i));
    }
    worst = std::max(worst, std::fabs(sum / 256.0 - 1.0));
  }
  EXPECT_LT(worst, 0.02);
}

TEST(SearchRange, ValueAndPlaceAreInverse) {
  for (const SettingsField& field : SettingsFields()) {
    if (field.search == nullptr) continue;
    const SearchRange range = field.search(Settings());
    EXPECT_NEAR(ValueAt(range, 0.0), range.low, 1e-12 * range.high) << field.name;
    EXPECT_NEAR(ValueAt(range, 1.0), range.high, 1e-12 * range.high) << field.name;
    EXPECT_NEAR(PlaceOf(range, ValueAt(range, 0.3)), 0.3, 1e-9) << field.name;
    EXPECT_LE(PlaceOf(range, 0.9 * range.low), 0.0) << field.name;
  }
}

TEST(SearchRange, TheRateFollowsTheOptimizer) {
  Settings adam;
  adam.optimizer = "adam";
  const SearchRange sgd_range = FieldNamed("rate").search(Settings());
  const SearchRange adam_range = FieldNamed("rate").search(adam);
  EXPECT_NEAR(sgd_range.low / adam_range.low, 100.0, 1e-3);
  EXPECT_NEAR(sgd_range.high, 30.0, 1e-5);
}

TEST(ParseTuned, UnderstandsUnderscoresAndAnyOrder) {
  const std::vector<std::string> both = {"rate", "momentum", "weight-decay"};
  EXPECT_EQ(ParseTuned("rate,momentum,weight_decay"), both);
  EXPECT_EQ(ParseTuned("weight-decay,rate,momentum"), both);
}

TEST(ParseTuned, SaysWhatWasMeant) {
  const auto complaint = [](std::string_view text) -> std::string {
    try {
      ParseTuned(text);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "none";
  };
  EXPECT_NE(complaint("rate,momentun").find("did you mean 'momentum'"), std::string::npos);
  EXPECT_NE(complaint("rate,rate").find("twice"), std::string::npos);
  EXPECT_NE(complaint("loss").find("cannot be tuned"), std::string::npos);
  EXPECT_NE(complaint("").find("setting to tune"), std::string::npos);
}

TEST(SettingsToTry, MoreBudgetGoesOnWithTheSamePoints) {
  Settings cell;
  cell.optimizer = "adamw";
  const std::vector<std::string> names = {"rate", "momentum", "batch"};
  const auto few = SettingsToTry({.settings = names, .budget = 8, .seed = 3}, cell, cell);
  const auto many = SettingsToTry({.settings = names, .budget = 40, .seed = 3}, cell, cell);
  ASSERT_EQ(few.size(), 8u);
  ASSERT_EQ(many.size(), 40u);
  std::set<std::string> different;
  for (std::size_t i = 0; i < few.size(); ++i) EXPECT_EQ(Canonical(few[i]), Canonical(many[i]));
  for (const Settings& each : many) {
    different.insert(Canonical(each));
    EXPECT_GE(each.rate, 1e-5f);
    EXPECT_LE(each.rate, 0.3f);
    EXPECT_GE(each.momentum, 0.5f);
    EXPECT_LE(each.momentum, 0.999f);
    EXPECT_GE(each.batch, 8u);
    EXPECT_LE(each.batch, 512u);
  }
  EXPECT_EQ(different.size(), 40u);
  EXPECT_NE(Canonical(few[0]),
            Canonical(SettingsToTry({.settings = names, .budget = 1, .seed = 4}, cell, cell)[0]));
}

TEST(SettingsToTry, LeavesAloneWhatHasNoEffectAndUsesTheSamePlacesForTheRest) {
  Settings sgd, momentum;
  momentum.optimizer = "momentum";
  const Search search = {.settings = {"rate", "momentum"}, .budget = 5, .seed = 1};
  const auto plain = SettingsToTry(search, sgd, sgd);
  const auto heavy = SettingsToTry(search, momentum, momentum);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_TRUE(std::isnan(plain[i].momentum));
    EXPECT_FALSE(std::isnan(heavy[i].momentum));
    EXPECT_NEAR(plain[i].rate / heavy[i].rate, 10.0f, 0.02f);  // 0.1 over 0.01
  }
  EXPECT_EQ(TriedText(plain[0], search.settings).find("momentum"), std::string::npos);
  EXPECT_NE(TriedText(heavy[0], search.settings).find(", momentum 0."), std::string::npos);
}

class SearchPlanTest : public PlanTest {
 protected:
  SearchPlanTest() {
    protocol_.grid.clear();
    Vary("optimizer=sgd,momentum");
    protocol_.search = {.settings = {"rate", "momentum"}, .budget = 6, .seed = 1};
  }
};

TEST_F(SearchPlanTest, EveryCellHasTheSameNumberOfTrials) {
  const TuningPlan plan = PlanTuning(protocol_, data_);
  EXPECT_EQ(plan.cells, 2u);
  EXPECT_EQ(plan.runs.size(), 2u * 6u * 2u);
}

TEST_F(SearchPlanTest, TheBestTrialOfEachCellIsRunAgainAndFoundAgainInItsRecords) {
  const TuningPlan plan = PlanTuning(protocol_, data_);
  const PlanRecords tuned = Run(plan.runs, data_, "a");
  const std::vector<ComparisonCell> cells = ChooseRates(protocol_, plan, tuned, data_);
  ASSERT_EQ(cells.size(), 2u);
  for (const ComparisonCell& cell : cells) {
    ASSERT_EQ(cell.trials.size(), 6u);
    for (const RateTrials& trial : cell.trials) {
      EXPECT_EQ(trial.accuracies.size(), 2u);
      EXPECT_LE(trial.mean(), cell.trials[cell.best].mean());
    }
    EXPECT_EQ(cell.settings.rate, cell.trials[cell.best].settings.rate);
    EXPECT_EQ(cell.settings.momentum, cell.trials[cell.best].settings.momentum);
  }
  const std::vector<PlannedRun> finals = PlanFinals(cells, protocol_, data_);
  ASSERT_EQ(finals.size(), 6u);
  const PlanRecords ended = Run(finals, data_, "a");
  // From the records alone: the same axes, cells and choice.
  std::vector<RunRecord> records;
  for (const auto& each : tuned) records.push_back(*each);
  for (const auto& each : ended) records.push_back(*each);
  ComparisonFacts facts = FactsOfRecords(records);
  EXPECT_EQ(facts.searched, protocol_.search.settings);
  ASSERT_EQ(facts.grid.size(), 1u);
  EXPECT_EQ(facts.grid[0].setting, "optimizer");
  const Comparison comparison = MakeComparison(records, facts);
  ASSERT_EQ(comparison.cells.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(comparison.cells[i].finals.size(), 3u);
    EXPECT_EQ(comparison.cells[i].BestText(), cells[i].BestText());
  }
}

TEST_F(SearchPlanTest, WhatHasNoEffectOnAnyCellIsRefused) {
  protocol_.grid.clear();
  try {
    PlanTuning(protocol_, data_);
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_STREQ(error.what(),
                 "momentum has no effect with optimizer 'sgd'; take it from --tune, or vary "
                 "optimizer too");
  }
}

}  // namespace
}  // namespace lanegrad
