// SPDX-License-Identifier: Apache-2.0
//
// Axes and cells that change nothing, or that nobody has recorded: they are named, never counted
// as results.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "experiments/comparison/comparison_facts.h"
#include "experiments/comparison/equal_cells.h"
#include "experiments/comparison/plan_text.h"
#include "tests/plan_fixture.h"

namespace lanegrad {
namespace {

std::string Refusal(const Protocol& protocol, const Dataset& data) {
  try {
    PlanTuning(protocol, data);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "accepted";
}

TEST_F(PlanTest, AnAxisWithoutEffectOnAnyCellIsRefused) {
  Vary("momentum=0.5,0.9");
  EXPECT_EQ(Refusal(protocol_, data_),
            "momentum has no effect with optimizer 'sgd'; take it from --vary, or vary optimizer "
            "too");
  Vary("optimizer=sgd,adagrad");
  EXPECT_EQ(Refusal(protocol_, data_),
            "momentum has no effect with optimizer 'sgd' or with optimizer 'adagrad'; take it from "
            "--vary, or vary optimizer too");
  Vary("optimizer=sgd,momentum");
  EXPECT_EQ(Refusal(protocol_, data_), "accepted");
  protocol_.base.layers = {2, 2};
  Vary("momentum=0.9");
  EXPECT_EQ(Refusal(protocol_, data_), "accepted")
      << "activations have initial weights of their own";
  protocol_.base.initializer = "he_uniform";
  EXPECT_EQ(Refusal(protocol_, data_),
            "activation has no effect with layers 2-2; take it from --vary, or vary layers too");
}

TEST_F(PlanTest, CellsThatDifferInNothingThatCountsAreRunOnce) {
  protocol_.grid.clear();
  for (const char* axis : {"optimizer=sgd,momentum", "momentum=0.5,0.9", "rate=0.1"}) Vary(axis);
  const TuningPlan plan = PlanTuning(protocol_, data_);
  EXPECT_EQ(plan.cells, 3u);
  EXPECT_EQ(plan.runs.size(), 3u * 2u);
  ASSERT_EQ(plan.once.size(), 1u);
  EXPECT_EQ(plan.once[0],
            "momentum has no effect with optimizer 'sgd': there 0.5 alone is run, and stands for "
            "all");
  const auto records = Run(plan.runs, data_, "a");
  EXPECT_EQ(ChooseRates(protocol_, plan, records, data_).size(), 3u);
  EXPECT_NE(PlanText(protocol_, plan, FindRemainingWork(protocol_, plan, data_, RecordSet(), {}),
                     {}, data_, 1)
                .find("once       momentum has no effect"),
            std::string::npos);
}

TEST_F(PlanTest, CellsThatCameToTheSameNumbersAreNoticedByName) {
  protocol_.grid.clear();
  // Nobody knows beforehand that no gradient is as long as that.
  for (const char* axis : {"clip-norm=0,1e+30,0.001", "rate=0.1"}) Vary(axis);
  const TuningPlan plan = PlanTuning(protocol_, data_);
  const PlanRecords tuned = Run(plan.runs, data_, "a");
  const auto cells = ChooseRates(protocol_, plan, tuned, data_);
  std::vector<RunRecord> records;
  for (const auto& record : tuned) records.push_back(*record);
  for (const auto& record : Run(PlanFinals(cells, protocol_, data_), data_, "b")) {
    records.push_back(*record);
  }
  ComparisonFacts facts = {.grid = protocol_.grid};
  const Comparison comparison = MakeComparison(records, facts);
  EXPECT_EQ(EqualCells(comparison.cells),
            "Equal to the last bit, so that what their names tell apart had no effect: 0 = 1e+30. "
            "Read them as one.");
  EXPECT_EQ(EqualCells(std::span(comparison.cells).last(2)), "");
  // Many are not a page of them.
  std::vector<ComparisonCell> many;
  for (int i = 0; i < 7; ++i) {
    for (ComparisonCell cell : {comparison.cells[0], comparison.cells[1]}) {
      cell.finals.front().seed += static_cast<std::uint64_t>(100 * i);
      many.push_back(cell);
    }
  }
  EXPECT_NE(EqualCells(many).find("; 0 = 1e+30; and 2 more. Read"), std::string::npos)
      << EqualCells(many);
}

TEST_F(PlanTest, CellsThatWereNeverRecordedAreLeftOutOfAReportByName) {
  protocol_.grid.clear();
  for (const char* axis : {"activation=relu,tanh", "rate=0.1,1"}) Vary(axis);
  const TuningPlan old = PlanTuning(protocol_, data_);
  const auto records = Run(old.runs, data_, "a");
  RecordSet set;
  for (const auto& record : records) set.Add(ToJson(*record));
  // The catalogue grows.
  Vary("activation=relu,gelu,tanh");
  TuningPlan plan = PlanTuning(protocol_, data_);
  EXPECT_EQ(DropUnrecorded(plan, data_, set), std::vector<std::string>{"gelu"});
  EXPECT_EQ(plan.cells, 2u);
  EXPECT_EQ(plan.runs.size(), old.runs.size());
  EXPECT_TRUE(DropUnrecorded(plan, data_, set).empty());
  // Of nothing at all no report is made.
  EXPECT_TRUE(DropUnrecorded(plan, data_, RecordSet()).empty());
  EXPECT_EQ(plan.cells, 2u);
}

}  // namespace
}  // namespace lanegrad
