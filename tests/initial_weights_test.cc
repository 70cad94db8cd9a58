// SPDX-License-Identifier: Apache-2.0
//
// Drawn weights that are brought as if they came from a file are the oracle: nothing but
// the name of where they came from may differ.
#include "network/initial_weights.h"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <vector>

#include "network/parameters.h"
#include "network/saved_run.h"
#include "network/trainer.h"
#include "tests/moons.h"

namespace lanegrad {
namespace {

// Large enough for a team of threads, and with a state in every optimizer's step.
Settings Base() {
  Settings settings;
  settings.layers = {2, 130, 90, 2};
  settings.activation = "relu/tanh";
  settings.optimizer = "adam";
  settings.dropout = 0.1f;
  settings.batch = 100;
  settings.epochs = 3;
  settings.seed = 5;
  return Resolve(settings, Moons()).settings;
}

// The weights that a run with these settings draws.
InitialWeights Drawn(const Settings& settings) {
  const ResolvedSettings resolved = Resolve(settings, Moons());
  Network network(settings.layers, resolved.activations, resolved.output);
  network.Initialize(resolved.initializers, settings.seed);
  return {.layers = settings.layers, .numbers = TakeNumbers(network, Numbers::kWeights)};
}

Settings Importing(Settings settings, const InitialWeights& weights) {
  settings.initializer = weights.Initializer();
  return settings;
}

struct Trained {
  RunResult result;
  std::vector<float> numbers;
};

Trained TrainFrom(const Settings& settings, const RunOptions& options) {
  Network network(settings.layers, Activation::Named("identity"), Activation::Named("identity"));
  Trained trained;
  trained.result = Train(settings, Moons(), options, &network);
  trained.numbers = TakeNumbers(network, Numbers::kWeights);
  return trained;
}

TEST(InitialWeightsTest, ImportedWeightsTrainAsTheSameWeightsDrawn) {
  const Settings settings = Base();
  const InitialWeights weights = Drawn(settings);
  const Trained drawn = TrainFrom(settings, {});
  const Trained imported = TrainFrom(Importing(settings, weights), {.weights = &weights});
  EXPECT_EQ(imported.numbers, drawn.numbers);
  ASSERT_EQ(imported.result.epochs.size(), drawn.result.epochs.size());
  for (std::size_t e = 0; e < drawn.result.epochs.size(); ++e) {
    EXPECT_EQ(imported.result.epochs[e].train_loss, drawn.result.epochs[e].train_loss);
  }
  EXPECT_EQ(imported.result.test_loss, drawn.result.test_loss);
  EXPECT_NE(imported.result.digest, drawn.result.digest) << "it is no longer the same run";
  EXPECT_EQ(imported.result.settings.initializer, weights.Initializer());
}

TEST(InitialWeightsTest, TheDigestIsTheSameWhateverTheThreads) {
  const Settings settings = Base();
  const InitialWeights weights = Drawn(settings);
  const std::string digest =
      TrainFrom(Importing(settings, weights), {.weights = &weights}).result.digest;
  for (const std::size_t threads : {2u, 3u, 5u, 8u}) {
    const Trained trained =
        TrainFrom(Importing(settings, weights), {.threads = threads, .weights = &weights});
    EXPECT_EQ(trained.result.digest, digest) << threads;
  }
}

TEST(InitialWeightsTest, NoStepIsTakenInNoEpochs) {
  Settings settings = Base();
  const InitialWeights weights = Drawn(settings);
  settings = Importing(settings, weights);
  settings.epochs = 0;
  const Trained trained = TrainFrom(Resolve(settings, Moons()).settings, {.weights = &weights});
  EXPECT_EQ(trained.numbers, weights.numbers);
  EXPECT_EQ(trained.result.status, Status::kOk);
  EXPECT_EQ(trained.result.steps, 0u);
  EXPECT_TRUE(trained.result.tested);
  EXPECT_GT(trained.result.test_loss, 0.0);
  EXPECT_EQ(trained.result.health.layers.size(), 3u);
  settings.initializer = "auto";
  EXPECT_THROW(Resolve(settings, Moons()), UsageError);
}

TEST(InitialWeightsTest, TheNameSaysOneBitAndTheShape) {
  const InitialWeights weights = Drawn(Base());
  EXPECT_TRUE(IsImported(weights.Initializer()));
  InitialWeights other = weights;
  EXPECT_EQ(other.Initializer(), weights.Initializer());
  other.numbers.back() = -0.0f;
  ASSERT_EQ(other.numbers.back(), weights.numbers.back()) << "a bias begins at zero";
  EXPECT_NE(other.Initializer(), weights.Initializer());
  // The same numbers in another shape: 5 x 1 and 1 x 5, with as many zeros behind them.
  const InitialWeights flat = {.layers = {1, 5}, .numbers = std::vector<float>(10)};
  const InitialWeights tall = {.layers = {9, 1}, .numbers = std::vector<float>(10)};
  EXPECT_NE(flat.Initializer(), tall.Initializer());
  for (const char* name : {"imported", "imported:", "imported:0123", "he_uniform",
                           "imported:0123456789ABCDEF0123456789abcdef",
                           "imported:0123456789abcdef0123456789abcdef0"}) {
    EXPECT_FALSE(IsImported(name)) << name;
  }
}

TEST(InitialWeightsTest, SettingsKeepTheNameThroughTextAndKey) {
  const Settings settings = Base();
  const InitialWeights weights = Drawn(settings);
  const Settings imported = Importing(settings, weights);
  EXPECT_EQ(Resolve(imported, Moons()).settings.initializer, weights.Initializer());
  EXPECT_NE(RunKey(imported, Moons()), RunKey(settings, Moons()));
  Settings read;
  FieldNamed("initializer").set(read, weights.Initializer());
  EXPECT_EQ(read.initializer, weights.Initializer());
}

TEST(InitialWeightsTest, OtherWeightsThanThoseNamedAreRefused) {
  const Settings settings = Base();
  const InitialWeights weights = Drawn(settings);
  InitialWeights other = weights;
  other.numbers[7] += 1.0f;
  EXPECT_THROW(Train(Importing(settings, weights), Moons(), {.weights = &other}), UsageError);
  EXPECT_THROW(Train(settings, Moons(), {.weights = &weights}), UsageError);
  EXPECT_THROW(Train(Importing(settings, weights), Moons()), UsageError);
  // Weights of another network, well named, never reach memory that is not theirs.
  const InitialWeights small = {.layers = {2, 2}, .numbers = std::vector<float>(6)};
  EXPECT_THROW(Train(Importing(settings, small), Moons(), {.weights = &small}), UsageError);
}

TEST(InitialWeightsTest, ARunThatGoesOnNeedsTheWeightsNoMore) {
  const Settings settings = Base();
  const InitialWeights weights = Drawn(settings);
  const Settings imported = Importing(settings, weights);
  const std::string whole = TrainFrom(imported, {.weights = &weights}).result.digest;
  std::optional<Checkpoint> kept;
  RunOptions options = {.weights = &weights, .save_every = 5};
  options.save = [&](const Checkpoint& state) {
    if (state.steps <= 10) kept = state;
  };
  TrainFrom(imported, options);
  ASSERT_TRUE(kept);
  ASSERT_EQ(kept->steps, 10u);
  const Settings read = Resolve(SettingsOf(*kept), Moons()).settings;
  EXPECT_EQ(TrainFrom(read, {.resume = &*kept}).result.digest, whole);
  EXPECT_THROW(Train(settings, Moons(), {.resume = &*kept}), UsageError) << "another run";
}

}  // namespace
}  // namespace lanegrad
