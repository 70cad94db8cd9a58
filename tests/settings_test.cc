// SPDX-License-Identifier: Apache-2.0
#include "network/settings.h"

#include <gtest/gtest.h>

#include <string>

#include "network/resolved_settings.h"

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

}  // namespace
}  // namespace lanegrad
