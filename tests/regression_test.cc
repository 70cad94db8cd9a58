// SPDX-License-Identifier: Apache-2.0
//
// Numbers are learned, and judged by R2 and by the root of the mean squared error.
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>

#include "experiments/records/compared_run.h"
#include "experiments/records/run_record.h"
#include "kernels/random.h"
#include "network/evaluation.h"
#include "network/resolved_settings.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

// y = 3 + 2 a - b, with a little noise, times and plus whatever units there are.
Dataset Plane(float unit = 1.0f, float zero = 0.0f) {
  Dataset data;
  data.name = "plane";
  data.source = "made";
  data.classes = 1;
  data.target = "y";
  RandomStream random(3, Stream::kData);
  for (Samples* samples : {&data.train, &data.test}) {
    samples->count = samples == &data.train ? 300 : 100;
    samples->features = 2;
    for (std::size_t i = 0; i < samples->count; ++i) {
      const float a = random.Normal(), b = random.Normal();
      samples->values.insert(samples->values.end(), {a, b});
      samples->targets.push_back(unit * (3.0f + 2.0f * a - b + 0.1f * random.Normal()) + zero);
      samples->labels.push_back(0);
    }
  }
  SetChecksum(data);
  return data;
}

Settings Linear(const Dataset& data) {
  Settings settings;
  settings.layers = {2, 1};
  settings.loss = "mse";
  settings.rate = 0.05f;
  settings.epochs = 20;
  settings.validation = 50;
  return Resolve(settings, data).settings;
}

TEST(RegressionTest, TheUsualStepIsATenthWhereItGoesByTheSizeOfTheSlope) {
  const Dataset data = Plane(1.0f, 0.0f);
  const auto rate = [&](const char* optimizer) {
    Settings settings;
    settings.layers = {2, 8, 1};
    settings.loss = "mse";
    settings.optimizer = optimizer;
    return Resolve(settings, data).settings.rate;
  };
  EXPECT_EQ(rate("sgd"), 0.01f);
  EXPECT_EQ(rate("momentum"), 0.001f);
  EXPECT_EQ(rate("adam"), 0.001f);
  EXPECT_EQ(rate("lion"), Optimizer::Named("lion").info().rate);
}

TEST(RegressionTest, RSquaredIsOneWithoutErrorAndZeroForTheMean) {
  Samples samples;
  samples.targets = {1, 2, 3, 6};
  const std::vector<std::uint32_t> all = {0, 1, 2, 3};
  EXPECT_EQ(RSquared(std::vector<double>(4, 0.0), samples, all), 1.0);
  EXPECT_EQ(RSquared(std::vector<double>{4, 1, 0, 9}, samples, all), 0.0);
  EXPECT_LT(RSquared(std::vector<double>(4, 9.0), samples, all), -1.0);
  samples.targets = {2, 2, 2, 2};
  EXPECT_EQ(RSquared(std::vector<double>(4, 0.0), samples, all), 1.0);
  EXPECT_EQ(RSquared(std::vector<double>(4, 1.0), samples, all), 0.0);
}

TEST(RegressionTest, ALineIsLearnedToItsNoise) {
  const Dataset data = Plane();
  std::optional<Network> network(std::in_place, std::vector<std::size_t>{2, 1},
                                 Activation::Named("identity"), Activation::Named("identity"));
  const RunResult result = Train(Linear(data), data, {}, &*network);
  EXPECT_GT(result.test_accuracy, 0.99);
  EXPECT_NEAR(result.test_rmse, 0.1, 0.02);
  EXPECT_GT(result.epochs.back().train_accuracy, 0.99);
  EXPECT_GT(result.epochs.back().validation_accuracy.value(), 0.99);
  EXPECT_TRUE(result.health.faults.empty());
  // By hand, from the weights, with the scale that was fitted.
  const Layer& layer = network->layers()[0];
  double squares = 0.0, mean = 0.0, spread = 0.0;
  for (const float target : data.test.targets) mean += static_cast<double>(target) / 100.0;
  for (std::size_t i = 0; i < 100; ++i) {
    const double a = static_cast<double>(data.test.values[2 * i]);
    const double b = static_cast<double>(data.test.values[2 * i + 1]);
    const double output = static_cast<double>(layer.weights(0, 0)) * a +
                          static_cast<double>(layer.weights(1, 0)) * b +
                          static_cast<double>(layer.bias[0]);
    const double target = static_cast<double>(data.test.targets[i]);
    const double guess = output / result.scaling.target_factor + result.scaling.target_shift;
    squares += (guess - target) * (guess - target);
    spread += (target - mean) * (target - mean);
  }
  EXPECT_NEAR(result.test_accuracy, 1.0 - squares / spread, 1e-5);
  EXPECT_NEAR(result.test_rmse, std::sqrt(squares / 100.0), 1e-5);
}

