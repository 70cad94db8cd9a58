// SPDX-License-Identifier: Apache-2.0
//
// The claims of the protocol: rates are chosen without the test set, by equal budgets;
// the seeds after are fresh and the same for all; what makes no sense is refused first.
#include "experiments/comparison/plan.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "experiments/comparison/comparison_facts.h"
#include "experiments/comparison/equal_cells.h"
#include "experiments/comparison/plan_text.h"
#include "experiments/records/provenance.h"
#include "experiments/runs/estimate.h"
#include "tests/plan_fixture.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

TEST_F(PlanTest, EveryCellHasTheSameBudgetAndTheSameSeeds) {
  const TuningPlan plan = PlanTuning(protocol_, data_);
  EXPECT_EQ(plan.cells, 4u);
  EXPECT_EQ(plan.runs.size(), 4u * 3u * 2u);
  std::map<std::string, std::multiset<std::pair<float, std::uint64_t>>> budgets;
  for (const PlannedRun& run : plan.runs) {
    budgets[run.cell].insert({run.settings.rate, run.settings.seed});
  }
  for (const auto& [cell, budget] : budgets) EXPECT_EQ(budget, budgets.begin()->second) << cell;
}

TEST_F(PlanTest, FinalSeedsArePairedAcrossCellsAndNoneHasChosenARate) {
  const TuningPlan plan = PlanTuning(protocol_, data_);
  const auto cells = ChooseRates(protocol_, plan, Run(plan.runs, data_, "a"), data_);
  std::set<std::uint64_t> tuning;
  for (const PlannedRun& run : plan.runs) tuning.insert(run.settings.seed);
  std::map<std::string, std::set<std::uint64_t>> finals;
  for (const PlannedRun& run : PlanFinals(cells, protocol_, data_)) {
    EXPECT_TRUE(run.test);
    EXPECT_FALSE(tuning.contains(run.settings.seed));
    finals[run.cell].insert(run.settings.seed);
  }
  ASSERT_EQ(finals.size(), 4u);
  for (const auto& [cell, seeds] : finals) {
    EXPECT_EQ(seeds.size(), 3u);
    EXPECT_EQ(seeds, finals.begin()->second);
  }
  // As many tuning seeds as would reach the fresh ones are refused.
  protocol_.tune_seeds = kFreshSeeds;
  EXPECT_THROW(PlanTuning(protocol_, data_), UsageError);
}

TEST_F(PlanTest, ATuningRunComesOutTheSameWithoutATestSet) {
  const TuningPlan plan = PlanTuning(protocol_, data_);
  Dataset blind = data_;
  blind.test = {};  // The checksum, and so the key, stays: only the samples are gone.
  const PlanRecords seeing = Run(plan.runs, data_, "a");
  const PlanRecords unseeing = Run(plan.runs, blind, "b");
  for (std::size_t i = 0; i < plan.runs.size(); ++i) {
    EXPECT_EQ(seeing[i]->digest, unseeing[i]->digest);
    EXPECT_FALSE(seeing[i]->test_accuracy);
    EXPECT_FALSE(seeing[i]->test_loss);
  }
}

TEST_F(PlanTest, TestLabelsCannotInfluenceTheChoice) {
  Dataset permuted = data_;
  std::rotate(permuted.test.labels.begin(), permuted.test.labels.begin() + 1,
              permuted.test.labels.end());
  SetChecksum(permuted);
  ASSERT_NE(permuted.checksum, data_.checksum);
  std::vector<std::vector<float>> chosen;
  std::vector<double> tested;
  for (const Dataset* data : {&data_, &permuted}) {
    const TuningPlan plan = PlanTuning(protocol_, *data);
    const auto cells =
        ChooseRates(protocol_, plan, Run(plan.runs, *data, data->checksum.c_str()), *data);
    chosen.emplace_back();
    for (const ComparisonCell& cell : cells) chosen.back().push_back(cell.settings.rate);
    const auto finals = PlanFinals(cells, protocol_, *data);
    tested.push_back(*Run(finals, *data, data->checksum.c_str()).front()->test_accuracy);
  }
  EXPECT_EQ(chosen[0], chosen[1]);
  EXPECT_NE(tested[0], tested[1]) << "the permutation must have been seen at the end";
}

