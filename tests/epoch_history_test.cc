// SPDX-License-Identifier: Apache-2.0
//
// What the epochs decide: when a run ends, and whose weights it ends with.
#include "network/epoch_history.h"

#include <gtest/gtest.h>

#include <vector>

#include "network/parameters.h"
#include "network/synthetic.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

// After how many of these validation losses a run with such settings ends; 0: never.
std::size_t EndsAfter(const Settings& settings, const std::vector<double>& losses) {
  EpochHistory history(settings, Schedule::Named("constant"));
  for (std::size_t e = 0; e < losses.size(); ++e) {
    history.Add({.train_loss = 2.0 * losses[e],
                 .train_accuracy = 0.0,
                 .validation_loss = losses[e],
                 .validation_accuracy = 1.0 - losses[e]});
    if (history.Ended()) return e + 1;
  }
  return 0;
}

TEST(EpochHistoryTest, PatienceCountsEpochsWithoutASmallerLoss) {
  Settings settings;
  settings.validation = 10;
  const std::vector<double> losses = {0.9, 0.5, 0.6, 0.5, 0.4, 0.7, 0.7, 0.7, 0.3};
  settings.patience = 1;
  EXPECT_EQ(EndsAfter(settings, losses), 3u);
  settings.patience = 2;
  EXPECT_EQ(EndsAfter(settings, losses), 4u) << "as small is not smaller";
  settings.patience = 3;
  EXPECT_EQ(EndsAfter(settings, losses), 8u);
  settings.patience = 4;
  EXPECT_EQ(EndsAfter(settings, losses), 0u);
}

TEST(EpochHistoryTest, AConditionIsMetWhereItIsReached) {
  Settings settings;
  settings.validation = 10;
  settings.stop_loss = 1.0;  // of training, which is twice the other here
  EXPECT_EQ(EndsAfter(settings, {0.9, 0.6, 0.5, 0.4}), 3u);
  settings.stop_loss = 0.0;
  settings.stop_accuracy = 0.5;
  EXPECT_EQ(EndsAfter(settings, {0.9, 0.6, 0.5, 0.4}), 3u);
}

TEST(EpochHistoryTest, TheFirstOfEqualEpochsIsTheBest) {
  Settings settings;
  EpochHistory history(settings, Schedule::Named("constant"));
  for (const double loss : {3.0, 1.0, 2.0, 1.0}) history.Add({.train_loss = loss});
  EXPECT_EQ(history.Best(), 1u);
  EXPECT_FALSE(history.LastIsBest());
}

Settings Noisy() {
  Settings settings;
  settings.layers = {2, 30, 9, 2};
  settings.activation = "relu/tanh";
  settings.samples = 120;
  settings.validation = 60;
  settings.rate = 0.9f;
  settings.label_noise = 0.3;
  settings.epochs = 60;
  settings.patience = 6;
  settings.restore_best = true;
  return settings;
}

TEST(EpochHistoryTest, TheRestoredWeightsAreThoseOfTheBestEpoch) {
  const Dataset data = LoadData("moons");
  Settings settings = Noisy();
  Network best(std::vector<std::size_t>{1, 1}, Activation::Named("identity"),
               Activation::Named("identity"));
  Network last = best, ended = best;
  const RunResult result = Train(settings, data, {}, &best);
  ASSERT_EQ(result.status, Status::kStopped);
  ASSERT_EQ(result.kept_epoch + settings.patience, result.epochs.size());
  // The same run, ended there.
  settings.epochs = result.kept_epoch;
  settings.restore_best = false;
  Train(settings, data, {}, &ended);
  EXPECT_EQ(TakeNumbers(best, Numbers::kWeights), TakeNumbers(ended, Numbers::kWeights));
  settings.epochs = 60;
  const RunResult kept = Train(settings, data, {}, &last);
  EXPECT_EQ(kept.kept_epoch, 0u);
  EXPECT_NE(TakeNumbers(best, Numbers::kWeights), TakeNumbers(last, Numbers::kWeights));
}

TEST(EpochHistoryTest, LimitsAndWeightsAreTheSameForAnyNumberOfThreads) {
  const Dataset data = LoadData("moons");
  Settings settings = Noisy();
  settings.layers = {2, 500, 501, 2};
  settings.batch = 60;
  settings.epochs = 2;
  settings.clip_norm = 0.2f;
  settings.max_norm = 0.9f;
  settings.class_weights = "1/3";
  RunOptions options;
  const std::string digest = Train(settings, data, options).digest;
  for (const std::size_t threads : {2u, 3u, 5u}) {
    options.threads = threads;
    const RunResult result = Train(settings, data, options);
    EXPECT_EQ(result.threads, threads);
    EXPECT_EQ(result.digest, digest) << threads << " threads";
  }
}

TEST(EpochHistoryTest, ClassWeightsThatLeaveNothingAreRefused) {
  const Dataset data = LoadData("moons");
  Settings settings = Noisy();
  settings.class_weights = "0/0";
  EXPECT_THROW(Train(settings, data), UsageError);
}

}  // namespace
}  // namespace lanegrad
