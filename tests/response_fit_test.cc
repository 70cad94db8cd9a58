// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/response_fit.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string_view>

#include "experiments/neuroscience/integrate_and_fire.h"

namespace lanegrad {
namespace {

const Response& Named(std::string_view name) {
  for (const Response& each : Responses()) {
    if (each.name == name) return each;
  }
  throw std::invalid_argument("no such response");
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
  for (const double input : inputs) rates.push_back(FiringRate(IntegrateAndFire(), input));
  EXPECT_NEAR(FitResponse(Named("rectified_tanh"), inputs, rates).r_squared, 0.997, 0.001);
  EXPECT_NEAR(FitResponse(Named("relu"), inputs, rates).r_squared, 0.985, 0.001);
  EXPECT_NEAR(FitResponse(Named("softplus"), inputs, rates).r_squared, 0.985, 0.001);
  EXPECT_NEAR(FitResponse(Named("logistic"), inputs, rates).r_squared, 0.980, 0.001);
}

}  // namespace
}  // namespace lanegrad