TEST_F(PlanTest, WhatMakesNoSenseIsGroupedByReasonAndLeavesTheOthers) {
  Vary("loss=mse,hinge,softmax_cross_entropy");
  Vary("output-activation=identity,softmax");
  const TuningPlan plan = PlanTuning(protocol_, data_);
  EXPECT_EQ(plan.cells, 2u * 4u);
  ASSERT_EQ(plan.illegal.size(), 2u);
  EXPECT_EQ(plan.illegal[0].count, 2u);
  EXPECT_EQ(plan.illegal[0].which, "loss=hinge, output-activation=softmax");
  EXPECT_NE(plan.illegal[0].why.find("output-activation may be 'identity'"), std::string::npos);
  EXPECT_EQ(plan.illegal[1].which, "loss=softmax_cross_entropy, output-activation=softmax");
  EXPECT_NE(plan.illegal[1].why.find("must be 'identity'"), std::string::npos);
  const std::string text = Describe(plan.illegal, plan.cells, "do this");
  EXPECT_EQ(text.rfind("4 of 12 combinations make no sense; do this\n  loss=hinge, ", 0), 0u)
      << text;
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
  // And none of it is in what is chosen or run after.
  const auto cells = ChooseRates(protocol_, plan, Run(plan.runs, data_, "a"), data_);
  EXPECT_EQ(cells.size(), plan.cells);
}

TEST_F(PlanTest, AFullBatchOptimizerIsRefusedWithMinibatches) {
  Vary("optimizer=sgd,rprop");
  const TuningPlan plan = PlanTuning(protocol_, data_);
  ASSERT_EQ(plan.illegal.size(), 1u);
  EXPECT_EQ(plan.illegal[0].which, "optimizer=rprop");
  EXPECT_EQ(plan.illegal[0].why,
            "optimizer 'rprop' needs whole gradients: batch must be 100, not 32");
}

TEST_F(PlanTest, RatesAreNotChosenWithoutHeldOutSamples) {
  protocol_.base.validation = 0;
  const TuningPlan plan = PlanTuning(protocol_, data_);
  EXPECT_EQ(plan.cells, 0u);
  EXPECT_EQ(Describe(plan.illegal, 0, ""),
            "none of 4 combinations makes sense: all of them: rates are chosen on held-out "
            "samples: validation must be at least 1");
  Vary("seed=1,2");
  EXPECT_THROW(PlanTuning(protocol_, data_), UsageError);
}

// "auto" is he_uniform for relu: two cells, one set of runs, and each cell has them.
TEST_F(PlanTest, CellsThatComeToTheSameShareTheirRunsAndKeepTheirNames) {
  Vary("activation=relu,tanh");
  Vary("initializer=auto,he_uniform");
  Vary("layers=2-8-2,2-4-4-2");
  const TuningPlan plan = PlanTuning(protocol_, data_);
  const auto records = Run(plan.runs, data_, "a");
  ASSERT_EQ(CountRecorded(records), plan.runs.size());
  const auto cells = ChooseRates(protocol_, plan, records, data_);
  ASSERT_EQ(cells.size(), 16u);
  for (const ComparisonCell& cell : cells) {
    ASSERT_EQ(cell.trials.size(), 3u) << cell.Name();
    for (const RateTrials& trial : cell.trials) EXPECT_EQ(trial.accuracies.size(), 2u);
  }
  const auto finals = PlanFinals(cells, protocol_, data_);
  std::vector<ComparisonCell> ranked = cells;
  RankByTest(ranked, AsAsked(finals, Run(finals, data_, "a"), protocol_.grid), 0.5);
  for (const ComparisonCell& cell : ranked) EXPECT_EQ(cell.test.size(), 3u) << cell.Name();
  // One record a key: shared runs were run once.
  const RecordFile file(directory_ / "a");
  std::set<std::string> keys;
  for (const Json& record : file.records()) keys.insert(record.at("key").get<std::string>());
  EXPECT_EQ(keys.size(), file.records().size());
  EXPECT_LT(keys.size(), plan.runs.size() + finals.size());
}

