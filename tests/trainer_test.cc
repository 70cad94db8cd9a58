// SPDX-License-Identifier: Apache-2.0
//
// What a run does with its settings; its bits are digest_test's.
#include "network/trainer.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <numeric>
#include <utility>

#include "network/evaluation.h"
#include "network/noise.h"
#include "network/resolved_settings.h"
#include "network/split.h"
#include "network/synthetic.h"
#include "tests/small_images.h"

namespace lanegrad {
namespace {

TEST(TrainerTest, EveryLossAndOptimizerLearnsTheSmallImages) {
  for (const LossInfo& loss : Losses()) {
    for (const OptimizerInfo& optimizer : Optimizers()) {
      Settings settings = SmallSettings();
      settings.loss = loss.name;
      settings.optimizer = optimizer.name;
      // A small set of few steps needs more than what is usual.
      settings.rate = optimizer.name == "adadelta" ? optimizer.rate : 5.0f * optimizer.rate;
      settings.epochs = 12;
      if (optimizer.full_batch) {  // an epoch is one step, and the rate its first size
        settings.batch = 600;
        settings.rate = 0.1f * optimizer.rate;
        settings.epochs = 60;
      }
      const RunResult result = RunOn(1, settings);
      EXPECT_EQ(result.status, Status::kOk);
      // Chance is 1/3. Not more is asked, because mae rests where two of three
      // outputs are right: the median of a rare label is zero.
      EXPECT_GT(result.test_accuracy, 0.6) << loss.name << ", " << optimizer.name;
      EXPECT_LT(result.epochs.back().train_loss, result.epochs.front().train_loss);
    }
  }
}

TEST(TrainerTest, LabelNoiseReplacesItsShareOfTheLabelsByOthers) {
  const Dataset data = SmallImages();
  std::vector<std::uint32_t> chosen(data.train.count - 100);
  std::iota(chosen.begin(), chosen.end(), 0u);
  const std::vector<std::uint8_t> taught = TaughtLabels(data, chosen, 0.3, 1);
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < data.train.count; ++i) {
    EXPECT_LT(taught[i], data.classes);
    if (taught[i] != data.train.labels[i]) ++wrong;
    if (i < chosen.size()) continue;
    EXPECT_EQ(taught[i], data.train.labels[i]) << "held out: never";
  }
  const double expected = 0.3 * static_cast<double>(chosen.size());
  EXPECT_NEAR(static_cast<double>(wrong), expected, 4.0 * std::sqrt(0.7 * expected));
  Settings settings = SmallSettings();
  settings.label_noise = 0.3;
  const RunResult noisy = RunOn(1, settings);
  EXPECT_LT(noisy.epochs.back().train_accuracy, RunOn(1).epochs.back().train_accuracy);
  EXPECT_EQ(noisy.digest, RunOn(3, settings).digest);
}

TEST(TrainerTest, InputNoiseHasItsDeviationAndFollowsTheSample) {
  const std::uint32_t chosen[] = {7, 3, 7};
  Matrix x(3, 400);
  AddNoise(0.5f, 1, 0, chosen, {0, 3}, x.view());
  double sum = 0.0, squares = 0.0;
  for (std::size_t j = 0; j < 400; ++j) {
    EXPECT_EQ(x(0, j), x(2, j)) << "the same sample, another row";
    EXPECT_NE(x(0, j), x(1, j));
    for (std::size_t r = 0; r < 2; ++r) {
      sum += x(r, j);
      squares += x(r, j) * x(r, j);
    }
  }
  EXPECT_NEAR(sum / 800, 0.0, 4 * 0.5 / std::sqrt(800.0));
  EXPECT_NEAR(std::sqrt(squares / 800), 0.5, 4 * 0.5 / std::sqrt(1600.0));
  Matrix later(3, 400);
  AddNoise(0.5f, 1, 1, chosen, {0, 3}, later.view());
  EXPECT_NE(later(0, 0), x(0, 0)) << "another epoch, other noise";
}

TEST(TrainerTest, PatienceEndsATrainingThatHasStoppedToGain) {
  Settings settings = SmallSettings();
  settings.epochs = 200;
  settings.patience = 3;
  const RunResult result = RunOn(1, settings);
  ASSERT_EQ(result.status, Status::kStopped);
  const std::size_t end = result.epochs.size();
  double least = *result.epochs[0].validation_loss;
  for (const EpochMetrics& epoch : result.epochs) least = std::min(least, *epoch.validation_loss);
  EXPECT_EQ(result.epochs[end - 4].validation_loss, least) << "three epochs before the last";
}

TEST(TrainerTest, PenaltiesMakeWeightsSmaller) {
  const auto size = [](std::string_view penalty) {
    Settings settings = SmallSettings();
    if (!penalty.empty()) FieldNamed(penalty).set(settings, "0.01");
    Network network(std::vector<std::size_t>{1, 1}, Activation::Named("identity"),
                    Activation::Named("identity"));
    Train(settings, SmallImages(), {}, &network);
    double sum = 0.0;
    for (const Layer& layer : network.layers()) {
      for (std::size_t i = 0; i < layer.in(); ++i) {
        for (std::size_t j = 0; j < layer.out(); ++j) {
          sum += std::fabs(static_cast<double>(layer.weights(i, j)));
        }
      }
    }
    return sum;
  };
  EXPECT_LT(size("l1"), 0.9 * size(""));
  EXPECT_LT(size("l2"), size(""));
}

TEST(TrainerTest, XorIsLearnedWithAHiddenLayerAndNotWithout) {
  const Dataset data = LoadData("xor");
  Settings settings;
  settings.layers = {2, 8, 2};
  settings.activation = "tanh";
  settings.rate = 0.5f;
  settings.epochs = 60;
  EXPECT_GT(Train(settings, data).test_accuracy, 0.97);
  settings.layers = {2, 2};
  EXPECT_LT(Train(settings, data).test_accuracy, 0.8);
}

TEST(TrainerTest, OneOutputAnswersAQuestionOfTwoClasses) {
  const Dataset data = LoadData("moons");
  Settings settings;
  settings.layers = {2, 16, 1};
  settings.loss = "binary_cross_entropy";
  settings.rate = 0.5f;
  settings.epochs = 40;
  EXPECT_GT(Train(settings, data).test_accuracy, 0.95);
}

TEST(TrainerTest, DivergenceIsAResultWithItsFirstBadStep) {
  Settings settings = SmallSettings();
  settings.activation = "relu";
  settings.rate = 1e6f;
  const RunResult result = RunOn(1, settings);
  EXPECT_EQ(result.status, Status::kDiverged);
  EXPECT_GT(result.bad_step, 0u);
  EXPECT_EQ(result.bad_step, result.steps);
  EXPECT_EQ(result.digest, RunOn(1, settings).digest);
}

// Imported weights that no step has touched: nothing but the evaluation shows it.
TEST(TrainerTest, ALossThatIsNotFiniteIsDivergenceWhereverItIsComputed) {
  InitialWeights weights = {.layers = {40, 3}, .numbers = std::vector<float>(123, 3e38f)};
  Settings settings;
  settings.layers = weights.layers;
  settings.initializer = weights.Initializer();
  settings.epochs = 0;
  std::string digest;
  for (const auto& [test, health] : {std::pair{true, true}, {true, false}, {false, true}}) {
    RunOptions options;
    options.weights = &weights;
    options.test = test;
    options.health = health;
    const RunResult result = Train(settings, SmallImages(), options);
    EXPECT_EQ(result.status, Status::kDiverged) << test << health;
    EXPECT_EQ(result.bad_step, 0u);
    EXPECT_EQ(result.health.diverged, health);
    EXPECT_TRUE(result.health.layers.empty());
    if (digest.empty()) digest = result.digest;
    EXPECT_EQ(result.digest, digest) << "looking must not change the run";
  }
}

TEST(TrainerTest, AValidationLossThatIsNotFiniteIsDivergenceAtTheEndOfItsEpoch) {
  // One held-out sample is so large that its loss overflows; the others are learned.
  Dataset data = SmallImages();
  data.train.values.assign(data.train.bytes.begin(), data.train.bytes.end());
  for (float& value : data.train.values) value /= 255.0f;
  data.train.bytes.clear();
  data.test = data.train;
  Settings settings = SmallSettings();
  settings.activation = "relu";
  const Split split = SplitSamples(Resolve(settings, data).settings, data);
  std::fill_n(data.train.values.begin() + split.validation[0] * 40, 40, 3e38f);
  const RunResult result = Train(settings, data);
  EXPECT_EQ(result.status, Status::kDiverged);
  EXPECT_EQ(result.bad_step, (600u + 36u) / 37u) << "of the first epoch";
}

TEST(TrainerTest, OneClassOneFeatureAndOneSampleAreNoReasonToFail) {
  Dataset data;
  data.name = "single";
  data.classes = 1;
  data.train = {.count = 1, .features = 1, .bytes = {}, .values = {0.5f}, .labels = {0}};
  data.test = data.train;
  SetChecksum(data);
  Settings settings;
  settings.loss = "mse";
  for (const std::vector<std::size_t>& layers :
       {std::vector<std::size_t>{1, 1}, {1, 1, 1}, {1, 4, 2}}) {
    settings.layers = layers;
    for (const std::size_t threads : {1u, 2u}) {
      RunOptions options;
      options.threads = threads;
      EXPECT_EQ(Train(settings, data, options).status, Status::kOk);
    }
  }
  // What would need another class.
  settings.label_noise = 0.9;
  EXPECT_THROW(Train(settings, data), UsageError);
  settings.label_noise = 0.0;
  settings.class_weights = "balanced";
  EXPECT_THROW(Train(settings, data), UsageError);
}

TEST(TrainerTest, TrainingStopsWhenTheConditionIsMet) {
  Settings settings = SmallSettings();
  settings.epochs = 100;
  settings.stop_loss = 0.2;
  const RunResult result = RunOn(1, settings);
  EXPECT_EQ(result.status, Status::kStopped);
  EXPECT_LT(result.epochs.size(), 100u);
  EXPECT_LE(result.epochs.back().train_loss, 0.2);
  EXPECT_GT(result.epochs[result.epochs.size() - 2].train_loss, 0.2);

  settings.stop_loss = 0.0;
  settings.stop_accuracy = 0.9;
  EXPECT_GE(RunOn(1, settings).epochs.back().validation_accuracy.value(), 0.9);
}

TEST(TrainerTest, AnInterruptedRunEndsAtTheNextStep) {
  const std::atomic<bool> stop{true};
  RunOptions options;
  options.stop = &stop;
  const RunResult result = Train(SmallSettings(), SmallImages(), options);
  EXPECT_EQ(result.status, Status::kInterrupted);
  EXPECT_EQ(result.steps, 1u);
  EXPECT_FALSE(result.tested);
}

TEST(TrainerTest, TheTestSetIsReadOnlyWhenAsked) {
  RunOptions options;
  options.test = false;
  const RunResult result = Train(SmallSettings(), SmallImages(), options);
  EXPECT_FALSE(result.tested);
  EXPECT_EQ(result.digest, RunOn(1).digest) << "looking must not change the run";
}

TEST(TrainerTest, ATestCurveEndsAtTheTestAccuracyAndChangesNoDigest) {
  const Dataset data = SmallImages();
  const RunResult plain = Train(SmallSettings(), data);
  EXPECT_FALSE(plain.epochs.back().test_accuracy.has_value());
  const RunResult curve = Train(SmallSettings(), data, {.test_every_epoch = true});
  EXPECT_EQ(curve.digest, plain.digest);
  ASSERT_EQ(curve.epochs.size(), plain.epochs.size());
  for (const EpochMetrics& epoch : curve.epochs) EXPECT_TRUE(epoch.test_loss.has_value());
  EXPECT_EQ(curve.epochs.back().test_accuracy, curve.test_accuracy);
  EXPECT_EQ(curve.epochs.back().test_loss, curve.test_loss);
}

TEST(TrainerTest, ValidationMetricsAreThoseOfTheHeldOutSamples) {
  Settings settings = SmallSettings();
  settings.epochs = 1;
  const Dataset data = SmallImages();
  const std::size_t sizes[] = {40, 3};
  Network network(sizes, Activation::Named("identity"), Activation::Named("identity"));
  const RunResult result = Train(settings, data, {}, &network);
  std::vector<std::uint32_t> all(data.test.count);
  for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
  const Evaluation again = EvaluateNetwork(network, Loss::Named(settings.loss), data.test, all);
  EXPECT_EQ(again.loss, result.test_loss);
  EXPECT_EQ(again.accuracy, result.test_accuracy);
  EXPECT_GT(result.epochs[0].validation_accuracy.value(), 0.0);
  settings.validation = 0;
  const EpochMetrics without = RunOn(1, settings).epochs[0];
  EXPECT_FALSE(without.validation_loss.has_value()) << "nothing is held out: not zero, but none";
  EXPECT_FALSE(without.validation_accuracy.has_value());
}

TEST(TrainerTest, ProfilingMeasuresEveryPhaseAndChangesNothing) {
  RunOptions options;
  options.profile = true;
  const RunResult result = Train(SmallSettings(), SmallImages(), options);
  EXPECT_EQ(result.digest, RunOn(1).digest);
  for (const Phase phase : {Phase::kGather, Phase::kForward, Phase::kUpdate}) {
    EXPECT_GT(result.phase_seconds[static_cast<std::size_t>(phase)], 0.0) << PhaseName(phase);
  }
  EXPECT_TRUE(result.profiled);
  EXPECT_FALSE(RunOn(1).profiled);
}

}  // namespace
}  // namespace lanegrad
