// SPDX-License-Identifier: Apache-2.0
#include "network/dataset.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "kernels/targets.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

Samples Bytes(std::size_t features) {
  Samples samples;
  samples.count = 300;
  samples.features = features;
  for (std::size_t i = 0; i < samples.count * features; ++i) {
    samples.bytes.push_back(static_cast<std::uint8_t>(i * 37 % 256));
  }
  for (std::size_t i = 0; i < samples.count; ++i) {
    samples.labels.push_back(static_cast<std::uint8_t>(i % 10));
  }
  return samples;
}

TEST(DatasetTest, AByteBecomesTheNearestFloatToItOver255OnEveryTarget) {
  for (const Target& target : Targets()) {
    const ScopedTarget only(target);
    for (const std::size_t features : {1u, 15u, 16u, 17u, 70u, 784u}) {
      const Samples samples = Bytes(features);
      const std::uint32_t chosen[] = {299, 0, 7, 7, 150};
      Matrix x(5, features), y(5, 10);
      Gather(samples, chosen, {0, 5}, x.view(), y.view());
      for (std::size_t r = 0; r < 5; ++r) {
        for (std::size_t j = 0; j < features; ++j) {
          ASSERT_EQ(x(r, j), static_cast<float>(samples.bytes[chosen[r] * features + j]) / 255.0f);
        }
      }
    }
  }
}

TEST(DatasetTest, PaddingBecomesZeroAndOtherRowsStay) {
  const Samples samples = Bytes(20);
  const std::uint32_t chosen[] = {1, 2, 3, 4};
  Matrix x(4, 20), y(4, 10);
  for (std::size_t i = 0; i < x.view().size(); ++i) x.view().data[i] = 9.0f;
  for (std::size_t i = 0; i < y.view().size(); ++i) y.view().data[i] = 9.0f;
  Gather(samples, chosen, {1, 3}, x.view(), y.view());
  for (std::size_t j = 4; j < 16; ++j) EXPECT_EQ(x.view().Row(1, 2)[j], 0.0f);
  for (std::size_t j = 10; j < 16; ++j) EXPECT_EQ(y.view().Row(0, 1)[j], 0.0f);
  EXPECT_EQ(x(0, 5), 9.0f);
  EXPECT_EQ(y(3, 5), 9.0f);
}

TEST(DatasetTest, TargetsAreOneHotOrTheLabelItself) {
  const Samples samples = Bytes(4);
  const std::uint32_t chosen[] = {3, 11};
  Matrix x(2, 4), hot(2, 10), single(2, 1);
  Gather(samples, chosen, {0, 2}, x.view(), hot.view());
  for (std::size_t c = 0; c < 10; ++c) EXPECT_EQ(hot(0, c), c == 3 ? 1.0f : 0.0f);
  Gather(samples, chosen, {0, 2}, x.view(), single.view());
  EXPECT_EQ(single(1, 0), 1.0f);
}

TEST(DatasetTest, TheChecksumSeesEverySampleAndLabel) {
  Dataset data = LoadData("moons");
  const std::string before = data.checksum;
  data.test.labels[5] ^= 1;
  SetChecksum(data);
  EXPECT_NE(data.checksum, before);
  data.test.labels[5] ^= 1;
  data.train.values[3] = std::nextafter(data.train.values[3], 9.0f);
  SetChecksum(data);
  EXPECT_NE(data.checksum, before);
}

TEST(DatasetTest, ClassesAreCountedAmongTheChosenSamplesAndNoOtherLabelIsOne) {
  const std::vector<std::uint8_t> labels = {0, 2, 2, 1, 2};
  const std::vector<std::uint32_t> chosen = {4, 0, 1};
  EXPECT_EQ(CountClasses(labels, chosen, 3), (std::vector<std::size_t>{1, 0, 2}));
  EXPECT_THROW(CountClasses(labels, chosen, 2), DataError);
}

}  // namespace
}  // namespace lanegrad
