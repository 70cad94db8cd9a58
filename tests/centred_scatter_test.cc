// SPDX-License-Identifier: Apache-2.0
#include "experiments/conformance/centred_scatter.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "kernels/random.h"

namespace lanegrad {
namespace {

Samples RandomBytes(std::size_t count, std::size_t features, std::uint32_t bound) {
  RandomStream random(3, Stream::kData);
  Samples samples = {.count = count, .features = features};
  for (std::size_t i = 0; i < count * features; ++i) {
    samples.bytes.push_back(static_cast<std::uint8_t>(255 - random.Below(bound)));
  }
  return samples;
}

// Several blocks, the last one not full; bright bytes, so that a sum in float would be rounded.
TEST(CentredScatterTest, IsExactlyWhatWholeNumbersGive) {
  for (const std::uint32_t bound : {1u, 3u, 256u}) {
    const Samples samples = RandomBytes(1100, 19, bound);
    const std::vector<double> scatter = CentredScatter(samples);
    ASSERT_EQ(scatter.size(), 19u * 19u);
    for (std::size_t i = 0; i < 19; ++i) {
      for (std::size_t j = 0; j < 19; ++j) {
        std::int64_t product = 0, sum_i = 0, sum_j = 0;
        for (std::size_t s = 0; s < samples.count; ++s) {
          const std::int64_t x = samples.bytes[s * 19 + i], y = samples.bytes[s * 19 + j];
          product += x * y;
          sum_i += x;
          sum_j += y;
        }
        EXPECT_EQ(scatter[i * 19 + j], static_cast<double>(1100 * product - sum_i * sum_j));
      }
    }
  }
}

// Two features that vary alone, with variances 9 and 1, and one that does not vary.
TEST(CentredScatterTest, FractionsOfAConstructedCovarianceAreItsOwn) {
  Samples samples = {.count = 0, .features = 3};
  for (const int a : {-3, 3}) {
    for (const int b : {-1, 1}) {
      for (int copy = 0; copy < 100; ++copy) {
        samples.bytes.push_back(static_cast<std::uint8_t>(100 + a));
        samples.bytes.push_back(static_cast<std::uint8_t>(50 + b));
        samples.bytes.push_back(200);
        ++samples.count;
      }
    }
  }
  const std::vector<double> fractions = ExplainedFractions(samples, 3);
  ASSERT_EQ(fractions.size(), 3u);
  EXPECT_NEAR(fractions[0], 0.9, 1e-12);
  EXPECT_NEAR(fractions[1], 0.1, 1e-12);
  EXPECT_NEAR(fractions[2], 0.0, 1e-12);
}

TEST(CentredScatterTest, SamplesThatAreNoBytesAreRefused) {
  const Samples samples = {.count = 2, .features = 1, .values = {0.5f, 1.5f}};
  EXPECT_THROW(CentredScatter(samples), DataError);
}

}  // namespace
}  // namespace lanegrad