TEST(RegressionTest, UnitsOfTheTargetChangeTheErrorAndNotRSquared) {
  const Dataset data = Plane(), other = Plane(1000.0f, -5000.0f);
  const RunResult one = Train(Linear(data), data), two = Train(Linear(other), other);
  EXPECT_NEAR(one.test_accuracy, two.test_accuracy, 1e-4);
  EXPECT_NEAR(two.test_rmse, 1000.0 * one.test_rmse, 1.0);
  // As they are, such targets are far out of reach of the same rate.
  Settings settings = Linear(other);
  settings.target_scale = "unit";
  settings.epochs = 1;
  EXPECT_LT(Train(settings, other).epochs.size() > 0 ? Train(settings, other).test_accuracy : -1.0,
            0.99);
}

TEST(RegressionTest, TargetsAreScaledByTheSamplesOfTheTrainingAlone) {
  const Dataset data = Plane();
  InputScaling scaling;
  const std::vector<std::uint32_t> chosen = {0, 2, 5};
  FitTargetScaling("standard", data.train, chosen, scaling);
  double mean = 0.0;
  for (const std::uint32_t i : chosen) mean += static_cast<double>(data.train.targets[i]) / 3.0;
  EXPECT_NEAR(scaling.target_shift, mean, 1e-12);
  double square = 0.0;
  for (const std::uint32_t i : chosen) {
    const double z =
        (static_cast<double>(data.train.targets[i]) - scaling.target_shift) * scaling.target_factor;
    square += z * z / 3.0;
  }
  EXPECT_NEAR(square, 1.0, 1e-12);
}

TEST(RegressionTest, ThreadsAndInterruptionsChangeNoBit) {
  const Dataset data = Plane();
  Settings settings = Linear(data);
  settings.layers = {2, 64, 1};
  settings = Resolve(settings, data).settings;
  const RunResult whole = Train(settings, data);
  EXPECT_EQ(Train(settings, data, {.threads = 2}).digest, whole.digest);
  std::vector<Checkpoint> states;
  RunOptions saving;
  saving.save = [&](const Checkpoint& state) { states.push_back(state); };
  saving.save_every = 3;
  Train(settings, data, saving);
  ASSERT_GT(states.size(), 4u);
  for (const std::size_t at : {std::size_t{0}, states.size() / 2}) {
    const Checkpoint read = UnpackCheckpoint(PackCheckpoint(states[at]), "c");
    RunOptions resuming;
    resuming.resume = &read;
    EXPECT_EQ(Train(settings, data, resuming).digest, whole.digest) << at;
  }
}

TEST(RegressionTest, WhatIsOfClassesIsRefused) {
  const Dataset data = Plane();
  for (const char* loss : {"softmax_cross_entropy", "binary_cross_entropy", "hinge", "poisson"}) {
    Settings settings;
    settings.loss = loss;
    EXPECT_THROW(Resolve(settings, data), UsageError) << loss;
  }
  Settings settings = Linear(data);
  settings.layers = {2, 2};
  EXPECT_THROW(Resolve(settings, data), UsageError);
  settings = Linear(data);
  settings.class_weights = "balanced";
  EXPECT_THROW(Resolve(settings, data), UsageError);
  settings = Linear(data);
  settings.label_noise = 0.1;
  EXPECT_THROW(Resolve(settings, data), UsageError);
}

TEST(RegressionTest, ANetworkThatKnowsNoMoreThanTheMeanIsStuck) {
  Dataset data = Plane();
  for (float& target : data.train.targets) target = -target;
  Settings settings = Linear(data);
  settings.rate = 1e-7f;
  settings.epochs = 1;
  const RunResult result = Train(settings, data);
  EXPECT_EQ(result.health.chance, 0.0);
  EXPECT_EQ(result.health.stuck, result.epochs.back().train_accuracy <= 0.0);
  EXPECT_TRUE(result.health.classes.empty());
}

TEST(RegressionTest, ItsRecordSpeaksOfRSquaredAndReadsBack) {
  const Dataset data = Plane();
  const RunResult result = Train(Linear(data), data);
  const RunRecord record = MakeRunRecord("train", "train", result, data);
  const std::string line = RunLine(record);
  EXPECT_EQ(line.find("_accuracy\""), std::string::npos) << line;
  EXPECT_NE(line.find("\"test_r2\""), std::string::npos);
  EXPECT_NE(line.find("\"target\":\"y\""), std::string::npos);
  const RunRecord read = ParseRunRecord(ToJson(record));
  EXPECT_EQ(read.test_accuracy, record.test_accuracy);
  EXPECT_EQ(read.test_rmse, record.test_rmse);
  EXPECT_EQ(read.epochs.back().validation_accuracy, record.epochs.back().validation_accuracy);
  EXPECT_EQ(RunLine(read), line);
  EXPECT_EQ(ChanceOf(read), 0.0);
  EXPECT_EQ(ViewRun(read, 0.0).score, Score::kR2);
}

}  // namespace
}  // namespace lanegrad
