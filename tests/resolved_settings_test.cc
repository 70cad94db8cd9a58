// SPDX-License-Identifier: Apache-2.0
#include "network/resolved_settings.h"

#include <gtest/gtest.h>

#include <string>

namespace lanegrad {
namespace {

Dataset Ten() {
  Dataset data;
  data.name = "ten";
  data.classes = 10;
  data.train.count = 100;
  data.train.features = 20;
  return data;
}

std::string Refusal(const Settings& settings, const Dataset& data = Ten()) {
  try {
    Resolve(settings, data);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(ResolvedSettingsTest, AutoIsWhatIsUsualWithTheOptimizer) {
  Settings settings;
  settings.optimizer = "adam";
  const Settings resolved = Resolve(settings, Ten()).settings;
  EXPECT_EQ(resolved.rate, 0.001f);
  EXPECT_EQ(resolved.decay, 0.999f);
  settings.optimizer = "rmsprop";
  EXPECT_EQ(Resolve(settings, Ten()).settings.decay, 0.99f);
}

TEST(ResolvedSettingsTest, WhatAnOptimizerCannotUseIsRefusedWithTheWayOut) {
  Settings settings;
  settings.optimizer = "rprop";
  EXPECT_EQ(Refusal(settings),
            "optimizer 'rprop' needs whole gradients: batch must be 100, not 32");
  settings.optimizer = "adam";
  settings.weight_decay = 0.01f;
  EXPECT_EQ(Refusal(settings),
            "weight-decay is for 'adamw' and 'lion'; with 'adam', --l2 0.01 does what it says");
}

TEST(ResolvedSettingsTest, AutoMeansWhatSuitsLossAndActivation) {
  for (const LossInfo& loss : Losses()) {
    for (const ActivationInfo& activation : Activations()) {
      Settings settings;
      settings.loss = loss.name;
      settings.activation = activation.name;
      const Settings resolved = Resolve(settings, Ten()).settings;
      EXPECT_EQ(resolved.output, loss.output);
      EXPECT_EQ(resolved.initializer, activation.initializer);
      EXPECT_NO_THROW(Initializer::Named(resolved.initializer));
      EXPECT_EQ(resolved.layers, (std::vector<std::size_t>{20, 128, 10}));
      EXPECT_EQ(resolved.samples, 100u);
    }
  }
}

TEST(ResolvedSettingsTest, SettingsThatDoNotAgreeAreRefusedWithTheReason) {
  Settings settings;
  settings.output = "sigmoid";
  EXPECT_EQ(Refusal(settings),
            "loss 'softmax_cross_entropy' contains the output activation: "
            "output-activation must be 'identity', not 'sigmoid'");
  settings = {};
  settings.layers = {784, 10};
  EXPECT_EQ(Refusal(settings), "layers must begin with 20, the features of ten, not with 784");
  settings.layers = {20, 2};
  EXPECT_EQ(Refusal(settings), "layers must end with 10, the classes of ten, not with 2");
  settings = {};
  settings.validation = 100;
  EXPECT_EQ(Refusal(settings), "validation must leave some of the 100 training samples, not 100");
  settings.validation = 50;
  settings.samples = 51;
  EXPECT_EQ(Refusal(settings), "samples must be at most 50 (100 less 50 held out), not 51");
  settings = {};
  settings.stop_accuracy = 0.9;
  EXPECT_EQ(Refusal(settings), "stop-accuracy needs validation samples: add --validation N");
}

TEST(ResolvedSettingsTest, EachLayerMayHaveItsOwnActivationAndItsWeightsFollow) {
  Settings settings;
  settings.layers = {20, 30, 40, 10};
  FieldNamed("activation").set(settings, "relu/leaky_relu:0.20");
  Settings resolved = Resolve(settings, Ten()).settings;
  EXPECT_EQ(resolved.activation, "relu/leaky_relu:0.2");
  EXPECT_EQ(resolved.initializer, "he_uniform");
  settings.activation = "tanh/relu";
  EXPECT_EQ(Resolve(settings, Ten()).settings.initializer, "glorot_uniform/he_uniform/he_uniform");
  settings.initializer = "orthogonal/auto/lecun_normal";
  EXPECT_EQ(Resolve(settings, Ten()).settings.initializer, "orthogonal/he_uniform/lecun_normal");
  // One run, one key: what is the same for all layers is said once.
  Settings once = settings, twice = settings;
  once.initializer = twice.initializer = "auto";
  once.activation = "tanh";
  twice.activation = "tanh/tanh";
  EXPECT_EQ(RunKey(Resolve(once, Ten()).settings, Ten()),
            RunKey(Resolve(twice, Ten()).settings, Ten()));
}

TEST(ResolvedSettingsTest, ListsOfTheWrongLengthAreRefusedWithTheRightOne) {
  Settings settings;
  settings.layers = {20, 30, 40, 10};
  settings.activation = "relu/tanh/gelu";
  EXPECT_EQ(Refusal(settings),
            "activation must be one name, or 2: one for each hidden layer of 20-30-40-10, not "
            "'relu/tanh/gelu'");
  settings.activation = "relu";
  settings.initializer = "he_normal/orthogonal";
  EXPECT_EQ(Refusal(settings),
            "initializer must be one name, or 3: one for each layer of 20-30-40-10, not "
            "'he_normal/orthogonal'");
  settings.initializer = "auto";
  settings.class_weights = "1/2";
  EXPECT_EQ(Refusal(settings),
            "class-weights must be 10 numbers, one for each class of ten, not 2");
  settings = {};
  settings.layers = {20, 10};
  settings.max_norm = 2.0f;
  EXPECT_EQ(Refusal(settings), "max-norm is for hidden units: layers 20-10 have none");
}

TEST(ResolvedSettingsTest, WhatNeedsAnotherClassIsRefusedWhereThereIsOne) {
  Dataset one = Ten();
  one.name = "one";
  one.classes = 1;
  Settings settings;
  settings.layers = {20, 4, 2};
  EXPECT_EQ(Refusal(settings, one), "accepted");
  settings.class_weights = "balanced";
  EXPECT_EQ(Refusal(settings, one), "class-weights needs data of at least 2 classes; one has 1");
  settings.label_noise = 0.9;
  EXPECT_EQ(Refusal(settings, one), "label-noise needs data of at least 2 classes; one has 1");
}

TEST(ResolvedSettingsTest, ASoftmaxOverOneAnswerIsRefused) {
  Dataset two = Ten();
  two.classes = 2;
  Settings settings;
  settings.layers = {20, 1};
  EXPECT_NE(Refusal(settings, two).find("needs at least 2 outputs"), std::string::npos);
  settings.loss = "binary_cross_entropy";
  EXPECT_EQ(Refusal(settings, two), "accepted");
}

TEST(ResolvedSettingsTest, EachNameIsLookedUpOnceForTheLayersThatItIsFor) {
  Settings settings;
  settings.layers = {20, 30, 40, 10};
  settings.activation = "relu/leaky_relu:0.2";
  settings.schedule = "step:0.5";
  settings.class_weights = "1/2/3/4/5/6/7/8/9/0.5";
  const ResolvedSettings resolved = Resolve(settings, Ten());
  ASSERT_EQ(resolved.activations.size(), 2u);
  EXPECT_EQ(resolved.activations[0].spelled(), "relu");
  EXPECT_EQ(resolved.activations[1].spelled(), "leaky_relu:0.2");
  ASSERT_EQ(resolved.initializers.size(), 3u);
  EXPECT_EQ(resolved.initializers[2].spelled(), "he_uniform");
  EXPECT_EQ(resolved.output.spelled(), resolved.settings.output);
  EXPECT_EQ(resolved.loss.spelled(), settings.loss);
  EXPECT_EQ(resolved.optimizer.info().name, settings.optimizer);
  EXPECT_EQ(resolved.schedule.spelled(), "step:0.5");
  ASSERT_EQ(resolved.class_weights.size(), 10u);
  EXPECT_EQ(resolved.class_weights[9], 0.5);
  // Nothing is left to resolve.
  EXPECT_EQ(Canonical(Resolve(resolved.settings, Ten()).settings), Canonical(resolved.settings));
  settings.layers = {20, 10};
  settings.activation = "relu";
  settings.class_weights = "balanced";
  EXPECT_TRUE(Resolve(settings, Ten()).activations.empty());
  EXPECT_TRUE(Resolve(settings, Ten()).class_weights.empty());
}

}  // namespace
}  // namespace lanegrad
