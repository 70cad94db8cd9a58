// SPDX-License-Identifier: Apache-2.0
#include "network/settings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

#include "network/hash.h"
#include "network/resolved_settings.h"
#include "network/schedule.h"
#include "network/trainer.h"
#include "tests/moons.h"

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

TEST(SettingsTest, EveryFloatSurvivesItsText) {
  Settings settings;
  for (const float rate : {0.1f, 1e-7f, 0.33333334f, 3.1622776e-3f, 1e10f}) {
    settings.rate = rate;
    Settings other;
    FieldNamed("rate").set(other, FieldNamed("rate").get(settings));
    EXPECT_EQ(other.rate, rate);
  }
}

TEST(SettingsTest, PerCentAreANumber) {
  Settings settings;
  FieldNamed("stop-accuracy").set(settings, "95%");
  EXPECT_EQ(settings.stop_accuracy, 0.95);
  FieldNamed("label-noise").set(settings, "12.5%");
  EXPECT_EQ(settings.label_noise, 0.125);
  EXPECT_EQ(FieldNamed("stop-accuracy").get(settings), "0.95");
  EXPECT_EQ(Refusal("stop-accuracy", "101%"),
            "stop-accuracy must be a number from 0 to 1, not '101%'");
  for (const char* none : {"%", "5%%", "5 %", "%5", "1/2%", "5%/2", "x%"}) {
    EXPECT_EQ(Refusal("l2", none),
              "l2 must be a number of at least 0, not '" + std::string(none) + "'");
  }
  EXPECT_EQ(Refusal("epochs", "50%"), "epochs must be a whole number of at least 0, not '50%'");
}

TEST(SettingsTest, AFractionIsANumber) {
  Settings settings;
  FieldNamed("l2").set(settings, "5/50000");
  EXPECT_EQ(settings.l2, 1e-4f);
  EXPECT_EQ(FieldNamed("l2").get(settings), "0.0001");
  FieldNamed("rate").set(settings, "1/3");
  EXPECT_EQ(settings.rate, 1.0f / 3.0f);
  FieldNamed("warmup").set(settings, "0.5/2e1");
  EXPECT_EQ(settings.warmup, 0.025);
  FieldNamed("stop-accuracy").set(settings, "99/100");
  EXPECT_EQ(settings.stop_accuracy, 0.99);
  FieldNamed("class-weights").set(settings, "1/2");
  EXPECT_EQ(settings.class_weights, "1/2") << "two weights, not a half";
  for (const char* none : {"1/0", "0/0", "1/-2", "-1/-2", "-1/2", "1/2/3", "/2", "1/", "/", "1/inf",
                           "inf/2", "1 / 2", "1/2x", "1e300/1e-300"}) {
    EXPECT_EQ(Refusal("l2", none),
              "l2 must be a number of at least 0, not '" + std::string(none) + "'");
  }
  EXPECT_EQ(Refusal("epochs", "4/2"), "epochs must be a whole number of at least 0, not '4/2'");
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
  EXPECT_EQ(Refusal("class-weights", "1/x"),
            "class-weights must be none, balanced, or numbers of at least 0 like 1/2/0.5, not 'x'");
  EXPECT_EQ(Refusal("activation", "relu/thna"), "unknown activation 'thna'; did you mean 'tanh'?");
  EXPECT_EQ(Refusal("activation", "auto").substr(0, 25), "unknown activation 'auto'");
  EXPECT_EQ(Refusal("restore-best", "maybe"), "restore-best must be yes or no, not 'maybe'");
}

