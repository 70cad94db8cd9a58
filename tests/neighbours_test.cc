// SPDX-License-Identifier: Apache-2.0
#include "experiments/explanations/neighbours.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "experiments/neighbours/nearest_neighbours.h"
#include "experiments/statistics/roc.h"
#include "kernels/random.h"
#include "tests/small_images.h"

namespace lanegrad {
namespace {

TEST(Neighbours, AreThoseOfAPlainLoop) {
  RandomStream random(9, Stream::kData);
  Matrix queries(7, 20), examples(60, 20);
  for (Matrix* each : {&queries, &examples}) {
    for (std::size_t r = 0; r < each->rows(); ++r) {
      for (std::size_t i = 0; i < 20; ++i) (*each)(r, i) = random.Uniform();
    }
  }
  const auto nearest = Nearest(queries.view(), examples.view(), 5);
  for (std::size_t q = 0; q < 7; ++q) {
    std::vector<double> distance(60);
    for (std::size_t e = 0; e < 60; ++e) {
      for (std::size_t i = 0; i < 20; ++i) {
        const double d = double(queries(q, i)) - double(examples(e, i));
        distance[e] += d * d;
      }
    }
    std::vector<std::uint32_t> order(60);
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(),
              [&](auto a, auto b) { return distance[a] < distance[b]; });
    order.resize(5);
    EXPECT_EQ(nearest[q], order) << q;
  }
}

TEST(Neighbours, OfAnExampleBeginWithItselfAndAreNoMoreThanThereAre) {
  Matrix points(3, 1);
  points(1, 0) = 1.0f;
  points(2, 0) = 3.0f;
  const auto nearest = Nearest(points.view(), points.view(), 10);
  EXPECT_EQ(nearest[1], (std::vector<std::uint32_t>{1, 0, 2}));
  EXPECT_EQ(nearest[2], (std::vector<std::uint32_t>{2, 1, 0}));
}

TEST(Neighbours, VoteForTheMostFrequentClassAndThenTheNearest) {
  const std::vector<std::uint8_t> labels = {0, 1, 2, 1, 2};
  EXPECT_EQ(Vote(std::vector<std::uint32_t>{0, 1, 3}, labels), 1);
  EXPECT_EQ(Vote(std::vector<std::uint32_t>{2, 1, 3, 4}, labels), 2);
  EXPECT_EQ(Vote(std::vector<std::uint32_t>{0}, labels), 0);
}

TEST(Neighbours, LookAtPixelsAndAtHiddenLayers) {
  const Dataset data = SmallImages();
  const std::vector<std::uint32_t> chosen = {4, 0};
  const Matrix pixels = PixelValues(data.test, chosen);
  EXPECT_EQ(pixels.rows(), 2u);
  EXPECT_NEAR(pixels(0, 3), data.test.bytes[4 * 40 + 3] / 255.0, 1e-6);
  const std::vector<std::size_t> sizes = {40, 6, 3};
  Network network(sizes, Activation::Named("identity"), Activation::Named("identity"));
  network.Initialize(Initializer::Named("he_uniform"), 1);
  const Matrix hidden = HiddenValues(network, 0, data.test, chosen);
  ASSERT_EQ(hidden.cols(), 6u);
  double expected = 0.0;
  for (std::size_t i = 0; i < 40; ++i) {
    expected += double(pixels(1, i)) * double(network.layers()[0].weights(i, 2));
  }
  EXPECT_NEAR(hidden(1, 2), expected, 1e-5);
}

TEST(ProbabilityLarger, IsOneOfApartAHalfOfEqualAndCountsTiesByHalf) {
  using List = std::vector<double>;
  EXPECT_EQ(ProbabilityLarger(List{3.0, 4.0}, List{1.0, 2.0}), 1.0);
  EXPECT_EQ(ProbabilityLarger(List{1.0}, List{2.0, 3.0}), 0.0);
  EXPECT_EQ(ProbabilityLarger(List{1.0, 1.0}, List{1.0}), 0.5);
  EXPECT_EQ(ProbabilityLarger(List{2.0}, List{1.0, 2.0, 3.0, 0.0}), 0.625);
  EXPECT_TRUE(std::isnan(ProbabilityLarger(List{}, List{1.0})));
}

}  // namespace
}  // namespace lanegrad
