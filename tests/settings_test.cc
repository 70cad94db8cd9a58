// SPDX-License-Identifier: Apache-2.0
#include "network/settings.h"

#include <gtest/gtest.h>

#include <string>

#include "kernels/activation.h"
#include "kernels/loss.h"
#include "network/initializer.h"

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

std::string Refusal(std::string_view name, std::string_view value) {
  Settings settings;
  try {
    FieldNamed(name).set(settings, value);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "accepted";
}

TEST(SettingsTest, EveryFieldReadsBackWhatItWrites) {
  Settings settings;
  settings.layers = {784, 30, 10};
  settings.rate = 0.1f;
  for (const SettingsField& field : SettingsFields()) {
    if (field.get(settings).empty()) continue;
    Settings other;
    field.set(other, field.get(settings));
    EXPECT_EQ(field.get(other), field.get(settings)) << field.name;
  }
}

TEST(SettingsTest, WhatIsLeftAtItsDefaultIsNotInTheKey) {
  Settings settings;
  EXPECT_EQ(Canonical(settings), "");
  settings.l2 = 0.5f;
  EXPECT_EQ(Canonical(settings), "l2=0.5\n");
}

TEST(SettingsTest, AutoIsWhatIsUsualWithTheOptimizer) {
  Settings settings;
  settings.optimizer = "adam";
  const Settings resolved = Resolve(settings, Ten());
  EXPECT_EQ(resolved.rate, 0.001f);
  EXPECT_EQ(resolved.decay, 0.999f);
  settings.optimizer = "rmsprop";
  EXPECT_EQ(Resolve(settings, Ten()).decay, 0.99f);
}

TEST(SettingsTest, WhatAnOptimizerCannotUseIsRefusedWithTheWayOut) {
  Settings settings;
  settings.optimizer = "rprop";
  EXPECT_EQ(Refusal(settings),
            "optimizer 'rprop' needs whole gradients: batch must be 100, not 32");
  settings.optimizer = "adam";
  settings.weight_decay = 0.01f;
  EXPECT_EQ(Refusal(settings),
            "weight-decay is for 'adamw' and 'lion'; with 'adam', --l2 0.01 does what it says");
}

TEST(SettingsTest, EveryFloatSurvivesItsText) {
  Settings settings;
  for (const float rate : {0.1f, 1e-7f, 0.33333334f, 3.1622776e-3f, 1e10f}) {
    settings.rate = rate;
    Settings other;
    FieldNamed("rate").set(other, FieldNamed("rate").get(settings));
    EXPECT_EQ(other.rate, rate);
  }
}

TEST(SettingsTest, AutoMeansWhatSuitsLossAndActivation) {
  for (const LossInfo& loss : Losses()) {
    for (const ActivationInfo& activation : Activations()) {
      Settings settings;
      settings.loss = loss.name;
      settings.activation = activation.name;
      const Settings resolved = Resolve(settings, Ten());
      EXPECT_EQ(resolved.output, loss.output);
      EXPECT_EQ(resolved.initializer, activation.initializer);
      EXPECT_NO_THROW(Initializer::Named(resolved.initializer));
      EXPECT_EQ(resolved.layers, (std::vector<std::size_t>{20, 128, 10}));
      EXPECT_EQ(resolved.samples, 100u);
    }
  }
}

TEST(SettingsTest, BadValuesAreAnsweredWithWhatWouldBeRight) {
  EXPECT_EQ(Refusal("rate", "fast"), "rate must be a number of at least 0, or auto, not 'fast'");
  EXPECT_EQ(Refusal("rate", "-1"), "rate must be a number of at least 0, or auto, not '-1'");
  EXPECT_EQ(Refusal("rate", "nan"), "rate must be a number of at least 0, or auto, not 'nan'");
  EXPECT_EQ(Refusal("batch", "0"), "batch must be a whole number of at least 1, not '0'");
  EXPECT_EQ(Refusal("batch", "3.5"), "batch must be a whole number of at least 1, not '3.5'");
  EXPECT_EQ(Refusal("layers", "784--10"),
            "layers must be sizes joined by dashes, like 784-128-10, not ''");
  EXPECT_EQ(Refusal("layers", "784"), "layers must name at least inputs and outputs, like 784-10");
  EXPECT_EQ(Refusal("activation", "sigmiod"),
            "unknown activation 'sigmiod'; did you mean 'sigmoid'?");
  EXPECT_EQ(Refusal("initializer", "he_unifrom"),
            "unknown initializer 'he_unifrom'; did you mean 'he_uniform'?");
}

TEST(SettingsTest, SettingsThatDoNotAgreeAreRefusedWithTheReason) {
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

TEST(SettingsTest, EachLayerMayHaveItsOwnActivationAndItsWeightsFollow) {
  Settings settings;
  settings.layers = {20, 30, 40, 10};
  FieldNamed("activation").set(settings, "relu/leaky_relu:0.20");
  Settings resolved = Resolve(settings, Ten());
  EXPECT_EQ(resolved.activation, "relu/leaky_relu:0.2");
  EXPECT_EQ(resolved.initializer, "he_uniform");
  settings.activation = "tanh/relu";
  EXPECT_EQ(Resolve(settings, Ten()).initializer, "glorot_uniform/he_uniform/he_uniform");
  settings.initializer = "orthogonal/auto/lecun_normal";
  EXPECT_EQ(Resolve(settings, Ten()).initializer, "orthogonal/he_uniform/lecun_normal");
  // One run, one key: what is the same for all layers is said once.
  Settings once = settings, twice = settings;
  once.initializer = twice.initializer = "auto";
  once.activation = "tanh";
  twice.activation = "tanh/tanh";
  EXPECT_EQ(RunKey(Resolve(once, Ten()), Ten()), RunKey(Resolve(twice, Ten()), Ten()));
}

TEST(SettingsTest, ListsOfTheWrongLengthAreRefusedWithTheRightOne) {
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
  EXPECT_EQ(Refusal("class-weights", "1/x"),
            "class-weights must be none, balanced, or numbers of at least 0 like 1/2/0.5, not 'x'");
  EXPECT_EQ(Refusal("activation", "relu/thna"), "unknown activation 'thna'; did you mean 'tanh'?");
  EXPECT_EQ(Refusal("activation", "auto").substr(0, 25), "unknown activation 'auto'");
  EXPECT_EQ(Refusal("restore-best", "maybe"), "restore-best must be yes or no, not 'maybe'");
  settings = {};
  settings.layers = {20, 10};
  settings.max_norm = 2.0f;
  EXPECT_EQ(Refusal(settings), "max-norm is for hidden units: layers 20-10 have none");
}

TEST(SettingsTest, ASoftmaxOverOneAnswerIsRefused) {
  Dataset two = Ten();
  two.classes = 2;
  Settings settings;
  settings.layers = {20, 1};
  EXPECT_NE(Refusal(settings, two).find("needs at least 2 outputs"), std::string::npos);
  settings.loss = "binary_cross_entropy";
  EXPECT_EQ(Refusal(settings, two), "accepted");
}

TEST(SettingsTest, TheKeyDependsOnEverySettingAndOnTheData) {
  const Dataset data = Ten();
  const Settings base = Resolve({}, data);
  for (const auto& [name, value] :
       {std::pair{"rate", "0.2"}, {"seed", "2"}, {"epochs", "11"}, {"activation", "tanh"}}) {
    Settings other = base;
    FieldNamed(name).set(other, value);
    EXPECT_NE(RunKey(other, data), RunKey(base, data)) << name;
  }
  Dataset changed = data;
  changed.checksum = "another";
  EXPECT_NE(RunKey(base, changed), RunKey(base, data));
}

}  // namespace
}  // namespace lanegrad
