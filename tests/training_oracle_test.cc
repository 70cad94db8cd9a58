// SPDX-License-Identifier: Apache-2.0
//
// Whole trainings against the plain one in double: every row of every catalogue, and
// every setting that changes a step.
#include "tests/training_oracle.h"

#include <gtest/gtest.h>

#include "network/synthetic.h"
#include "network/trainer.h"
#include "tests/spellings.h"

namespace lanegrad {
namespace {

// Uneven classes, so that their weights matter.
const Dataset& Blobs() {
  static const Dataset data = [] {
    Dataset all = LoadData("blobs");
    Dataset some = all;
    some.train.values.clear();
    some.train.labels.clear();
    for (std::size_t i = 0; i < all.train.count; ++i) {
      if (all.train.labels[i] == 0 && i % 3 != 0) continue;
      some.train.labels.push_back(all.train.labels[i]);
      for (std::size_t j = 0; j < all.train.features; ++j) {
        some.train.values.push_back(all.train.values[i * all.train.features + j]);
      }
    }
    some.train.count = some.train.labels.size();
    SetChecksum(some);
    return some;
  }();
  return data;
}

Settings Base() {
  Settings settings;
  settings.layers = {Blobs().train.features, 9, 7, Blobs().classes};
  settings.activation = "tanh/gelu";
  settings.optimizer = "momentum";
  settings.samples = 75;
  settings.batch = 16;
  settings.epochs = 3;
  return settings;
}

// Trains both ways and compares losses and weights. Numbers of size one, 15 steps: a
// float's 6e-8 has grown by what the steps amplify, measured below 1e-5; a wrong rule
// is wrong by a thousand times that.
constexpr double kBound = 3e-5;

struct Both {
  TrainingOracle oracle;
  RunResult result;
};

Both Compare(const Settings& wanted, double bound = kBound) {
  const ResolvedSettings resolved = Resolve(wanted, Blobs());
  const Settings& settings = resolved.settings;
  Network first(settings.layers, resolved.activations, resolved.output);
  first.Initialize(resolved.initializers, settings.seed);
  Both both = {TrainingOracle(settings, Blobs(), first), {}};
  const std::vector<double> losses = both.oracle.Train();
  Network network = first;
  both.result = Train(settings, Blobs(), {}, &network);
  EXPECT_EQ(both.result.epochs.size(), losses.size());
  for (std::size_t e = 0; e < both.result.epochs.size(); ++e) {
    EXPECT_NEAR(both.result.epochs[e].train_loss, losses[e], bound * std::fmax(1.0, losses[e]));
  }
  for (std::size_t l = 0; l < network.layers().size(); ++l) {
    const Layer& layer = network.layers()[l];
    const TrainingOracle::PlainLayer& plain = both.oracle.layers()[l];
    double worst = 0.0, moved = 0.0;
    for (std::size_t j = 0; j < layer.out(); ++j) {
      worst = std::fmax(worst, std::fabs(layer.bias[j] - plain.b[j]));
      for (std::size_t i = 0; i < layer.in(); ++i) {
        worst = std::fmax(worst, std::fabs(layer.weights(i, j) - plain.w[i][j]));
        moved = std::fmax(moved, std::fabs(plain.w[i][j] - first.layers()[l].weights(i, j)));
      }
    }
    EXPECT_LE(worst, bound) << "layer " << l;
    EXPECT_GT(moved, 10.0 * bound) << "layer " << l << " has hardly moved: nothing is shown";
  }
  return both;
}

TEST(TrainingOracleTest, EveryOptimizerTrainsAsThePlainOneDoes) {
  for (const OptimizerInfo& info : Optimizers()) {
    SCOPED_TRACE(info.name);
    Settings settings = Base();
    settings.optimizer = info.name;
    // Steps that are seen against the bound, whatever is usual.
    settings.rate = info.name == "adadelta" ? 1.0f : std::fmax(info.rate, 0.005f);
    if (info.full_batch) {
      settings.batch = settings.samples;
      settings.epochs = 10;
    }
    if (info.reads.weight_decay) settings.weight_decay = 0.1f;
    Compare(settings);
  }
}

TEST(TrainingOracleTest, EveryScheduleLeadsAsThePlainOneDoes) {
  for (const std::string& spelled : Spellings(Schedules())) {
    SCOPED_TRACE(spelled);
    Settings settings = Base();
    settings.schedule = spelled;
    Compare(settings);
  }
}

TEST(TrainingOracleTest, EveryActivationTrainsAsItsFormulaSays) {
  for (const std::string& spelled : Spellings(Activations())) {
    SCOPED_TRACE(spelled);
    Settings settings = Base();
    settings.activation = "tanh/" + spelled;
    settings.optimizer = "sgd";
    Compare(settings);
  }
}

TEST(TrainingOracleTest, EveryLossTrainsAsItsFormulaSays) {
  for (const std::string& spelled : Spellings(Losses())) {
    SCOPED_TRACE(spelled);
    Settings settings = Base();
    settings.loss = spelled;
    if (Output::Named(Loss::Named(spelled).info().output).head) continue;  // head_test's
    settings.optimizer = "sgd";
    Compare(settings);
  }
}

TEST(TrainingOracleTest, EveryInitializerIsTrainedFrom) {
  for (const InitializerInfo& info : Initializers()) {
    if (info.name == "constant") continue;  // zeros never move a hidden layer
    SCOPED_TRACE(info.name);
    Settings settings = Base();
    settings.initializer = "lecun_normal/" + std::string(info.name) + "/glorot_uniform";
    Compare(settings);
  }
}

TEST(TrainingOracleTest, EverySettingThatChangesAStepChangesItAsStated) {
  const Settings base = Base();
  const double plain = Compare(base).result.epochs.back().train_loss;
  for (const auto& [name, value] : {std::pair{"l1", "0.01"},
                                    {"l2", "0.1"},
                                    {"clip", "0.01"},
                                    {"clip-norm", "0.1"},
                                    {"max-norm", "0.8"},
                                    {"class-weights", "balanced"},
                                    {"warmup", "1.5"},
                                    {"dropout", "0.3"},
                                    {"input-noise", "0.2"},
                                    {"label-noise", "0.2"}}) {
    SCOPED_TRACE(name);
    Settings settings = base;
    FieldNamed(name).set(settings, value);
    const Both both = Compare(settings);
    EXPECT_GT(std::fabs(both.result.epochs.back().train_loss - plain), 100.0 * kBound);
    EXPECT_EQ(both.oracle.shortened > 0, settings.clip_norm > 0.0f);
    EXPECT_EQ(both.oracle.limited > 0, settings.max_norm > 0.0f);
  }
}

TEST(TrainingOracleTest, AllOfThemTogetherDoToo) {
  for (const OptimizerInfo& info : Optimizers()) {
    if (info.full_batch) continue;
    SCOPED_TRACE(info.name);
    Settings settings = Base();
    settings.optimizer = info.name;
    settings.rate = info.name == "adadelta" ? 1.0f : std::fmax(info.rate, 0.005f);
    settings.schedule = "cosine";
    settings.l1 = 0.001f;
    settings.l2 = 0.01f;
    settings.clip = 0.2f;
    settings.clip_norm = 0.5f;
    settings.max_norm = 1.0f;
    settings.dropout = 0.1f;
    settings.input_noise = 0.1f;
    settings.label_noise = 0.1;
    settings.class_weights = "1/0.5/2";
    for (std::size_t c = 3; c < Blobs().classes; ++c) settings.class_weights += "/1";
    Compare(settings);
  }
}

}  // namespace
}  // namespace lanegrad
