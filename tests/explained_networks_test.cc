// SPDX-License-Identifier: Apache-2.0
#include "experiments/explanations/explained_networks.h"

#include <gtest/gtest.h>

#include "network/resolved_settings.h"
#include "tests/small_images.h"

namespace lanegrad {
namespace {

bool SameWeights(const Layer& a, const Layer& b) {
  for (std::size_t i = 0; i < a.in(); ++i) {
    for (std::size_t j = 0; j < a.out(); ++j) {
      if (a.weights(i, j) != b.weights(i, j)) return false;
    }
  }
  return true;
}

TEST(Redrawn, ChangesTheLastLayersAndNoOthers) {
  const Dataset data = SmallImages();
  Settings settings;
  settings.layers = {40, 12, 8, 3};
  settings.rate = 0.1f;
  settings.epochs = 1;
  const std::size_t none[] = {1, 1};
  Network network(none, Activation::Named("identity"), Activation::Named("identity"));
  Train(settings, data, {}, &network);
  for (std::size_t layers = 0; layers <= 3; ++layers) {
    const Network redrawn = Redrawn(network, settings, data, layers, 77);
    for (std::size_t l = 0; l < 3; ++l) {
      EXPECT_EQ(SameWeights(network.layers()[l], redrawn.layers()[l]), l + layers < 3)
          << l << " of " << layers;
    }
  }
}

TEST(Recipes, DifferOnlyInWhatTheirNamesSay) {
  const ExplanationEffort effort = EffortOf({.profile = "default", .seeds = 10, .threads = 1});
  const Settings plain = SettingsOf(effort, Recipe::kPlain);
  EXPECT_EQ(plain.l2, 0.0f);
  Settings decayed = SettingsOf(effort, Recipe::kDecayed);
  EXPECT_EQ(decayed.l2, kDecay);
  decayed.l2 = 0.0f;
  EXPECT_EQ(Canonical(decayed), Canonical(plain));
  Settings random_labels = SettingsOf(effort, Recipe::kRandomLabels);
  EXPECT_EQ(random_labels.label_noise, 0.9);
  random_labels.label_noise = 0.0;
  EXPECT_EQ(Canonical(random_labels), Canonical(SettingsOf(effort, Recipe::kFew)));
}

}  // namespace
}  // namespace lanegrad
