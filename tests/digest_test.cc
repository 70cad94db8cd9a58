// SPDX-License-Identifier: Apache-2.0
//
// One digest: for any threads, on any target, however often.
#include <gtest/gtest.h>

#include <string>

#include "kernels/targets.h"
#include "network/settings.h"
#include "network/trainer.h"
#include "tests/small_images.h"

namespace lanegrad {
namespace {

TEST(DigestTest, TheDigestIsTheOneOfEveryMachineAndBuild) {
  // Made by AVX3, release, one thread. A change here is a change of the numeric
  // specification: raise kNumericVersion with it, and say why.
  EXPECT_EQ(RunOn(1).digest, "e75b8d37bd8a88beabe33c3a3adccd4c");
}

// Units that saturate, and states that decay, meet the rule of tiny.h at every turn.
TEST(DigestTest, TheSaturatedDigestIsTheOneOfEveryMachineAndBuild) {
  Settings settings = SmallSettings();
  settings.activation = "sigmoid/tanh";
  settings.rate = 10.0f;
  settings.epochs = 4;
  for (const Target& target : Targets()) {
    const ScopedTarget only(target);
    EXPECT_EQ(RunOn(1, settings).digest, "fc058c11fb8120b6ae7a48e877223259") << target.name;
  }
}

TEST(DigestTest, AnyNumberOfThreadsGivesTheSameDigest) {
  // Wide enough that the rule for small problems lets eight threads work, and no wider:
  // scripts/test-compilers runs this without optimisation.
  Settings settings = SmallSettings();
  settings.layers = {40, 160, 160, 3};
  settings.batch = 100;
  settings.epochs = 1;
  const RunResult alone = RunOn(1, settings);
  for (std::size_t threads = 2; threads <= 8; ++threads) {
    const RunResult team = RunOn(threads, settings);
    EXPECT_EQ(team.threads, threads) << "the team was smaller than asked for";
    EXPECT_EQ(team.digest, alone.digest) << threads << " threads";
    EXPECT_EQ(team.test_loss, alone.test_loss) << threads << " threads";
  }
}

TEST(DigestTest, EveryTargetGivesTheSameDigest) {
  const std::string digest = RunOn(1).digest;
  for (const Target& target : Targets()) {
    const ScopedTarget only(target);
    EXPECT_EQ(RunOn(1).digest, digest) << target.name;
  }
}

TEST(DigestTest, RepetitionGivesTheSameDigestAndAnotherSeedAnother) {
  EXPECT_EQ(RunOn(1).digest, RunOn(1).digest);
  Settings settings = SmallSettings();
  settings.seed = 2;
  EXPECT_NE(RunOn(1, settings).digest, RunOn(1).digest);
}

TEST(DigestTest, TheDigestDependsOnEverySettingThatDecidesTheResult) {
  const std::string digest = RunOn(1).digest;
  for (const auto& [name, value] : {std::pair{"activation", "tanh"},
                                    {"loss", "mse"},
                                    {"optimizer", "sgd"},
                                    {"rate", "0.051"},
                                    {"momentum", "0.8"},
                                    {"schedule", "cosine"},
                                    {"warmup", "0.5"},
                                    {"l1", "0.001"},
                                    {"l2", "0.001"},
                                    {"label-noise", "0.1"},
                                    {"dropout", "0.1"},
                                    {"clip", "0.001"},
                                    {"clip-norm", "0.01"},
                                    {"max-norm", "0.5"},
                                    {"class-weights", "1/2/1"},
                                    {"activation", "gelu/tanh"},
                                    {"restore-best", "yes"},
                                    {"input-noise", "0.1"},
                                    {"initializer", "glorot_normal"},
                                    {"batch", "36"},
                                    {"epochs", "2"},
                                    {"samples", "599"},
                                    {"validation", "99"}}) {
    Settings settings = SmallSettings();
    FieldNamed(name).set(settings, value);
    EXPECT_NE(RunOn(1, settings).digest, digest) << name;
  }
}

TEST(DigestTest, DropoutAndNoiseAreTheSameForAnyNumberOfThreads) {
  Settings settings = SmallSettings();
  settings.dropout = 0.25f;
  settings.input_noise = 0.1f;
  EXPECT_EQ(RunOn(1, settings).digest, RunOn(4, settings).digest);
}

// What has no value has many spellings: a NaN's sign and payload come from whichever
// operand an instruction prefers.
TEST(DigestTest, ARunThatDivergesHasOneDigestToo) {
  const Dataset data = SmallImages();
  RunOptions options;
  options.test = false;
  for (const std::string_view activation : {"relu", "gelu"}) {
    Settings settings = SmallSettings();
    settings.layers = {40, 150, 150, 3};
    settings.activation = activation;
    settings.rate = 1e9f;
    settings.epochs = 1;
    settings.batch = 100;
    const RunResult alone = Train(settings, data, options);
    EXPECT_EQ(alone.status, Status::kDiverged) << activation;
    for (const std::size_t threads : {2u, 5u}) {
      options.threads = threads;
      EXPECT_EQ(Train(settings, data, options).digest, alone.digest)
          << activation << ", " << threads;
    }
    options.threads = 1;
    for (const Target& target : Targets()) {
      const ScopedTarget only(target);
      EXPECT_EQ(Train(settings, data, options).digest, alone.digest)
          << activation << ", " << target.name;
    }
    RecordProperty("diverged " + std::string(activation), alone.digest);
  }
}

// Few steps of a narrow network: with every choice of every catalogue, on every target.
TEST(DigestTest, EveryEntryOfEveryCatalogueGivesTheSameDigestOnEveryTarget) {
  RunOptions options;
  options.test = false;  // no digest depends on it, and it would take most of the time
  const Dataset data = SmallImages();
  std::size_t runs = 0;
  for (const SettingsField& field : SettingsFields()) {
    if (field.choices == nullptr) continue;
    for (const std::string_view choice : field.choices()) {
      Settings settings = SmallSettings();
      settings.layers = {40, 19, 3};
      settings.epochs = 1;
      settings.samples = 80;
      settings.validation = 0;
      // Any output has its slope by this loss; those of one answer are their own.
      if (field.name == "output-activation") settings.loss = "mse";
      field.set(settings, choice);
      if (Optimizer::Named(settings.optimizer).info().full_batch) settings.batch = 80;
      const std::string digest = Train(settings, data, options).digest;
      for (const Target& target : Targets()) {
        const ScopedTarget only(target);
        EXPECT_EQ(Train(settings, data, options).digest, digest)
            << field.name << " " << choice << ", " << target.name;
      }
      // For scripts/test-compilers, which compares them between builds.
      RecordProperty(std::string(field.name) + " " + std::string(choice), digest);
      ++runs;
    }
  }
  EXPECT_GT(runs, 80u);
}

}  // namespace
}  // namespace lanegrad
