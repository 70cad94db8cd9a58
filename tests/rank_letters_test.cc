// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "experiments/cluster/letters.h"
#include "network/known_run.h"
#include "network/resolved_settings.h"
#include "network/setting_text.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

const Dataset& Moons() {
  static const Dataset data = LoadData("moons", {.train = 100, .test = 50});
  return data;
}

TEST(RankLettersTest, ARunArrivesWithEverySettingThatDecidesItsResult) {
  Settings settings;
  settings.layers = {2, 7, 2};
  settings.activation = "leaky_relu:0.2";
  settings.loss = "huber:0.5";
  settings.optimizer = "adamw";
  settings.rate = 0.1f / 3.0f;  // no short decimal number
  settings.seed = 1001;
  settings.samples = 60;
  settings.validation = 30;
  settings.l2 = 1.0f / 3.0f;
  const std::vector<PlannedRun> plan = {{.settings = Resolve(settings, Moons()).settings,
                                         .phase = "tune",
                                         .asked = settings,
                                         .cell = "a"},
                                        {.settings = Resolve(settings, Moons()).settings,
                                         .phase = "final",
                                         .test = true,
                                         .asked = settings,
                                         .cell = "b",
                                         .searched = {"rate", "momentum"}}};
  const Letter letter = ReadLetter(RunsLetter(plan, std::vector<std::size_t>{1, 0}));
  ASSERT_EQ(letter.kind, "runs");
  ASSERT_EQ(letter.runs.size(), 2u);
  for (const GivenRun& run : letter.runs) {
    const PlannedRun& sent = plan.at(run.run);
    EXPECT_EQ(PlanKey(run.planned, Moons()), PlanKey(sent, Moons()));
    EXPECT_EQ(Canonical(run.planned.settings), Canonical(sent.settings));
    EXPECT_EQ(run.planned.test, sent.test);
    EXPECT_EQ(run.planned.searched, sent.searched);
  }
  EXPECT_EQ(letter.runs.front().run, 1u);
}

TEST(RankLettersTest, ARecordArrivesToTheLastByte) {
  const std::vector<FinishedRun> sent = {{.run = 7, .record = R"({"a":1e-300,"b":"\"\\ü"})"},
                                         {.run = 0, .record = "{}"}};
  const Letter letter = ReadLetter(RecordsLetter(sent));
  ASSERT_EQ(letter.kind, "records");
  ASSERT_EQ(letter.finished.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(letter.finished[i].run, sent[i].run);
    EXPECT_EQ(letter.finished[i].record, sent[i].record);
  }
}

TEST(RankLettersTest, WhatIsNoLetterIsRefused) {
  EXPECT_THROW(ReadLetter(""), DataError);
  EXPECT_THROW(ReadLetter("{}"), DataError);
  EXPECT_THROW(ReadLetter(R"({"kind":"runs"})"), DataError);
  EXPECT_THROW(ReadLetter(R"({"kind":"records","records":[{"run":-1,"record":""}]})"), DataError);
}

TEST(RankLettersTest, TheSameProcessTakesPartAndNothingIsRemarked) {
  const Introduction ours = Introduce(Moons(), 3);
  const Introduction theirs = ReadLetter(HelloLetter(ours)).hello;
  EXPECT_EQ(theirs.threads, 3u);
  EXPECT_EQ(WhyNot(theirs, ours), "");
  EXPECT_EQ(Remark(theirs, ours), "");
}

TEST(RankLettersTest, WhoseResultsWouldDifferTakesNoPart) {
  const Introduction ours = Introduce(Moons(), 1);
  Introduction theirs = ours;
  theirs.known_digest = "0123";
  EXPECT_NE(WhyNot(theirs, ours).find("run doctor"), std::string::npos);
  theirs = ours;
  theirs.checksum = "0123";
  EXPECT_NE(WhyNot(theirs, ours).find("--data"), std::string::npos);
  theirs = ours;
  ++theirs.numeric_version;
  EXPECT_NE(WhyNot(theirs, ours).find("numeric specification"), std::string::npos);
  theirs = ours;
  theirs.fault = "it has no time";
  EXPECT_EQ(WhyNot(theirs, ours), "it has no time");
}

TEST(RankLettersTest, AnotherProcessorIsRemarkedAndTakesPart) {
  const Introduction ours = Introduce(Moons(), 1);
  Introduction theirs = ours;
  theirs.processor = "abacus";
  EXPECT_EQ(WhyNot(theirs, ours), "");
  EXPECT_NE(Remark(theirs, ours).find("abacus"), std::string::npos);
  theirs.emulates = true;
  Introduction fused = ours;
  fused.emulates = false;
  EXPECT_NE(Remark(theirs, fused).find("emulates"), std::string::npos);
}

}  // namespace
}  // namespace lanegrad
