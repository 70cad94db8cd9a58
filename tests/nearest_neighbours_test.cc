// SPDX-License-Identifier: Apache-2.0
#include "experiments/neighbours/nearest_neighbours.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include "kernels/random.h"

namespace lanegrad {
namespace {

Samples Random(std::size_t count, std::size_t features, std::uint64_t seed) {
  RandomStream random(seed, Stream::kData);
  Samples samples = {.count = count, .features = features, .bytes = {}, .values = {}, .labels = {}};
  for (std::size_t i = 0; i < count * features; ++i) {
    samples.bytes.push_back(static_cast<std::uint8_t>(random.Below(256)));
  }
  for (std::size_t i = 0; i < count; ++i) {
    samples.labels.push_back(static_cast<std::uint8_t>(random.Below(3)));
  }
  return samples;
}

// By whole numbers, all distances sorted.
std::vector<std::uint32_t> Plainly(const Samples& known, const std::uint8_t* asked, std::size_t k) {
  std::vector<std::int64_t> distance(known.count);
  for (std::size_t t = 0; t < known.count; ++t) {
    for (std::size_t j = 0; j < known.features; ++j) {
      const std::int64_t d =
          std::int64_t{known.bytes[t * known.features + j]} - std::int64_t{asked[j]};
      distance[t] += d * d;
    }
  }
  std::vector<std::uint32_t> order(known.count);
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return distance[a] < distance[b]; });
  order.resize(std::min(k, order.size()));
  return order;
}

TEST(NearestNeighbours, AreThoseOfExactArithmetic) {
  for (const std::size_t features : {1u, 17u, 784u, 1024u}) {
    const Samples known = Random(300, features, 1), asked = Random(270, features, 2);
    const auto found = NearestNeighbours(known, asked, 7);
    ASSERT_EQ(found.size(), asked.count);
    for (std::size_t i = 0; i < asked.count; ++i) {
      EXPECT_EQ(found[i], Plainly(known, asked.bytes.data() + i * features, 7)) << features;
    }
  }
}

TEST(NearestNeighbours, AreExactAtTheEndsOfTheScale) {
  // All black, all white, and one unit off: products of the largest size.
  Samples known = {.count = 3, .features = 1024, .bytes = {}, .values = {}, .labels = {0, 1, 2}};
  known.bytes.assign(1024, 0);
  known.bytes.insert(known.bytes.end(), 1024, 255);
  known.bytes.insert(known.bytes.end(), 1024, 0);
  known.bytes.back() = 1;
  const auto found = NearestNeighbours(known, known, 2);
  EXPECT_EQ(found[0], (std::vector<std::uint32_t>{0, 2}));
  EXPECT_EQ(found[2], (std::vector<std::uint32_t>{2, 0}));
  EXPECT_EQ(found[1].front(), 1u);
}

TEST(NearestNeighbours, OfKnownSamplesAreThemselves) {
  const Samples known = Random(100, 30, 3);
  const auto found = NearestNeighbours(known, known, 1);
  for (std::uint32_t i = 0; i < 100; ++i) EXPECT_EQ(found[i], std::vector{i});
}

TEST(NearestNeighbours, RefuseWhatTheyCannotMeasureExactly) {
  Samples values = {.count = 1, .features = 2, .bytes = {}, .values = {0.f, 1.f}, .labels = {0}};
  EXPECT_THROW(NearestNeighbours(values, values, 1), DataError);
  EXPECT_THROW(NearestNeighbours(Random(2, 1025, 1), Random(2, 1025, 2), 1), DataError);
}

TEST(Vote, IsThatOfTheMajorityAndOfTheNearestWhereThereIsNone) {
  const std::vector<std::uint8_t> labels = {0, 1, 1, 2};
  EXPECT_EQ(Vote(std::vector<std::uint32_t>{0, 1, 2}, labels), 1);
  EXPECT_EQ(Vote(std::vector<std::uint32_t>{3, 0}, labels), 2);
  EXPECT_EQ(Vote(std::vector<std::uint32_t>{0, 1, 2, 3, 0}, labels), 0);
}

TEST(NeighbourAccuracies, AreWholeOnKnownSamplesWithOneNeighbourAndCountVotersAtMost) {
  const Samples known = Random(60, 20, 4);
  const std::vector<std::size_t> ks = {1, 60, 1000};
  const std::vector<double> accuracies = NeighbourAccuracies(known, known, ks);
  EXPECT_EQ(accuracies[0], 1.0);
  EXPECT_EQ(accuracies[1], accuracies[2]);
  // All vote: the answer is always the commonest label.
  std::size_t most = 0;
  for (int label = 0; label < 3; ++label) {
    most = std::max<std::size_t>(most, static_cast<std::size_t>(std::count(
                                           known.labels.begin(), known.labels.end(), label)));
  }
  EXPECT_EQ(accuracies[1], static_cast<double>(most) / 60.0);
}

}  // namespace
}  // namespace lanegrad
