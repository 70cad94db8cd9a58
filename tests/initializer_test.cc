// SPDX-License-Identifier: Apache-2.0
#include "network/initializer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/spellings.h"

namespace lanegrad {

namespace {

class InitializerTest : public testing::TestWithParam<std::string> {
 protected:
  const Initializer initializer_ = Initializer::Named(GetParam());
  const InitializerInfo info_ = initializer_.info();
};

TEST_P(InitializerTest, HasTheMeanAndDeviationItStates) {
  Matrix w(400, 300);
  Initialize(initializer_, RandomStream(1, Stream::kWeights), w.view());
  // Of a constant, the parameter is the mean.
  const double mean = info_.name == "constant" ? initializer_.parameter() : info_.mean;
  double sum = 0.0, squares = 0.0;
  for (std::size_t i = 0; i < 400; ++i) {
    for (std::size_t j = 0; j < 300; ++j) {
      sum += w(i, j);
      squares += std::pow(w(i, j) - mean, 2);
    }
  }
  // 120,000 draws: the mean's standard error is 0.3% of the deviation, the
  // deviation's 0.2%; five of them are allowed.
  const double deviation = info_.deviation(400, 300, initializer_.parameter());
  EXPECT_NEAR(sum / 120000, mean, 0.015 * deviation + 1e-9);
  EXPECT_NEAR(std::sqrt(squares / 120000), deviation, 0.011 * deviation + 1e-9);
}

TEST_P(InitializerTest, LeavesThePaddingZero) {
  Matrix w(5, 10);
  Initialize(initializer_, RandomStream(1, Stream::kWeights), w.view());
  for (std::size_t i = 0; i < 5; ++i) {
    for (std::size_t j = 10; j < kPanel; ++j) EXPECT_EQ(w.view().Row(0, i)[j], 0.0f);
  }
}

INSTANTIATE_TEST_SUITE_P(WholeCatalogue, InitializerTest,
                         testing::ValuesIn(Spellings(Initializers())), NamedByOperation());

TEST(InitializerTest, NothingIsFartherOutThanTwoDeviationsWhereItIsCut) {
  Matrix w(200, 200);
  Initialize(Initializer::Named("truncated_normal:0.5"), RandomStream(2, Stream::kWeights),
             w.view());
  float largest = 0.0f;
  for (std::size_t i = 0; i < 200; ++i) {
    for (std::size_t j = 0; j < 200; ++j) largest = std::fmax(largest, std::fabs(w(i, j)));
  }
  EXPECT_LE(largest, 1.0f);
  EXPECT_GT(largest, 0.99f);
}

TEST(InitializerTest, BiasesAreDrawnAsWeightsOfTheirLayerWouldBe) {
  std::vector<float> bias(20000);
  InitializeBias(Initializer::Named("fan_in_uniform"), RandomStream(3, Stream::kWeights), 25, bias);
  const auto [least, most] = std::minmax_element(bias.begin(), bias.end());
  EXPECT_GE(*least, -0.2f);
  EXPECT_LT(*least, -0.199f);
  EXPECT_LE(*most, 0.2f);
  EXPECT_GT(*most, 0.199f);
  InitializeBias(Initializer::Named("constant:0.25"), RandomStream(3, Stream::kWeights), 25, bias);
  EXPECT_TRUE(std::all_of(bias.begin(), bias.end(), [](float b) { return b == 0.25f; }));
}

TEST(InitializerTest, AnOrthogonalMatrixHasOrthonormalRowsOrColumns) {
  for (const auto& [rows, cols] : {std::pair{60u, 20u}, {20u, 60u}, {33u, 33u}}) {
    Matrix w(rows, cols);
    Initialize(Initializer::Named("orthogonal"), RandomStream(4, Stream::kWeights), w.view());
    const bool by_columns = cols <= rows;
    const std::size_t count = std::min(rows, cols), length = std::max(rows, cols);
    for (std::size_t u = 0; u < count; ++u) {
      for (std::size_t v = 0; v <= u; ++v) {
        double product = 0.0;
        for (std::size_t i = 0; i < length; ++i) {
          product += by_columns ? static_cast<double>(w(i, u)) * static_cast<double>(w(i, v))
                                : static_cast<double>(w(u, i)) * static_cast<double>(w(v, i));
        }
        EXPECT_NEAR(product, u == v ? 1.0 : 0.0, 2e-7) << u << ", " << v;
      }
    }
  }
}

}  // namespace
}  // namespace lanegrad
