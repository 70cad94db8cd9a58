// SPDX-License-Identifier: Apache-2.0
//
// The claims of time limits: they are read as they are meant; a run that reaches one is recorded
// as such, once, counts as guessing, and has no digest to compare.
#include "experiments/cli/time_limit.h"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "experiments/comparison/comparison_facts.h"
#include "experiments/records/compared_run.h"
#include "experiments/records/joint_digest.h"
#include "experiments/records/merge.h"
#include "experiments/runs/verify.h"
#include "network/stopwatch.h"
#include "tests/plan_fixture.h"

namespace lanegrad {
namespace {

TEST(ParseTimeLimit, ReadsUnitsAndTheirSums) {
  EXPECT_EQ(ParseTimeLimit("--limit", "60s"), 60.0);
  EXPECT_EQ(ParseTimeLimit("--limit", "10m"), 600.0);
  EXPECT_EQ(ParseTimeLimit("--limit", "1h30m"), 5400.0);
  EXPECT_EQ(ParseTimeLimit("--limit", "0.5s"), 0.5);
}

TEST(ParseTimeLimit, RefusesWhatIsNoTime) {
  for (const char* text : {"", "60", "m", "10x", "-1s", "0s", "5s1m", "1m1m", "1..5s", "nan"}) {
    try {
      ParseTimeLimit("--limit", text);
      ADD_FAILURE() << text;
    } catch (const UsageError& error) {
      EXPECT_NE(std::string(error.what()).find("like 60s, 10m or 1h30m"), std::string::npos);
    }
  }
}

class TimeLimitTest : public PlanTest {
 protected:
  TimeLimitTest() {
    protocol_.grid.clear();
    Vary("rate=0.1,0.3");
    protocol_.tune_seeds = 1;
  }
  PlanRecords RunLimited(TimeLimits limits, const char* name,
                         double deadline = std::numeric_limits<double>::infinity()) {
    RecordFile file(directory_ / name);
    written_ = 0;
    const PlanRecords records =
        RunPlan(PlanTuning(protocol_, data_).runs, data_, file,
                {.experiment = "test", .threads = 1, .limits = limits, .deadline = deadline});
    written_ = file.records().size();
    return records;
  }
  std::size_t written_ = 0;
};

constexpr double kNoTime = 1e-9;

TEST_F(TimeLimitTest, ARunThatReachesItsLimitIsRecordedAndNotTriedAgainUnlessAsked) {
  const PlanRecords limited = RunLimited({.run = kNoTime}, "a");
  ASSERT_EQ(CountRecorded(limited), 2u);
  EXPECT_EQ(CountOutOfTime(limited), 2u);
  for (const auto& record : limited) {
    EXPECT_EQ(record->digest, "");
    EXPECT_EQ(record->time_limit, kNoTime);
    EXPECT_FALSE(record->test_accuracy.has_value());
    const ComparedRun view = ViewRun(*record, 0.5);
    EXPECT_EQ(view.outcome, Outcome::kOutOfTime);
    EXPECT_EQ(view.held_out, 0.5);
  }
  EXPECT_EQ(CountOutOfTime(RunLimited({}, "a")), 2u);
  EXPECT_EQ(written_, 2u);
  EXPECT_EQ(CountOutOfTime(RunLimited({.retry = true}, "a")), 0u);
  EXPECT_EQ(written_, 4u);
}

TEST_F(TimeLimitTest, ALimitThatIsNotReachedChangesNoDigest) {
  const PlanRecords free = RunLimited({}, "a"), limited = RunLimited({.run = 3600.0}, "b");
  for (std::size_t i = 0; i < free.size(); ++i) EXPECT_EQ(free[i]->digest, limited[i]->digest);
}

TEST_F(TimeLimitTest, WhenTheTimeOfAllIsUpNothingIsRecordedOfARunInHand) {
  EXPECT_EQ(CountRecorded(RunLimited({}, "a", Now())), 0u);
  EXPECT_EQ(written_, 0u);
  // In the middle of a run that would take minutes.
  protocol_.base.epochs = 1000000;
  EXPECT_EQ(CountRecorded(RunLimited({}, "b", Now() + 0.1)), 0u);
  EXPECT_EQ(written_, 0u);
}

TEST_F(TimeLimitTest, ADigestOverRunsOfWhichOneHasNoneIsNone) {
  EXPECT_EQ(JointDigest({{"a", "1"}, {"b", ""}}), "none (1 of 2 ran out of time)");
  EXPECT_NE(JointDigest({{"a", "1"}}), JointDigest({{"a", "2"}}));
}

TEST_F(TimeLimitTest, WhenMergedARunThatEndedStandsForOneThatRanOutOfTime) {
  RunLimited({.run = kNoTime}, "limited");
  RunLimited({}, "whole");
  const std::filesystem::path limited[] = {directory_ / "limited"},
                              whole[] = {directory_ / "whole"};
  EXPECT_EQ(MergeRecords(limited, directory_ / "whole").added, 0u);
  EXPECT_EQ(MergeRecords(whole, directory_ / "limited").added, 2u);
  RecordFile file(directory_ / "limited");
  EXPECT_EQ(CountOutOfTime(Recorded(PlanTuning(protocol_, data_).runs, data_, file.set())), 0u);
}

TEST_F(TimeLimitTest, AVerificationLeavesThemAlone) {
  std::vector<RunRecord> records;
  for (const auto& each : RunLimited({.run = kNoTime}, "a")) records.push_back(*each);
  for (const auto& each : RunLimited({}, "b")) records.push_back(*each);
  const Verification result = VerifyRecords(records, 0, data_, 1, Loudness::kQuiet);
  EXPECT_EQ(result.count, 2u);
  EXPECT_EQ(result.out_of_time, 2u);
  EXPECT_TRUE(result.wrong.empty());
}

}  // namespace
}  // namespace lanegrad
