// SPDX-License-Identifier: Apache-2.0
#include "experiments/definition/description.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "kernels/random.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

Network Made(std::string_view activation, std::vector<std::size_t> sizes) {
  Network network(sizes, Activation::Named(activation), Output::Named("softmax"));
  network.Initialize(Initializer::Named("glorot_uniform"), 7);
  network.InitializeBiases(Initializer::Named("glorot_uniform"), 7);
  return network;
}

Samples Pictures(std::size_t count, std::size_t features) {
  Samples samples = {.count = count, .features = features, .bytes = {}, .values = {}, .labels = {}};
  RandomStream random(3, Stream::kData);
  for (std::size_t i = 0; i < count * features; ++i) {
    samples.bytes.push_back(static_cast<std::uint8_t>(random.Below(256)));
  }
  samples.labels.resize(count);
  return samples;
}

TEST(Description, AnswersAsTheNetworkDoesWithEveryActivation) {
  const Samples samples = Pictures(50, 30);
  for (const ActivationInfo& info : Activations()) {
    const Network network = Made(info.name, {30, 17, 9, 6});
    EXPECT_EQ(Answers(Describe(network), samples), Answers(network, samples)) << info.name;
  }
}

TEST(Description, OfHiddenUnitsInAnotherOrderIsTheSameNetwork) {
  const Samples samples = Pictures(50, 30);
  const Network network = Made("tanh", {30, 17, 9, 6});
  const Description before = Describe(network);
  const Description after = Changed(before, Change::kOrder, 5);
  EXPECT_NE(before[0].weights, after[0].weights);
  EXPECT_NE(before[1].biases, after[1].biases);
  EXPECT_EQ(Answers(after, samples), Answers(before, samples));
}

TEST(Description, LosesWhatIsLeftOutAndNothingElse) {
  const Description before = Describe(Made("tanh", {30, 17, 6}));
  const Description biases = Changed(before, Change::kBiases, 1);
  const Description activation = Changed(before, Change::kActivation, 1);
  for (std::size_t l = 0; l < before.size(); ++l) {
    EXPECT_EQ(biases[l].biases, std::vector<double>(before[l].out));
    EXPECT_EQ(biases[l].weights, before[l].weights);
    EXPECT_TRUE(activation[l].activation.info().is_identity);
    EXPECT_EQ(activation[l].biases, before[l].biases);
  }
  EXPECT_NE(before[0].biases, std::vector<double>(before[0].out));
}

TEST(Description, KeepsEachLayersWeightsWhereTheyChangePlaces) {
  const Description before = Describe(Made("tanh", {30, 17, 6}));
  Description after = Changed(before, Change::kWeights, 1);
  for (std::size_t l = 0; l < before.size(); ++l) {
    EXPECT_NE(after[l].weights, before[l].weights);
    std::vector<double> a = before[l].weights, b = after[l].weights;
    std::ranges::sort(a);
    std::ranges::sort(b);
    EXPECT_EQ(a, b);
  }
}

TEST(Description, IsRoundedToSoManyBits) {
  const Description before = Describe(Made("tanh", {30, 17, 6}));
  for (const auto& [change, bits] :
       {std::pair(Change::kDigits, kKeptBits), std::pair(Change::kFewDigits, kFewBits)}) {
    const Description after = Changed(before, change, 1);
    bool changed = false;
    for (std::size_t i = 0; i < before[0].weights.size(); ++i) {
      const double w = before[0].weights[i], rounded = after[0].weights[i];
      EXPECT_LE(std::abs(rounded - w), std::ldexp(std::abs(w), -bits));
      const double scaled = std::ldexp(rounded, bits - 1 - std::ilogb(rounded));
      EXPECT_EQ(scaled, std::floor(scaled)) << rounded;
      changed = changed || rounded != w;
    }
    EXPECT_TRUE(changed) << bits;
  }
}

}  // namespace
}  // namespace lanegrad
