// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment/listed_cells.h"

#include <gtest/gtest.h>

#include "network/resolved_settings.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

const Dataset& Moons() {
  static const Dataset data = LoadData("moons", {.train = 200, .test = 100});
  return data;
}

Protocol Searching() {
  Protocol protocol;
  protocol.base.validation = 40;
  protocol.base.epochs = 1;
  protocol.search = {.settings = {"rate", "momentum"}, .budget = 3, .seed = 1};
  protocol.tune_seeds = 2;
  protocol.final_seeds = 2;
  return protocol;
}

std::vector<ListedCell> Cells() {
  return {
      {.name = "a", .settings = {{"layers", "2-4-2"}}, .published = "0.9"},
      {.name = "b", .settings = {{"layers", "2-8-2"}, {"optimizer", "momentum"}}, .published = {}}};
}

TEST(ListedCells, AreSearchedCellByCellAndReadNoTestSample) {
  const std::vector<PlannedRun> plan = PlanListedSearch(Searching(), Cells(), Moons());
  ASSERT_EQ(plan.size(), 2u * 3u * 2u);
  for (std::size_t i = 0; i < plan.size(); ++i) {
    EXPECT_FALSE(plan[i].test);
    EXPECT_EQ(plan[i].phase, "tune");
    EXPECT_EQ(plan[i].cell, i < 6 ? "a" : "b");
    EXPECT_EQ(plan[i].settings.seed, 1 + i % 2);
    EXPECT_EQ(plan[i].settings.rate, plan[i / 2 * 2].settings.rate);
  }
  EXPECT_NE(plan[0].settings.rate, plan[2].settings.rate);
  Protocol none = Searching();
  none.search.settings.clear();
  EXPECT_TRUE(PlanListedSearch(none, Cells(), Moons()).empty());
}

// Records of a plan, with the accuracy on held-out samples that `accuracy` gives to each.
template <class Accuracy>
PlanRecords Made(const std::vector<PlannedRun>& plan, const Accuracy& accuracy) {
  PlanRecords records;
  for (std::size_t i = 0; i < plan.size(); ++i) {
    RunRecord record;
    record.phase = plan[i].phase;
    record.settings = plan[i].settings;
    record.searched = plan[i].searched;
    record.epochs = {{.train_loss = 0.1,
                      .train_accuracy = 0.5,
                      .validation_loss = 0.1,
                      .validation_accuracy = accuracy(i)}};
    records.push_back(record);
  }
  return records;
}

TEST(ListedCells, TheHighestMeanOverSeedsIsChosenAndOfEqualsTheFirst) {
  const Protocol protocol = Searching();
  const std::vector<PlannedRun> plan = PlanListedSearch(protocol, Cells(), Moons());
  // Of a: 0.6, 0.8 (one seed of it has the worst and one the best), 0.7. Of b all alike.
  const double of_a[] = {0.6, 0.6, 0.61, 0.99, 0.7, 0.7};
  const PlanRecords records = Made(plan, [&](std::size_t i) { return i < 6 ? of_a[i] : 0.5; });
  const std::vector<ListedCell> chosen = ChooseListed(protocol, Cells(), plan, records, 0.5);
  const auto value = [](const ListedCell& cell, std::string_view name) {
    std::string last;
    for (const auto& [setting, text] : cell.settings) {
      if (setting == name) last = text;
    }
    return last;
  };
  EXPECT_EQ(value(chosen[0], "rate"), FieldNamed("rate").get(plan[2].asked));
  EXPECT_EQ(value(chosen[1], "rate"), FieldNamed("rate").get(plan[6].asked));
  EXPECT_EQ(value(chosen[1], "momentum"), FieldNamed("momentum").get(plan[6].asked));
  const std::vector<PlannedRun> finals = PlanListed(protocol, chosen, Moons());
  ASSERT_EQ(finals.size(), 4u);
  EXPECT_EQ(finals[0].settings.rate, plan[2].settings.rate);
  EXPECT_TRUE(finals[0].test);
  // A trial that diverged counts as guessing, however good it was before.
  PlanRecords broken = records;
  broken[2]->status = Status::kDiverged;
  EXPECT_EQ(value(ChooseListed(protocol, Cells(), plan, broken, 0.5)[0], "rate"),
            FieldNamed("rate").get(plan[2].asked))
      << "(0.5 + 0.99) / 2 is still the highest";
  broken[3]->status = Status::kDiverged;
  EXPECT_EQ(value(ChooseListed(protocol, Cells(), plan, broken, 0.5)[0], "rate"),
            FieldNamed("rate").get(plan[4].asked));
}

TEST(ListedCells, WhatRanOutOfTimeCountsAsGuessingAndIsSaid) {
  const Protocol protocol = Searching();
  const std::vector<ListedCell> cells = Cells();
  const std::vector<PlannedRun> plan = PlanListed(protocol, cells, Moons());
  PlanRecords records = Made(plan, [](std::size_t) { return 0.5; });
  for (auto& record : records) record->test_accuracy = 0.9;
  records[1]->status = Status::kOutOfTime;
  const std::vector<CellOutcome> outcomes = JudgeListed(cells, records, 0.5);
  EXPECT_EQ(outcomes[0].test, (std::vector<double>{0.9, 0.5}));
  EXPECT_EQ(outcomes[0].out_of_time, 1u);
  EXPECT_EQ(outcomes[0].diverged, 0u);
  EXPECT_EQ(outcomes[0].conformity, "not judged") << "that it is far off says nothing";
  EXPECT_FALSE(outcomes[0].missed);
  const Table table = ListedTable(outcomes, Score::kAccuracy);
  EXPECT_EQ(table.columns.back().name, "chosen");
  EXPECT_NE(table.rows[0][5].text.find("1 of 2 ran out of time"), std::string::npos);
  EXPECT_EQ(table.rows[0][1].text, "90.00");
  EXPECT_EQ(ListedTable(outcomes, Score::kR2).rows[0][1].text, "0.9000");
}

TEST(ListedCells, ACellThatStatesWhatIsTunedIsRefused) {
  std::vector<ListedCell> cells = Cells();
  cells[1].settings.emplace_back("rate", "0.1");
  try {
    PlanListedSearch(Searching(), cells, Moons());
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_EQ(std::string(error.what()),
              "cell 'b': 'rate' is both tuned and stated: leave one of them out");
  }
  Protocol none = Searching();
  none.base.validation = 0;
  EXPECT_THROW(PlanListedSearch(none, Cells(), Moons()), UsageError);
}

}  // namespace
}  // namespace lanegrad
