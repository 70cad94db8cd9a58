// SPDX-License-Identifier: Apache-2.0
#include "network/synthetic.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <ostream>

#include "tests/spellings.h"

namespace lanegrad {

void PrintTo(const SyntheticInfo& info, std::ostream* os) { *os << info.name; }

namespace {

class SyntheticTest : public testing::TestWithParam<SyntheticInfo> {};

TEST_P(SyntheticTest, IsTheSameOnEveryMachine) {
  EXPECT_EQ(GetParam().make({}).checksum, GetParam().checksum);
}

TEST_P(SyntheticTest, ClassesAreEquallyLarge) {
  const Dataset data = GetParam().make({.train = 1000, .test = 500, .seed = 3, .noise = 0.2f});
  EXPECT_EQ(data.train.count, 1000u);
  EXPECT_EQ(data.test.count, 500u);
  std::map<int, int> counts;
  for (const int label : data.train.labels) ++counts[label];
  EXPECT_EQ(counts.size(), data.classes);
  for (const auto& [label, count] : counts) {
    EXPECT_EQ(count, 1000 / static_cast<int>(data.classes));
  }
}

TEST_P(SyntheticTest, SeedAndNoiseChangeTheData) {
  const std::string base = GetParam().make({}).checksum;
  EXPECT_NE(GetParam().make({.seed = 2}).checksum, base);
  EXPECT_NE(GetParam().make({.noise = 0.3f}).checksum, base);
}

TEST_P(SyntheticTest, TrainingAndTestSamplesDiffer) {
  const Dataset data = GetParam().make({});
  EXPECT_NE(data.train.values, data.test.values);
}

INSTANTIATE_TEST_SUITE_P(WholeCatalogue, SyntheticTest,
                         testing::ValuesIn(SyntheticSets().begin(), SyntheticSets().end()),
                         NamedByOperation());

TEST(SyntheticTest, PointsOfMoonsAndBlobsLieOnTheUnitCircle) {
  const Dataset data = LoadData("blobs", {.noise = 0.0f});
  for (std::size_t i = 0; i < data.train.count; ++i) {
    const double x = data.train.values[2 * i], y = data.train.values[2 * i + 1];
    EXPECT_NEAR(x * x + y * y, 1.0, 1e-6);
    EXPECT_NEAR(std::remainder(std::atan2(y, x) - 2 * M_PI / 5 * data.train.labels[i], 2 * M_PI),
                0.0, 1e-6);
  }
}

TEST(SyntheticTest, TheSignsOfXorDifferWhereItsLabelIsOne) {
  const Dataset data = LoadData("xor");
  for (std::size_t i = 0; i < data.train.count; ++i) {
    const bool differ = (data.train.values[2 * i] > 0) != (data.train.values[2 * i + 1] > 0);
    EXPECT_EQ(differ, data.train.labels[i] == 1);
  }
}

TEST(SyntheticTest, AMisspelledSetIsAnsweredWithTheNearest) {
  try {
    LoadData("spiral");
    FAIL();
  } catch (const DataError& error) {
    EXPECT_STREQ(error.what(),
                 "no data 'spiral': neither a directory nor a synthetic set; did "
                 "you mean 'spirals'?");
  }
}

}  // namespace
}  // namespace lanegrad
