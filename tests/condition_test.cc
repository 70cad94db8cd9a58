// SPDX-License-Identifier: Apache-2.0
#include "experiments/stopping/condition.h"

#include <gtest/gtest.h>

#include <set>

#include "experiments/stopping/measures.h"
#include "network/synthetic.h"
#include "tests/small_images.h"

namespace lanegrad {
namespace {

// Held-out losses by epoch, with training losses that halve.
std::vector<EpochMetrics> History(const std::vector<double>& held_out) {
  std::vector<EpochMetrics> history;
  double loss = 1.0;
  for (const double each : held_out) {
    history.push_back({.train_loss = loss,
                       .train_accuracy = 1.0 - loss / 2.0,
                       .validation_loss = each,
                       .validation_accuracy = 1.0 - each / 4.0});
    loss /= 2.0;
  }
  return history;
}

Condition Of(Rule rule, Watched watched, double number, bool keep_best = false) {
  return {.name = "", .rule = rule, .watched = watched, .number = number, .keep_best = keep_best};
}

TEST(Condition, OfAThresholdEndsAtTheFirstEpochThatReachesIt) {
  const auto history = History({1.0, 0.9, 0.8, 0.7});
  EXPECT_EQ(Replay(Of(Rule::kThreshold, Watched::kTrainingLoss, 0.25), history).epoch, 3u);
  EXPECT_EQ(Replay(Of(Rule::kThreshold, Watched::kHeldOutAccuracy, 0.8), history).epoch, 3u);
  const Stop never = Replay(Of(Rule::kThreshold, Watched::kTrainingLoss, 0.01), history);
  EXPECT_EQ(never.epoch, 0u);
  EXPECT_EQ(never.kept, 4u);
}

TEST(Condition, OfPatienceEndsSoManyEpochsAfterTheBestAndKeepsIt) {
  const auto history = History({1.0, 0.8, 0.9, 0.7, 0.75, 0.8, 0.6});
  const Stop one = Replay(Of(Rule::kPatience, Watched::kHeldOutLoss, 1, true), history);
  EXPECT_EQ(one.epoch, 3u);
  EXPECT_EQ(one.kept, 2u);
  const Stop two = Replay(Of(Rule::kPatience, Watched::kHeldOutLoss, 2), history);
  EXPECT_EQ(two.epoch, 6u);
  EXPECT_EQ(two.kept, 6u);
  EXPECT_EQ(Replay(Of(Rule::kPatience, Watched::kHeldOutLoss, 3, true), history).epoch, 0u);
}

TEST(Condition, OfAChangeLooksAtTwoEpochs) {
  EXPECT_EQ(
      Replay(Of(Rule::kChange, Watched::kHeldOutLoss, 0.05), History({1.0, 0.9, 0.87, 0.5})).epoch,
      3u);
}

TEST(Condition, OfARiseComparesWithTheLeastSoFar) {
  const Stop stop = Replay(Of(Rule::kRise, Watched::kHeldOutLoss, 0.2, true),
                           History({1.0, 0.5, 0.55, 0.59, 0.61, 0.4}));
  EXPECT_EQ(stop.epoch, 5u);
  EXPECT_EQ(stop.kept, 2u);
}

TEST(Condition, OfABudgetCounts) {
  EXPECT_EQ(Replay(Of(Rule::kBudget, Watched::kNothing, 2), History({1, 1, 1})).epoch, 2u);
}

TEST(Conditions, HaveNamesOfTheirOwn) {
  std::set<std::string> names;
  for (const Condition& each : Conditions(100)) names.insert(each.name);
  EXPECT_EQ(names.size(), Conditions(100).size());
}

// The same training, once with the trainer's own condition and once replayed.
TEST(Condition, ReplayedEndsWhereTheTrainerEnds) {
  const Dataset data = SmallImages();
  Settings whole = SmallSettings();
  whole.epochs = 40;
  const RunResult history = Train(whole, data);
  struct Case {
    Condition condition;
    void (*set)(Settings&);
  };
  const Case cases[] = {
      {Of(Rule::kPatience, Watched::kHeldOutLoss, 2, true),
       [](Settings& s) {
         s.patience = 2;
         s.restore_best = true;
       }},
      {Of(Rule::kThreshold, Watched::kTrainingLoss, 0.05), [](Settings& s) { s.stop_loss = 0.05; }},
      {Of(Rule::kThreshold, Watched::kHeldOutAccuracy, 0.95),
       [](Settings& s) { s.stop_accuracy = 0.95; }}};
  for (const Case& each : cases) {
    Settings settings = whole;
    each.set(settings);
    const RunResult stopped = Train(settings, data);
    ASSERT_EQ(stopped.status, Status::kStopped);
    const Stop replayed = Replay(each.condition, history.epochs);
    EXPECT_EQ(replayed.epoch, stopped.epochs.size());
    if (settings.restore_best) {
      EXPECT_EQ(replayed.kept, stopped.kept_epoch);
    }
  }
}

TEST(JudgeStop, AsksWhatMoreAndLessTrainingWouldHaveBrought) {
  std::vector<double> test(20, 0.5);
  for (std::size_t e = 8; e < 14; ++e) test[e] = 0.8;
  const StopOutcome early = JudgeStop({.epoch = 4, .kept = 4}, test);
  EXPECT_DOUBLE_EQ(early.accuracy, 0.5);
  EXPECT_NEAR(early.gain, 0.3, 1e-12);
  EXPECT_EQ(early.lost, 0.0);
  const StopOutcome late = JudgeStop({.epoch = 18, .kept = 18}, test);
  EXPECT_EQ(late.gain, 0.0);
  EXPECT_NEAR(late.lost, 0.3, 1e-12);
  const StopOutcome never = JudgeStop({.epoch = 0, .kept = 20}, test);
  EXPECT_EQ(never.gain, 0.0);
  EXPECT_NEAR(never.lost, 0.3, 1e-12);
}

TEST(JudgeStop, IsNotMisledByOneLuckyEpoch) {
  std::vector<double> test(20, 0.5);
  test[15] = 0.6;
  EXPECT_NEAR(JudgeStop({.epoch = 4, .kept = 4}, test).gain, 0.02, 1e-12);  // a fifth of it
}

TEST(NoisySamples, HaveWrongLabelsInTheStatedShareAndElseTheSameSamples) {
  const Dataset moons = LoadData("moons", {.train = 3000, .test = 100});
  const StoppingScale scale = {.train = 1000, .held_out = 1000, .test = 50};
  const Dataset clean = NoisySamples(moons, scale, 0.0, 1);
  const Dataset noisy = NoisySamples(moons, scale, 0.3, 1);
  EXPECT_EQ(clean.train.values, noisy.train.values);
  EXPECT_EQ(clean.test.labels, noisy.test.labels);
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < 2000; ++i) wrong += clean.train.labels[i] != noisy.train.labels[i];
  EXPECT_NEAR(static_cast<double>(wrong), 600.0, 80.0);
}

}  // namespace
}  // namespace lanegrad
