// SPDX-License-Identifier: Apache-2.0
// Siegert's formula against its other form, with the library's erf, and against its limit without
// noise; the simulation against the formula.
#include "experiments/neuroscience/noisy_neuron.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

constexpr IntegrateAndFire kNeuron;

// The textbook's form, by Simpson's rule.
double Textbook(double mean, double deviation) {
  const double a = -mean / deviation, b = (1.0 - mean) / deviation;
  constexpr int kParts = 20000;
  const double width = (b - a) / kParts;
  double sum = 0.0;
  for (int k = 0; k <= kParts; ++k) {
    const double u = a + k * width;
    const double weight = k == 0 || k == kParts ? 1.0 : k % 2 == 1 ? 4.0 : 2.0;
    sum += weight * std::exp(u * u) * std::erfc(-u);
  }
  return 1000.0 / (2.0 + 20.0 * std::sqrt(std::acos(-1.0)) * sum * width / 3.0);
}

TEST(NoisyNeuron, SiegertsRateIsThatOfTheTextbooksForm) {
  for (const double deviation : {0.1, 0.3, 1.0, 3.0}) {
    for (const double mean : {0.6, 0.9, 1.0, 1.3, 2.0}) {
      EXPECT_NEAR(SiegertRate(kNeuron, {mean, deviation}) / Textbook(mean, deviation), 1.0, 1e-9)
          << mean << " " << deviation;
    }
  }
}

TEST(NoisyNeuron, WithoutNoiseSiegertsRateIsTheClosedForm) {
  for (const double mean : {1.1, 1.5, 5.0}) {
    EXPECT_NEAR(SiegertRate(kNeuron, {mean, 0.001}), FiringRate(kNeuron, mean), 1e-3) << mean;
  }
  EXPECT_EQ(SiegertRate(kNeuron, {0.9, 0.001}), 0.0);
}

TEST(NoisyNeuron, TheSimulationHasSiegertsRate) {
  for (const double mean : {0.8, 1.0, 1.5}) {
    std::vector<double> rates;
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
      rates.push_back(NoisyRate(kNeuron, {mean, 0.4}, BetweenSteps::kBridge, 0.1, 21'000.0, seed));
    }
    const double spread = SampleDeviation(rates) / std::sqrt(8.0);
    EXPECT_NEAR(Mean(rates), SiegertRate(kNeuron, {mean, 0.4}), 4.0 * spread + 0.05) << mean;
    EXPECT_LT(spread, 0.6);
  }
}

TEST(NoisyNeuron, WhoLooksOnlyAtTheEndsOfStepsMissesSpikes) {
  const NoisyInput input = {0.9, 0.4};
  const double theory = SiegertRate(kNeuron, input);
  const double seen = NoisyRate(kNeuron, input, BetweenSteps::kNothing, 1.0, 61'000.0, 1);
  EXPECT_LT(seen, 0.95 * theory);
  EXPECT_GT(seen, 0.5 * theory);
}

}  // namespace
}  // namespace lanegrad
