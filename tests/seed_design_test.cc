// SPDX-License-Identifier: Apache-2.0
#include "experiments/training/seed_design.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "experiments/records/run_record.h"
#include "experiments/training/seed_variance.h"
#include "network/resolved_settings.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

std::string Refused(const Settings& asked, const Dataset& data, std::size_t levels,
                    std::span<const std::string_view> given = {}) {
  try {
    DesignSeeds(asked, data, levels, given);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "accepted";
}

Settings Asked() {
  Settings asked;
  asked.layers = {2, 4, 2};
  asked.seed = 10;
  return asked;
}

std::vector<std::string_view> Drawn(const SeedDesign& design) {
  std::vector<std::string_view> settings;
  for (const SeedCause& cause : design.causes) settings.push_back(cause.setting);
  return settings;
}

TEST(SeedDesign, EveryCauseIsASettingAndEverySeedOfItsOwnIsACause) {
  std::set<std::string_view> causes;
  for (const SeedCause& cause : SeedCauses()) causes.insert(FieldNamed(cause.setting).name);
  for (const SettingsField& field : SettingsFields()) {
    EXPECT_EQ(causes.contains(field.name), field.name.ends_with("-seed")) << field.name;
  }
}

TEST(SeedDesign, WhatMakesADifferenceIsDrawnAndWhatMakesNoneIsToldApart) {
  const Dataset data = LoadData(std::string_view("moons"));
  Settings asked = Asked();
  SeedDesign design = DesignSeeds(asked, data, 3, {});
  EXPECT_EQ(Drawn(design), (std::vector<std::string_view>{"weight-seed", "order-seed"}));
  EXPECT_EQ(design.left_out, (std::vector<std::string>{
                                 "noise and dropout: no effect with dropout 0",
                                 "which samples: all samples are used, and none are held out"}));
  asked.dropout = 0.1f;
  asked.validation = 100;
  design = DesignSeeds(asked, data, 3, {});
  EXPECT_EQ(design.causes.size(), 4u);
  EXPECT_EQ(design.runs.size(), 81u);
  const std::string_view given[] = {"weight-seed"};
  asked.weight_seed = 7;
  design = DesignSeeds(asked, data, 3, given);
  EXPECT_EQ(design.causes.size(), 3u);
  EXPECT_EQ(design.left_out,
            (std::vector<std::string>{"initial weights: fixed by --weight-seed 7"}));
  for (const Settings& run : design.runs) EXPECT_EQ(run.weight_seed, 7u);
}

TEST(SeedDesign, IsCrossedWithTheLastCauseFastestAndNoTwoRunsAlike) {
  const Dataset data = LoadData(std::string_view("moons"));
  Settings asked = Asked();
  asked.validation = 100;
  const SeedDesign design = DesignSeeds(asked, data, 3, {});
  ASSERT_EQ(design.runs.size(), 27u);
  std::set<std::string> keys;
  for (std::size_t i = 0; i < design.runs.size(); ++i) {
    const Settings& run = design.runs[i];
    EXPECT_EQ(run.weight_seed, 10 + i / 9);
    EXPECT_EQ(run.order_seed, 10 + i / 3 % 3);
    EXPECT_EQ(run.split_seed, 10 + i % 3);
    keys.insert(Canonical(Resolve(run, data).settings));
  }
  EXPECT_EQ(keys.size(), 27u);
}

TEST(SeedDesign, WhatCannotBeDividedIsRefused) {
  const Dataset data = LoadData(std::string_view("moons"));
  const std::string_view given[] = {"weight-seed"};
  EXPECT_NE(Refused(Asked(), data, 3, given).find("only one, order of samples, is left"),
            std::string::npos)
      << Refused(Asked(), data, 3, given);
  EXPECT_NE(
      Refused(Asked(), data, 101).find("makes 10201 runs of 2 causes, and 10000 are the most"),
      std::string::npos)
      << Refused(Asked(), data, 101);
}

// Runs whose accuracy is a sum of what weights and order have decided, worked by hand: weights
// -0.1, 0, 0.1 have variance 0.01, order -0.02, 0, 0.02 have 0.0004, and nothing is together.
TEST(SeedVarianceTest, OfAccuraciesThatAddUpSaysTheDeviationOfEachCause) {
  const Dataset data = LoadData(std::string_view("moons"));
  const SeedDesign design = DesignSeeds(Asked(), data, 3, {});
  TrainedRuns runs = {.data = data, .runs = {}};
  for (std::size_t i = 0; i < design.runs.size(); ++i) {
    RunRecord record;
    record.settings = Resolve(design.runs[i], data).settings;
    record.test_accuracy =
        0.7 + 0.1 * (static_cast<double>(i / 3) - 1.0) + 0.02 * (static_cast<double>(i % 3) - 1.0);
    runs.runs.push_back(record);
  }
  const SeedVariance variance = {.runs = runs, .design = design};
  const Table table = SeedVarianceTable(variance);
  ASSERT_EQ(table.rows.size(), 3u);
  EXPECT_EQ(table.rows[0][1].text, "10.00");
  EXPECT_EQ(table.rows[0][3].text, "10.00");
  EXPECT_EQ(table.rows[1][1].text, "2.00");
  EXPECT_EQ(table.rows[2][3].text, "10.20");
  const std::vector<std::string> said = SeedVarianceSentences(variance);
  EXPECT_NE(said[0].find("standard deviation of 10.20 points over all seeds"), std::string::npos)
      << said[0];
  EXPECT_NE(said[1].find("initial weights"), std::string::npos) << said[1];
  const Table shares = VarianceShareTable(variance);
  ASSERT_EQ(shares.rows.size(), 3u);
  EXPECT_EQ(shares.rows[0][1].text, "96 %");
  EXPECT_EQ(shares.rows[1][1].text, "4 %");
  EXPECT_EQ(shares.rows[2][0].text, "initial weights × order of samples");
  // A run that diverged counts as guessing, and is in the spread.
  runs.runs[0].status = Status::kDiverged;
  EXPECT_EQ(variance.Scores()[0], 0.5);
  // Where nothing differs, that is what is said.
  for (RunRecord& record : runs.runs) {
    record.status = Status::kOk;
    record.test_accuracy = 0.5;
  }
  EXPECT_EQ(SeedVarianceSentences(variance)[0],
            "All runs have the same test accuracy: no seed changes it.");
}

}  // namespace
}  // namespace lanegrad
