// SPDX-License-Identifier: Apache-2.0
#include "experiments/back_propagation/plain_network.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <vector>

#include "kernels/random.h"

namespace lanegrad {
namespace {

PlainNetwork Tanhs(const std::vector<std::size_t>& sizes) {
  const std::vector<Curve> f(sizes.size(), CurveOf(Activation::Named("tanh")));
  PlainNetwork network(sizes, f, Loss::Named("mse"));
  RandomStream random(7, Stream::kWeights);
  for (double* each : network.Parameters()) *each = random.Normal();
  return network;
}

PlainBatch Random(std::size_t count, std::size_t in, std::size_t out) {
  PlainBatch batch = {.count = count, .x = {}, .y = {}};
  RandomStream random(7, Stream::kData);
  for (std::size_t k = 0; k < count * in; ++k) batch.x.push_back(random.Normal());
  for (std::size_t k = 0; k < count * out; ++k) batch.y.push_back(random.Uniform());
  return batch;
}

TEST(PlainNetwork, GradientOfOneSigmoidIsItsClosedForm) {
  const std::size_t sizes[] = {1, 1};
  const Curve f[] = {PortableSigmoid()};
  PlainNetwork network(sizes, f, Loss::Named("mse"));
  network.layers()[0].w = {0.5};
  network.layers()[0].b = {-0.25};
  const PlainBatch batch = {.count = 1, .x = {2.0}, .y = {1.0}};
  const double a = 1.0 / (1.0 + std::exp(-0.75)), delta = 2.0 * (a - 1.0) * a * (1.0 - a);
  const std::vector<double> g = network.BackPropagate(batch, network.Forward(batch));
  ASSERT_EQ(g.size(), 2u);
  EXPECT_NEAR(g[0], 2.0 * delta, 1e-15);
  EXPECT_NEAR(g[1], delta, 1e-15);
}

TEST(PlainNetwork, ThreeWaysToAGradientAgree) {
  PlainNetwork network = Tanhs({3, 5, 4, 2});
  const PlainBatch batch = Random(6, 3, 2);
  const std::vector<double> recursion = network.BackPropagate(batch, network.Forward(batch));
  const std::vector<double> differences = network.Differences(batch, 1e-5);
  const std::vector<double> forward_mode = network.ForwardMode(batch);
  ASSERT_EQ(recursion.size(), network.ParameterCount());
  for (std::size_t k = 0; k < recursion.size(); ++k) {
    EXPECT_NEAR(recursion[k], differences[k], 1e-9) << k;
    EXPECT_NEAR(recursion[k], forward_mode[k], 1e-14) << k;
  }
}

TEST(PlainNetwork, DifferencesLeaveTheWeightsAsTheyAre) {
  PlainNetwork network = Tanhs({3, 5, 2});
  const PlainBatch batch = Random(2, 3, 2);
  std::vector<double> before;
  for (const double* each : network.Parameters()) before.push_back(*each);
  network.Differences(batch, 0.1);
  for (std::size_t k = 0; k < before.size(); ++k) EXPECT_EQ(*network.Parameters()[k], before[k]);
}

TEST(PlainNetwork, CountsTwoProductsBackForEachForwardButInTheFirstLayer) {
  const PlainNetwork network = Tanhs({3, 5, 4, 2});
  const PlainBatch batch = Random(6, 3, 2);
  const PlainPass pass = network.Forward(batch);
  EXPECT_EQ(network.multiply_adds(), 6u * (3 * 5 + 5 * 4 + 4 * 2));
  network.BackPropagate(batch, pass);
  EXPECT_EQ(network.multiply_adds(), 6u * (3 * 5 + 5 * 4 + 4 * 2) * 3u - 6u * 3 * 5);
}

TEST(Mistakes, EachChangesTheGradientOfANetworkWithABend) {
  PlainNetwork network = Tanhs({4, 4, 4, 4});
  const PlainBatch batch = Random(3, 4, 4);
  const PlainPass pass = network.Forward(batch);
  const std::vector<double> right = network.BackPropagate(batch, pass);
  std::set<std::vector<double>> seen = {right};
  for (const MistakeInfo& info : Mistakes()) {
    EXPECT_TRUE(seen.insert(network.BackPropagate(batch, pass, info.mistake)).second) << info.name;
  }
  const std::vector<double> turned =
      network.BackPropagate(batch, pass, GradientMistake::kWrongSign);
  for (std::size_t k = 0; k < right.size(); ++k) EXPECT_EQ(turned[k], -right[k]);
  for (const double g : network.BackPropagate(batch, pass, GradientMistake::kOwnOutput))
    EXPECT_EQ(g, 0.0);
}

}  // namespace
}  // namespace lanegrad
