// SPDX-License-Identifier: Apache-2.0
#include "experiments/records/outcome.h"

#include <gtest/gtest.h>

#include <cmath>

#include "experiments/records/compared_run.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

RunRecord Record(Status status, const std::vector<double>& accuracies) {
  RunRecord record;
  record.phase = "final";
  record.status = status;
  record.settings.layers = {4, 8, 10};
  record.settings.samples = 5000;
  record.settings.validation = 1000;
  for (const double accuracy : accuracies) {
    record.epochs.push_back({.train_loss = 1.0 - accuracy,
                             .train_accuracy = accuracy,
                             .validation_loss = 1.1 - accuracy,
                             .validation_accuracy = accuracy});
  }
  return record;
}

TEST(OutcomeTest, GuessingIsCalledStuckAndLearningIsNot) {
  EXPECT_EQ(OutcomeOf(Record(Status::kOk, {0.10}), 0.1), Outcome::kStuck);
  EXPECT_EQ(OutcomeOf(Record(Status::kOk, {0.02}), 0.1), Outcome::kStuck) << "worse than guessing";
  EXPECT_EQ(OutcomeOf(Record(Status::kOk, {0.10, 0.15}), 0.1), Outcome::kOk)
      << "the last epoch counts";
  EXPECT_EQ(OutcomeOf(Record(Status::kStopped, {0.9}), 0.1), Outcome::kOk);
  EXPECT_EQ(OutcomeOf(Record(Status::kOk, {}), 0.1), Outcome::kStuck);
  EXPECT_EQ(OutcomeOf(Record(Status::kDiverged, {0.9}), 0.1), Outcome::kDiverged);
}

TEST(OutcomeTest, WhatTheRecordSaysOfHealthCounts) {
  RunRecord record = Record(Status::kOk, {0.9});
  record.health = Health{.stuck = true};
  EXPECT_EQ(OutcomeOf(record, 0.1), Outcome::kStuck);
  record.health = Health{.diverged = true};
  EXPECT_EQ(OutcomeOf(record, 0.1), Outcome::kDiverged);
  record = Record(Status::kOk, {0.1});
  record.health = Health();
  EXPECT_EQ(OutcomeOf(record, 0.1), Outcome::kOk);
}

TEST(OutcomeTest, ARunThatGuessesIsTakenForLearningOnceInAThousand) {
  RandomStream random(1, Stream::kBootstrap, 9);
  int mistaken = 0;
  constexpr int kRuns = 5000, kSamples = 300;
  for (int run = 0; run < kRuns; ++run) {
    int right = 0;
    for (int i = 0; i < kSamples; ++i) right += random.Below(10) == 0;
    mistaken += !IsLikeChance(right / double{kSamples}, kSamples, 0.1);
  }
  EXPECT_LE(mistaken, 12) << "5 are expected";
  EXPECT_TRUE(IsLikeChance(0.9, 0, 0.1)) << "of no samples nothing is known";
  EXPECT_FALSE(IsLikeChance(1.0, 300, 0.1));
}

TEST(OutcomeTest, CountsAddUp) {
  OutcomeCounts counts, more;
  counts.Add(Outcome::kOk);
  more.Add(Outcome::kStuck);
  more.Add(Outcome::kDiverged);
  counts.Add(more);
  EXPECT_EQ(counts.all(), 3u);
  EXPECT_EQ(counts.failed(), 2u);
  EXPECT_EQ(OutcomeName(Outcome::kStuck), "stuck");
}

TEST(ComparedRunTest, HasAValueAtEveryEpochWhateverBecameOfIt) {
  const ComparedRun stopped = ViewRun(Record(Status::kStopped, {0.5, 0.8}), 0.1);
  EXPECT_EQ(stopped.At(0, 0), 0.5);
  EXPECT_EQ(stopped.At(0, 9), 0.8) << "it keeps what it had";
  EXPECT_EQ(stopped.At(1, 1), 1.0 - 0.8);
  const ComparedRun diverged = ViewRun(Record(Status::kDiverged, {0.5}), 0.1);
  EXPECT_EQ(diverged.At(0, 0), 0.5);
  EXPECT_EQ(diverged.At(0, 1), 0.1);
  EXPECT_TRUE(std::isinf(diverged.At(1, 1)));
  EXPECT_EQ(diverged.held_out, 0.1);
  EXPECT_EQ(diverged.test, 0.1);
  RunRecord lost = Record(Status::kDiverged, {0.5});
  lost.epochs[0].train_loss = NAN;
  EXPECT_TRUE(std::isinf(ViewRun(lost, 0.1).At(1, 0)));
}

TEST(ComparedRunTest, WithoutHeldOutSamplesTrainingSamplesStandForThem) {
  RunRecord record = Record(Status::kOk, {0.7});
  record.settings.validation = 0;
  record.epochs[0].validation_accuracy.reset();
  const ComparedRun run = ViewRun(record, 0.1);
  EXPECT_EQ(run.held_out, 0.7);
  EXPECT_EQ(run.outcome, Outcome::kOk);
}

TEST(ComparedRunTest, ChanceIsOneOverTheOutputs) {
  RunRecord record = Record(Status::kOk, {0.7});
  EXPECT_EQ(ChanceOf(record), 0.1);
  record.settings.layers = {2, 16, 1};
  EXPECT_EQ(ChanceOf(record), 0.5);
}

}  // namespace
}  // namespace lanegrad