TEST(SettingsTest, TheKeyDependsOnEverySettingAndOnTheData) {
  const Dataset data = Ten();
  const Settings base = Resolve({}, data).settings;
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

// The weights that a short training ends with, as bits of a digest without its settings.
std::string Weights(const Settings& settings) {
  Network network(Resolve(settings, Moons()).settings.layers, Activation::Named("identity"),
                  Activation::Named("identity"));
  Train(settings, Moons(), {}, &network);
  Hasher hasher;
  network.AddTo(hasher);
  return hasher.Hex();
}

TEST(SettingsTest, AFastActivationMakesAnotherRunAndAnExactOneTheRunItWas) {
  Settings exact, fast;
  FieldNamed("precision").set(fast, "fast");
  EXPECT_EQ(Canonical(exact).find("precision"), std::string::npos);
  for (const char* layers : {"2-2", "2-6-2"}) {
    for (const char* activation : {"relu", "tanh", "sigmoid"}) {
      for (Settings* each : {&exact, &fast}) {
        FieldNamed("layers").set(*each, layers);
        each->activation = activation;
        each->samples = 50;
      }
      const std::string why = WhyIdle(FieldNamed("precision"), Resolve(fast, Moons()).settings);
      EXPECT_EQ(why.empty(),
                layers != std::string_view("2-2") && activation != std::string_view("relu"));
      EXPECT_EQ(Weights(exact) == Weights(fast), !why.empty()) << activation << " " << layers;
      EXPECT_NE(RunKey(Resolve(exact, Moons()).settings, Moons()),
                RunKey(Resolve(fast, Moons()).settings, Moons()));
    }
  }
  EXPECT_THROW(FieldNamed("precision").set(fast, "quick"), UnknownName);
}

TEST(SettingsTest, ASettingIsIdleWhereItChangesNoBitAndNowhereElse) {
  const std::pair<const char*, const char*> others[] = {
      {"momentum", "0.3"}, {"decay", "0.4"},     {"epsilon", "0.01"},    {"weight-decay", "0.1"},
      {"clip", "0.001"},   {"dropout", "0.5"},   {"activation", "tanh"}, {"noise-seed", "5"},
      {"split-seed", "5"}, {"precision", "fast"}};
  std::size_t checked = 0, idle = 0;
  for (const OptimizerInfo& optimizer : Optimizers()) {
    for (const char* layers : {"2-2", "2-6-2"}) {
      Settings settings;
      FieldNamed("layers").set(settings, layers);
      settings.optimizer = optimizer.name;
      settings.samples = settings.batch = 50;
      settings.epochs = 20;
      settings.rate = 0.2f;  // far enough that signs of gradients change
      settings.initializer = "he_uniform";
      const std::string weights = Weights(settings);
      for (const auto& [name, value] : others) {
        Settings other = settings;
        FieldNamed(name).set(other, value);
        const bool refused =
            name == std::string_view("weight-decay") && !optimizer.reads.weight_decay;
        const Settings resolved = Resolve(settings, Moons()).settings;
        const std::string why = WhyIdle(FieldNamed(name), resolved);
        if (refused) {
          EXPECT_THROW(Resolve(other, Moons()), UsageError);
        } else {
          EXPECT_EQ(Weights(other) == weights, !why.empty())
              << name << " of " << optimizer.name << " on " << layers << ": " << why;
          EXPECT_EQ(
              Canonical(WithoutIdle(other, resolved)) == Canonical(WithoutIdle(settings, resolved)),
              !why.empty());
        }
        ++checked;
        idle += !why.empty();
      }
    }
  }
  EXPECT_GT(idle, checked / 5);
  Settings first;
  first.split = "first";
  first.dropout = 0.5f;
  EXPECT_EQ(WhyIdle(FieldNamed("split-seed"), first), "with split first");
  EXPECT_EQ(WhyIdle(FieldNamed("noise-seed"), first), "");
  for (const SettingsField& field : SettingsFields()) {
    const bool tried = std::any_of(std::begin(others), std::end(others),
                                   [&](const auto& each) { return each.first == field.name; });
    EXPECT_EQ(tried, field.idle_by != nullptr) << field.name;
  }
}

TEST(SettingsTest, ACorrectedScheduleHasAnotherKeyAndNoOtherRunHas) {
  Dataset data;
  data.checksum = "c";
  Settings settings;
  for (const ScheduleInfo& schedule : Schedules()) {
    settings.schedule = schedule.name;
    const std::string old =
        Hash128("numeric=" + std::to_string(kNumericVersion) + "\ndata=c\n" + Canonical(settings));
    EXPECT_EQ(RunKey(settings, data) == old, schedule.revision == 0) << schedule.name;
  }
}

TEST(SettingsTest, AFastestActivationMakesAnotherRunAndFallsBackOnTheFastOne) {
  Settings fast, fastest;
  FieldNamed("precision").set(fast, "fast");
  FieldNamed("precision").set(fastest, "fastest");
  for (const char* activation : {"relu", "tanh", "gaussian"}) {
    for (Settings* each : {&fast, &fastest}) {
      FieldNamed("layers").set(*each, "2-6-2");
      each->activation = activation;
      each->samples = 50;
    }
    EXPECT_EQ(Weights(fast) == Weights(fastest), activation != std::string_view("tanh"))
        << activation;
    EXPECT_NE(RunKey(Resolve(fast, Moons()).settings, Moons()),
              RunKey(Resolve(fastest, Moons()).settings, Moons()));
  }
}

TEST(SettingsTest, RevisedFastActivationsGiveAnotherKeyAndExactOnesDoNot) {
  Dataset data;
  data.checksum = "c";
  for (const char* precision : {"exact", "fast", "fastest"}) {
    Settings settings;
    settings.precision = precision;
    const std::string old =
        Hash128("numeric=" + std::to_string(kNumericVersion) + "\ndata=c\n" + Canonical(settings));
    EXPECT_EQ(RunKey(settings, data) == old, settings.precision == "exact") << precision;
  }
}

TEST(SettingsTest, WhatIsIdleSaysWhy) {
  Settings settings;
  settings.layers = {20, 10};
  EXPECT_EQ(WhyIdle(FieldNamed("momentum"), settings), "with optimizer 'sgd'");
  EXPECT_EQ(WhyIdle(FieldNamed("dropout"), settings), "with layers 20-10");
  EXPECT_EQ(WhyIdle(FieldNamed("rate"), settings), "");
  settings.optimizer = "rprop";
  EXPECT_EQ(WhyIdle(FieldNamed("clip"), settings), "with optimizer 'rprop'");
  settings.l2 = 0.1f;
  EXPECT_EQ(WhyIdle(FieldNamed("clip"), settings), "");
}

}  // namespace
}  // namespace lanegrad