TEST_F(PlanTest, AnySettingButSeedAndFoldMayVary) {
  const std::map<std::string, std::string> other = {{"layers", "2-3-2"},
                                                    {"activation", "sine"},
                                                    {"precision", "fast"},
                                                    {"output-activation", "sigmoid"},
                                                    {"loss", "mae"},
                                                    {"optimizer", "momentum"},
                                                    {"rate", "0.7"},
                                                    {"initializer", "orthogonal"},
                                                    {"class-weights", "balanced"},
                                                    {"schedule", "cosine"},
                                                    {"bias-initializer", "fan_in_uniform"},
                                                    {"split", "first"},
                                                    {"scale", "standard"},
                                                    {"target-scale", "standard"}};
  for (const SettingsField& field : SettingsFields()) {
    if (field.name == "seed" || field.name == "fold") continue;
    Protocol protocol = protocol_;
    protocol.grid.clear();
    protocol.base.loss = "mse";
    protocol.base.optimizer = "adamw";
    const auto found = other.find(std::string(field.name));
    std::string value = found != other.end() ? found->second : std::string();
    // A setting that is new here: the first of these that it takes.
    for (const char* candidate : {"0.25", "90", "yes", "2-1"}) {
      Settings trial;
      try {
        if (value.empty()) field.set(trial, candidate);
      } catch (const std::invalid_argument&) {
        continue;
      }
      if (value.empty()) value = candidate;
    }
    ASSERT_FALSE(value.empty()) << field.name;
    Settings base = protocol.base;
    SetAxis(protocol.grid, ParseAxis(fmt::format("{}={}", field.name, value)));
    const TuningPlan plan = PlanTuning(protocol, data_);
    ASSERT_EQ(plan.illegal.size(), 0u) << field.name << ": " << plan.illegal[0].why;
    field.set(base, value);
    EXPECT_EQ(field.get(plan.runs.front().settings), field.get(base)) << field.name;
  }
}

TEST_F(PlanTest, ShardsRunEverythingOnceAndComeToTheSameDigests) {
  const TuningPlan plan = PlanTuning(protocol_, data_);
  const PlanRecords whole = Run(plan.runs, data_, "whole");
  std::map<std::string, std::string> digests;
  for (std::size_t index = 1; index <= 3; ++index) {
    RecordFile file(directory_ / fmt::format("shard-{}", index));
    RunPlan(plan.runs, data_, file,
            {.experiment = "test", .threads = 2, .shard = {.index = index, .count = 3}});
    for (const Json& record : file.records()) {
      EXPECT_TRUE(digests.emplace(record.at("key"), record.at("digest")).second) << "run twice";
    }
  }
  EXPECT_EQ(digests.size(), whole.size());
  for (const auto& record : whole) EXPECT_EQ(digests[record->key], record->digest);
}

TEST_F(PlanTest, WhatIsRecordedIsNotRunAgainUnlessForced) {
  const TuningPlan plan = PlanTuning(protocol_, data_);
  RecordFile file(directory_);
  RunnerOptions options = {.experiment = "test", .threads = 1};
  RunPlan(plan.runs, data_, file, options);
  EXPECT_EQ(file.records().size(), plan.runs.size());
  RunPlan(plan.runs, data_, file, options);
  EXPECT_EQ(file.records().size(), plan.runs.size());
  options.force = true;
  RunPlan(plan.runs, data_, file, options);
  EXPECT_EQ(file.records().size(), 2 * plan.runs.size());
}

