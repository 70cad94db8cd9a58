// SPDX-License-Identifier: Apache-2.0
#include "experiments/article_code/program_stages.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <stdexcept>

#include "kernels/random.h"

namespace lanegrad {
namespace {

// Pictures of six pixels in ten classes, a class being bright in places of its own.
Samples MadeSamples(std::size_t count, std::uint64_t seed) {
  RandomStream random(seed, Stream::kData);
  Samples samples = {.count = count, .features = 6, .bytes = {}, .values = {}, .labels = {}};
  for (std::size_t s = 0; s < count; ++s) {
    const auto label = static_cast<std::uint8_t>(random.Below(10));
    samples.labels.push_back(label);
    for (std::size_t i = 0; i < 6; ++i) {
      const bool bright = (label >> (i % 4)) % 2 == 1;
      samples.bytes.push_back(
          static_cast<std::uint8_t>(bright ? 200 + random.Below(56) : random.Below(40)));
    }
  }
  return samples;
}

std::vector<std::uint32_t> All(std::size_t count) {
  std::vector<std::uint32_t> all(count);
  std::iota(all.begin(), all.end(), 0u);
  return all;
}

TEST(ProgramStages, EveryOneThatClaimsTheGradientHasThatOfDifferences) {
  const SparseSamples samples(MadeSamples(12, 1));
  std::size_t tested = 0;
  for (const ProgramStage& stage : ProgramStages()) {
    if (stage.kernels || stage.last != LastGradient::kTrue) continue;
    PlainProgram program(stage, 6, 10, 7);
    const std::vector<double> g = program.GradientOf(samples, All(12));
    const std::size_t first = 6 * 10, last = first + 10 + 10 * 10;
    for (std::size_t k = 0; k < g.size(); ++k) {
      const bool bias = (k >= first && k < first + 10) || k >= last;
      const bool trained = (stage.back_propagates || k >= first + 10) && (stage.biases || !bias);
      const double saved = program.parameters[k];
      program.parameters[k] = saved + 1e-5;
      const double above = program.Loss(samples);
      program.parameters[k] = saved - 1e-5;
      const double below = program.Loss(samples);
      program.parameters[k] = saved;
      EXPECT_NEAR(g[k], trained ? (above - below) / 2e-5 : 0.0, 1e-8) << stage.name << ", " << k;
    }
    ++tested;
  }
  EXPECT_EQ(tested, 6u);
}

TEST(ProgramStages, TheArticlesStepRaisesTheLossAndTheTurnedOneLowersIt) {
  const SparseSamples samples(MadeSamples(50, 2));
  for (const ProgramStage& stage : ProgramStages()) {
    if (stage.last != LastGradient::kArticle && stage.last != LastGradient::kTurned) continue;
    PlainProgram program(stage, 6, 10, 3);
    const double before = program.Loss(samples);
    for (std::size_t pass = 0; pass < 5; ++pass) program.Pass(samples, 1e-3, 3, pass);
    if (stage.last == LastGradient::kArticle) {
      EXPECT_GT(program.Loss(samples), before);
    } else {
      EXPECT_LT(program.Loss(samples), before);
    }
  }
}

TEST(ProgramStages, NeighboursDifferInOneThing) {
  const std::span<const ProgramStage> stages = ProgramStages();
  for (std::size_t i = 1; i < stages.size(); ++i) {
    const ProgramStage &a = stages[i - 1], &b = stages[i];
    const int changes = (a.last != b.last) + (a.back_propagates != b.back_propagates) +
                        (a.glorot != b.glorot) + (a.biases != b.biases) + (a.batches != b.batches) +
                        (a.cross_entropy != b.cross_entropy) + (a.kernels != b.kernels) +
                        (a.hidden != b.hidden);
    EXPECT_EQ(changes, 1) << b.name;
  }
}

TEST(ProgramStages, ThePlainProgramAndTheKernelsLearnTheSamePictures) {
  Dataset data;
  data.name = "made-up";
  data.classes = 10;
  data.train = MadeSamples(500, 4);
  data.test = MadeSamples(500, 5);
  SetChecksum(data);
  for (const ProgramStage& stage : ProgramStages()) {
    if (stage.name != "cross-entropy" && stage.name != "kernels") continue;
    EXPECT_GT(TrainStage(stage, data, 1.0, 30, 1), 0.8) << stage.name;
  }
}

TEST(ProgramStages, RefuseSamplesThatAreNoPictures) {
  Samples samples = {.count = 1, .features = 2, .bytes = {}, .values = {0, 1}, .labels = {0}};
  EXPECT_THROW(SparseSamples{samples}, std::invalid_argument);
}

}  // namespace
}  // namespace lanegrad
