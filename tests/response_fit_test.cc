// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/response_fit.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string_view>

namespace lanegrad {
namespace {

const Response& Named(std::string_view name) {
  for (const Response& each : Responses()) {
    if (each.name == name) return each;
  }
  throw std::invalid_argument("no such response");
}

// Erfc is the C library's: an oracle that shares nothing with the integral under test.
double SiegertRate(double input, double noise) {
  const double a = -input / noise, b = (1.0 - input) / noise;
  const int intervals = 200000;
  const auto f = [](double u) { return std::exp(u * u) * std::erfc(-u); };
  const double width = (b - a) / intervals;
  double sum = f(a) + f(b);
  for (int i = 1; i < intervals; ++i) sum += (i % 2 == 0 ? 2.0 : 4.0) * f(a + width * i);
  return 1.0 / (kRefractoryTime + kMembraneTime * std::sqrt(M_PI) * sum * width / 3.0);
}

TEST(FiringRate, IsThatOfTheClosedFormWithoutNoise) {
  EXPECT_EQ(FiringRate(1.0, 0.0), 0.0);
  EXPECT_NEAR(FiringRate(1.01, 0.0), 10.60, 0.005);
  EXPECT_NEAR(FiringRate(2.0, 0.0), 63.04, 0.005);
  EXPECT_NEAR(FiringRate(5.0, 0.0), 154.73, 0.005);
  EXPECT_LT(FiringRate(1e6, 0.0), 1.0 / kRefractoryTime);
}

TEST(FiringRate, IsSiegertsIntegralWithNoise) {
  for (const double noise : {0.2, 0.5, 1.0}) {
    for (const double input : {0.0, 0.5, 0.9, 1.0, 1.5, 3.0, 5.0}) {
      const double truth = SiegertRate(input, noise);
      EXPECT_NEAR(FiringRate(input, noise) / truth, 1.0, 1e-6) << input << " " << noise;
    }
  }
}

TEST(FiringRate, NearsThatWithoutNoiseFarAboveTheThreshold) {
  EXPECT_NEAR(FiringRate(4.0, 0.2) / FiringRate(4.0, 0.0), 1.0, 0.01);
  EXPECT_GT(FiringRate(0.9, 0.2), 1.0);  // noise alone makes it fire
}

TEST(FitResponse, FindsTheCurveThatItWasMadeFrom) {
  const std::vector<double> inputs = EvenInputs(5.0, 101);
  for (const Response& response : Responses()) {
    std::vector<double> rates;
    for (const double input : inputs) rates.push_back(30.0 * response.value(1.7 * (input - 0.8)));
    const ResponseFit fit = FitResponse(response, inputs, rates);
    EXPECT_GT(fit.r_squared, 0.99999) << response.name;
    EXPECT_NEAR(fit.Value(response, 2.0), 30.0 * response.value(1.7 * 1.2), 0.1) << response.name;
  }
}

TEST(FitResponse, OfALeakyNeuronLikesAThresholdAndACeiling) {
  const std::vector<double> inputs = EvenInputs(5.0, 501);
  std::vector<double> rates;
  for (const double input : inputs) rates.push_back(FiringRate(input, 0.0));
  EXPECT_NEAR(FitResponse(Named("rectified_tanh"), inputs, rates).r_squared, 0.997, 0.001);
  EXPECT_NEAR(FitResponse(Named("relu"), inputs, rates).r_squared, 0.985, 0.001);
  EXPECT_NEAR(FitResponse(Named("softplus"), inputs, rates).r_squared, 0.985, 0.001);
  EXPECT_NEAR(FitResponse(Named("logistic"), inputs, rates).r_squared, 0.980, 0.001);
}

}  // namespace
}  // namespace lanegrad
