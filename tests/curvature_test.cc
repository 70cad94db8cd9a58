// SPDX-License-Identifier: Apache-2.0
#include "experiments/descent/curvature.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "network/synthetic.h"

namespace lanegrad {
namespace {

// Two inputs, one identity: the loss is quadratic, and its Hessian known.
Settings Linear(std::size_t samples) {
  Settings settings;
  settings.layers = {2, 2};
  settings.output = "identity";
  settings.loss = "mse";
  settings.samples = samples;
  return settings;
}

Settings Tanh(std::size_t samples) {
  Settings settings;
  settings.layers = {2, 5, 2};
  settings.activation = "tanh";
  settings.samples = samples;
  return settings;
}

// The largest eigenvalue of the mean of (x, 1) (x, 1)^T, by plain power iteration in double.
double LargestOfInputs(const Dataset& data, std::size_t samples) {
  std::array<double, 3> v = {0.3, -0.5, 0.8};
  double largest = 0.0;
  for (int i = 0; i < 500; ++i) {
    std::array<double, 3> next = {};
    for (std::size_t s = 0; s < samples; ++s) {
      const std::array<double, 3> x = {data.train.values[2 * s], data.train.values[2 * s + 1], 1.0};
      const double dot = std::inner_product(x.begin(), x.end(), v.begin(), 0.0);
      for (std::size_t k = 0; k < 3; ++k) next[k] += dot * x[k] / static_cast<double>(samples);
    }
    largest = std::sqrt(std::inner_product(next.begin(), next.end(), next.begin(), 0.0));
    for (std::size_t k = 0; k < 3; ++k) v[k] = next[k] / largest;
  }
  return largest;
}

TEST(Curvature, OfALinearNetworkIsThatOfItsInputs) {
  constexpr std::size_t kSamples = 40;
  const Dataset data = LoadData("moons", {.train = kSamples, .test = 2});
  WholeBatch batch(Linear(kSamples), data);
  std::vector<double> direction;
  // Squared error is the mean over two outputs, so its second derivative is 2/2 = 1 times theirs.
  EXPECT_NEAR(batch.LargestCurvature(200, direction), LargestOfInputs(data, kSamples), 1e-3);
}

TEST(Curvature, LeavesTheNetworkWhereItWas) {
  const Dataset data = LoadData("moons", {.train = 30, .test = 2});
  WholeBatch batch(Tanh(30), data);
  const std::vector<float> before = batch.weights();
  std::vector<double> direction;
  batch.LargestCurvature(3, direction);
  EXPECT_EQ(batch.weights(), before);
}

TEST(WholeBatch, GradientIsThatOfDifferencesOfItsLoss) {
  const Dataset data = LoadData("moons", {.train = 30, .test = 2});
  WholeBatch batch(Tanh(30), data);
  std::vector<float> gradient;
  EXPECT_EQ(batch.Gradient(gradient), batch.Loss());
  const std::vector<float> here = batch.weights();
  ASSERT_EQ(gradient.size(), here.size());
  for (std::size_t i = 0; i < here.size(); ++i) {
    std::vector<float> moved = here;
    moved[i] = here[i] + 0.01f;
    batch.Place(moved);
    const double above = batch.Loss();
    moved[i] = here[i] - 0.01f;
    batch.Place(moved);
    EXPECT_NEAR((above - batch.Loss()) / 0.02, gradient[i], 1e-3) << i;
  }
}

TEST(WholeBatch, DescendsBelowItsLimitAndNotFarAboveIt) {
  const Dataset data = LoadData("moons", {.train = 40, .test = 2});
  WholeBatch batch(Linear(40), data);
  const std::vector<float> start = batch.weights();
  std::vector<double> direction;
  const double limit = 2.0 / batch.LargestCurvature(200, direction);
  const double first = batch.Loss();
  std::vector<float> velocity;
  DescendWhole(batch, 0.95 * limit, 0.0, 300, velocity);
  EXPECT_LT(batch.Loss(), first);
  batch.Place(start);
  velocity.clear();
  DescendWhole(batch, 1.05 * limit, 0.0, 300, velocity);
  EXPECT_FALSE(batch.Loss() < 100.0 * first);
}

}  // namespace
}  // namespace lanegrad