TEST_F(PlanTest, ARecordSaysWhereItComesFrom) {
  protocol_.tune_seeds = 1;
  SetCommand("compare --quick");
  const Json record = ToJson(*Run(PlanTuning(protocol_, data_).runs, data_, "a").front());
  for (const char* place :
       {"/numeric_version", "/settings/seed", "/data/checksum", "/threads", "/runs_at_once",
        "/run_seconds", "/provenance/time", "/provenance/source", "/provenance/command",
        "/provenance/target", "/provenance/processor", "/provenance/cpus", "/provenance/system",
        "/provenance/compiler", "/provenance/build", "/provenance/flags",
        "/provenance/libraries/highway", "/provenance/libraries/xxhash"}) {
    const Json::json_pointer pointer(place);
    ASSERT_TRUE(record.contains(pointer)) << place;
    EXPECT_NE(record.at(pointer), "") << place;
  }
  EXPECT_EQ(record.at("provenance").at("command"), "compare --quick");
}

TEST_F(PlanTest, TheRemainingWorkIsCountedForAShard) {
  const TuningPlan plan = PlanTuning(protocol_, data_);
  const Shard first = {.index = 1, .count = 2};
  RecordFile file(directory_);
  RemainingWork work = FindRemainingWork(protocol_, plan, data_, file.set(), first);
  EXPECT_EQ(work.tuning.size(), 12u);
  EXPECT_FALSE(work.tuning_alone);
  EXPECT_TRUE(work.finals.empty());
  RunPlan(plan.runs, data_, file, {.experiment = "test", .shard = first});
  work = FindRemainingWork(protocol_, plan, data_, file.set(), first);
  EXPECT_EQ(work.tuning.size(), 0u);
  EXPECT_FALSE(work.tuning_alone);
  EXPECT_TRUE(work.finals.empty()) << "no rate may be chosen before all were tried";
  const PlanCounts counts = CountPlan(protocol_, plan, work, first);
  EXPECT_EQ(counts.tuning_known, 12u);
  EXPECT_EQ(counts.finals, 12u);
  EXPECT_EQ(counts.finals_left, 6u);
  RunPlan(plan.runs, data_, file, {.experiment = "test"});
  work = FindRemainingWork(protocol_, plan, data_, file.set(), first);
  EXPECT_EQ(work.finals.size(), 12u);
  EXPECT_EQ(work.final_runs.size(), 6u);
}

TEST_F(PlanTest, AnEstimateTakesTheTimesOfRecordsOrMeasures) {
  const TuningPlan plan = PlanTuning(protocol_, data_);
  const PlanRecords none(plan.runs.size());
  const Estimate measured = EstimateTime(plan.runs, none, data_, 2, 0.1);
  EXPECT_GT(measured.seconds, 0.0);
  EXPECT_NE(measured.source.find("measured"), std::string::npos);
  PlanRecords records = Run(plan.runs, data_, "a");
  for (auto& record : records) record->run_seconds = 10.0;
  const Estimate known = EstimateTime(plan.runs, records, data_, 2, 0.1);
  EXPECT_NEAR(known.seconds, 10.0 * static_cast<double>(plan.runs.size()) / 2.0, 1e-6);
  EXPECT_EQ(known.source, fmt::format("from the times of {} records", records.size()));
  // Long runs are measured by pieces, and without the test set.
  protocol_.base.epochs = 1000000;
  const TuningPlan endless = PlanTuning(protocol_, data_);
  Dataset blind = data_;
  blind.test = {};
  const Estimate pieces = EstimateTime(endless.runs, none, blind, 2, 0.2);
  EXPECT_GT(pieces.seconds, 100.0);
}

}  // namespace
}  // namespace lanegrad
