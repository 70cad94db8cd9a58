// SPDX-License-Identifier: Apache-2.0
//
// In cross-validation cells are tuned in each fold by itself, paired by fold and seed, and judged
// with a value a fold.
#include "experiments/comparison/fold_values.h"

#include <cmath>
#include <set>

#include "experiments/comparison/comparison_facts.h"
#include "experiments/comparison/plan_text.h"
#include "experiments/statistics/resampled.h"
#include "network/folds.h"
#include "tests/plan_fixture.h"

namespace lanegrad {
namespace {

std::vector<const ComparedRun*> Pointers(const std::vector<ComparedRun>& runs) {
  std::vector<const ComparedRun*> pointers;
  for (const ComparedRun& run : runs) pointers.push_back(&run);
  return pointers;
}

TEST(FoldValuesTest, SeedsOfOneFoldAreOneValueWhereFoldsAreShared) {
  std::vector<ComparedRun> runs;
  for (std::size_t fold = 1; fold <= 2; ++fold) {
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
      ComparedRun run;
      run.seed = seed;
      run.fold = fold;
      run.test_over_train = 1.0;
      runs.push_back(run);
    }
  }
  const std::vector<double> values = {1.0, 3.0, 10.0, 20.0};
  EXPECT_EQ(ByFold(Pointers(runs), values).values, (std::vector<double>{2.0, 15.0}));
  for (ComparedRun& run : runs) run.folds_are_shared = false;
  EXPECT_EQ(ByFold(Pointers(runs), values).values, values);
  for (ComparedRun& run : runs) run.fold = 0, run.test_over_train = 0.0;
  EXPECT_EQ(ByFold(Pointers(runs), values).values, values);
  EXPECT_EQ(ByFold(Pointers(runs), values).ZeroMeanP(), ZeroMeanP(values));
}

TEST_F(PlanTest, FoldsAreTunedByThemselvesAndJudgedTogether) {
  protocol_.folds = 3;
  protocol_.base.samples = 0;
  protocol_.grid.erase(protocol_.grid.begin() + 1);  // the loss
  const TuningPlan plan = PlanTuning(protocol_, data_);
  EXPECT_EQ(plan.runs.size(), 2u * 3 * 3 * 2);  // activations, rates, folds, seeds
  const PlanRecords tuned = Run(plan.runs, data_, "tune");
  const std::vector<ComparisonCell> cells = ChooseRates(protocol_, plan, tuned, data_);
  ASSERT_EQ(cells.size(), 2u);
  const std::vector<PlannedRun> finals = PlanFinals(cells, protocol_, data_);
  EXPECT_EQ(finals.size(), 2u * 3 * 3);
  for (const PlannedRun& run : finals) {
    const ComparisonCell& cell = cells[run.cell == cells[0].Name() ? 0 : 1];
    const std::size_t fold = ReadFold(run.settings.fold).number;
    // By hand: the best mean among the trials of this fold.
    float best = 0.0f;
    double most = -1.0;
    for (const RateTrials& trial : cell.trials) {
      double sum = 0.0;
      for (const ComparedRun& each : trial.runs) sum += each.fold == fold ? each.held_out : 0.0;
      if (sum > most) most = sum, best = trial.rate;
    }
    EXPECT_EQ(run.settings.rate, best);
  }
  std::vector<RunRecord> records = AsAsked(plan.runs, tuned, protocol_.grid);
  const PlanRecords tested = Run(finals, data_, "final");
  for (const RunRecord& each : AsAsked(finals, tested, protocol_.grid)) records.push_back(each);
  ComparisonFacts facts = {.tune_seeds = 2, .final_seeds = 3, .grid = protocol_.grid};
  const Comparison comparison = MakeComparison(records, facts);
  EXPECT_EQ(facts.folds, 3u);
  const ComparisonCell& second = comparison.ranked[1];
  ASSERT_EQ(second.test.size(), 9u);
  EXPECT_EQ(second.from_first_values.values.size(), 3u);
  EXPECT_NEAR(second.from_first_values.test_over_train, (1000.0 / 3.0) / (2000.0 / 3.0 - 200.0),
              0.01);
  // One pair: Holm leaves its p as it is.
  EXPECT_EQ(second.p, CorrectedZeroMeanP(second.from_first_values.values,
                                         second.from_first_values.test_over_train));
  EXPECT_TRUE(TestBlocks(comparison.ranked)[0].empty());
  // The same without the plan, from the records alone.
  ComparisonFacts found = FactsOfRecords(records);
  EXPECT_EQ(AxesButRate(found.grid).size(), 1u);
  EXPECT_EQ(MakeComparison(records, found).ranked[1].p, second.p);
}

TEST_F(PlanTest, AFoldIsNoAxis) {
  Vary("fold=1/2,2/2");
  EXPECT_THROW(PlanTuning(protocol_, data_), UsageError);
}

}  // namespace
}  // namespace lanegrad
