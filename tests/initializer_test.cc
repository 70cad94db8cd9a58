// SPDX-License-Identifier: Apache-2.0
#include "network/initializer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <ostream>

namespace lanegrad {

void PrintTo(const InitializerInfo& info, std::ostream* os) { *os << info.name; }

namespace {

class InitializerTest : public testing::TestWithParam<InitializerInfo> {};

TEST_P(InitializerTest, HasTheMeanAndDeviationItStates) {
  Matrix w(400, 300);
  Initialize(Initializer::Named(GetParam().name), RandomStream(1, Stream::kWeights), w.view());
  double sum = 0.0, squares = 0.0;
  for (std::size_t i = 0; i < 400; ++i) {
    for (std::size_t j = 0; j < 300; ++j) {
      sum += w(i, j);
      squares += std::pow(w(i, j) - GetParam().mean, 2);
    }
  }
  // 120,000 draws: the mean's standard error is 0.3% of the deviation, the
  // deviation's 0.2%; five of them are allowed.
  const double deviation = GetParam().deviation(400, 300);
  EXPECT_NEAR(sum / 120000, GetParam().mean, 0.015 * deviation);
  EXPECT_NEAR(std::sqrt(squares / 120000), deviation, 0.011 * deviation);
}

TEST_P(InitializerTest, LeavesThePaddingZero) {
  Matrix w(5, 10);
  Initialize(Initializer::Named(GetParam().name), RandomStream(1, Stream::kWeights), w.view());
  for (std::size_t i = 0; i < 5; ++i) {
    for (std::size_t j = 10; j < kPanel; ++j) EXPECT_EQ(w.view().Row(0, i)[j], 0.0f);
  }
}

INSTANTIATE_TEST_SUITE_P(WholeCatalogue, InitializerTest,
                         testing::ValuesIn(Initializers().begin(), Initializers().end()));

}  // namespace
}  // namespace lanegrad
