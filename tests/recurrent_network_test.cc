// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/recurrent_network.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "experiments/neuroscience/eigenvalues.h"

namespace lanegrad {
namespace {

TEST(RecurrentNetwork, WeightsHaveTheVarianceOfTheirGain) {
  for (const CouplingName& each : kCouplings) {
    const auto weights = RandomWeights(each.coupling, 100, 1.5, 1);
    double sum = 0.0;
    for (const double w : weights) sum += w * w;
    EXPECT_NEAR(sum / 100.0, 1.5 * 1.5, 0.15) << each.name;
    EXPECT_EQ(weights[7 * 100 + 30] == weights[30 * 100 + 7],
              each.coupling == Coupling::kSymmetric);
    EXPECT_EQ(weights[7 * 100 + 30] == -weights[30 * 100 + 7],
              each.coupling == Coupling::kAntisymmetric);
  }
}

TEST(RecurrentNetwork, LinearLoopsGrowAsTheirEigenvaluesSay) {
  constexpr std::size_t kUnits = 20;
  for (const CouplingName& each : kCouplings) {
    const auto weights = RandomWeights(each.coupling, kUnits, 1.0, 5);
    const auto eigenvalues = Eigenvalues(weights, kUnits);
    EXPECT_NEAR(StepGrowth(weights, kUnits, 4000, 1), std::log(SpectralRadius(eigenvalues)), 2e-3)
        << each.name;
    EXPECT_NEAR(FlowGrowth(weights, kUnits, 600, 1), SpectralAbscissa(eigenvalues) - 1.0, 5e-3)
        << each.name;
  }
}

TEST(RecurrentNetwork, WithoutWeightsAStateDecaysAsExp) {
  RandomTanhNetwork network(8, 0.0, 1);
  const double before = network.Activity();
  network.Advance(25);
  EXPECT_NEAR(network.Activity() / before, std::exp(-5.0), 1e-6);
  EXPECT_NEAR(Follow(8, 0.0, 1, 5, 1).lyapunov, -1.0, 1e-4);
}

// Close to silence the network is linear, and neighbours part as the largest real part says.
TEST(RecurrentNetwork, BelowGainOneItsExponentIsThatOfTheLinearNetwork) {
  const auto weights = RandomWeights(Coupling::kIndependent, 40, 0.5, 2);
  const LongRun run = Follow(40, 0.5, 100, 400, 2);
  EXPECT_NEAR(run.lyapunov, SpectralAbscissa(Eigenvalues(weights, 40)) - 1.0, 0.01);
  EXPECT_LT(run.activity, 1e-6);
}

TEST(RecurrentNetwork, FarBeyondGainOneNeighboursPart) {
  const LongRun run = Follow(100, 3.0, 50, 150, 1);
  EXPECT_GT(run.lyapunov, 0.1);
  EXPECT_GT(run.motion, 0.5);
  EXPECT_GE(run.activity, run.motion);
}

TEST(RecurrentNetwork, APulledNeighbourIsAsFarAwayAsAskedFor) {
  RandomTanhNetwork network(10, 2.0, 1);
  RandomTanhNetwork neighbour = network.Neighbour(0.5, 1);
  EXPECT_NEAR(RandomTanhNetwork::Distance(network, neighbour), 0.5, 1e-12);
  neighbour.PullTowards(network, 1e-3);
  EXPECT_NEAR(RandomTanhNetwork::Distance(network, neighbour), 1e-3, 1e-14);
}

}  // namespace
}  // namespace lanegrad
