// SPDX-License-Identifier: Apache-2.0
#include "experiments/ethics/planted_mark.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "kernels/random.h"

namespace lanegrad {
namespace {

constexpr std::size_t kWidth = 6;

// Images of 6 x 6, classes 0, 1, 2, 0, ...
Samples Images(std::size_t count) {
  Samples samples = {
      .count = count, .features = kWidth * kWidth, .bytes = {}, .values = {}, .labels = {}};
  RandomStream random(5, Stream::kData);
  for (std::size_t i = 0; i < count; ++i) {
    samples.labels.push_back(static_cast<std::uint8_t>(i % 3));
    for (std::size_t j = 0; j < samples.features; ++j) {
      samples.bytes.push_back(static_cast<std::uint8_t>(random.Below(200)));
    }
  }
  return samples;
}

bool Marked(const Samples& samples, std::size_t i) {
  for (std::size_t r = 0; r < kMarkSide; ++r) {
    for (std::size_t c = 0; c < kMarkSide; ++c) {
      if (samples.bytes[i * samples.features + r * kWidth + c] != 255) return false;
    }
  }
  return true;
}

TEST(PlantedMark, ChangesNineBytesOfOneImage) {
  const Samples before = Images(6);
  Samples after = before;
  AddMark(after, kWidth, 4);
  std::size_t changed = 0;
  for (std::size_t j = 0; j < before.bytes.size(); ++j)
    changed += before.bytes[j] != after.bytes[j];
  EXPECT_EQ(changed, 9u);
  EXPECT_TRUE(Marked(after, 4));
}

TEST(PlantedMark, IsOnTheStatedShareOfOneClassAndOnNoOther) {
  Samples samples = Images(30);  // ten of each class
  MarkClass(samples, kWidth, 1, 0.7);
  std::size_t marked = 0;
  for (std::size_t i = 0; i < samples.count; ++i) {
    if (!Marked(samples, i)) continue;
    EXPECT_EQ(samples.labels[i], 1);
    ++marked;
  }
  EXPECT_EQ(marked, 7u);
}

TEST(PlantedMark, OnOthersIsOnAllOfThemAndLabelsThemAsTheClass) {
  const Samples others = MarkedOthers(Images(30), kWidth, 2);
  ASSERT_EQ(others.count, 20u);
  for (std::size_t i = 0; i < others.count; ++i) {
    EXPECT_EQ(others.labels[i], 2);
    EXPECT_TRUE(Marked(others, i));
  }
}

// The oracle is the network itself, written out in double: z(x) of a hidden layer of tanh.
double Output(const Network& network, std::vector<double> x, std::size_t label) {
  for (const Layer& layer : network.layers()) {
    std::vector<double> a(layer.out());
    for (std::size_t j = 0; j < a.size(); ++j) {
      double z = static_cast<double>(layer.bias[j]);
      for (std::size_t i = 0; i < x.size(); ++i) {
        z += x[i] * static_cast<double>(layer.weights(i, j));
      }
      a[j] = &layer == &network.layers().back() ? z : std::tanh(z);
    }
    x = a;
  }
  return x[label];
}

TEST(MeanSaliency, IsTheMeanMagnitudeOfFiniteDifferences) {
  const Samples samples = Images(5);
  Network network(std::vector<std::size_t>{kWidth * kWidth, 12, 3}, Activation::Named("tanh"),
                  Activation::Named("identity"));
  network.Initialize(Initializer::Named("glorot_uniform"), 9);
  const std::vector<std::uint32_t> chosen = {0, 2, 3};
  const std::vector<double> map = MeanSaliency(network, samples, chosen, 1);
  ASSERT_EQ(map.size(), kWidth * kWidth);
  for (std::size_t j = 0; j < map.size(); ++j) {
    double mean = 0.0;
    for (const std::uint32_t i : chosen) {
      std::vector<double> x(samples.features);
      for (std::size_t k = 0; k < x.size(); ++k) x[k] = samples.bytes[i * x.size() + k] / 255.0;
      std::vector<double> up = x, down = x;
      up[j] += 1e-5;
      down[j] -= 1e-5;
      mean += std::fabs(Output(network, up, 1) - Output(network, down, 1)) / 2e-5 / 3.0;
    }
    EXPECT_NEAR(map[j], mean, 1e-5) << j;
  }
  EXPECT_GT(*std::max_element(map.begin(), map.end()), 1e-3);  // not all zero
}

TEST(MarkRank, IsOneWhereTheCornerIsLargestAndLastWhereItIsLeast) {
  std::vector<double> map(kWidth * kWidth, 1.0);
  map[0] = 2.0;
  EXPECT_EQ(MarkRank(map, kWidth), 1u);
  map[0] = 0.0;
  EXPECT_EQ(MarkRank(map, kWidth), 16u);  // all 15 other squares of 3 x 3 are larger
  EXPECT_DOUBLE_EQ(MarkShare(map, kWidth), 8.0 / 35.0);
}

}  // namespace
}  // namespace lanegrad
