// SPDX-License-Identifier: Apache-2.0
// The neuron against its closed form, against the library's logarithm, and against the orders of
// convergence that theory gives it.
#include "experiments/neuroscience/integrate_and_fire.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <vector>

namespace lanegrad {
namespace {

constexpr IntegrateAndFire kNeuron;

TEST(IntegrateAndFire, FiresAtTheRatesOfTheTextbook) {
  const double currents[] = {1.01, 1.1, 1.5, 2.0, 3.0, 5.0, 10.0};
  const double hertz[] = {10.60, 20.02, 41.71, 63.04, 98.92, 154.73, 243.47};
  for (std::size_t i = 0; i < 7; ++i) {
    EXPECT_NEAR(FiringRate(kNeuron, currents[i]), hertz[i], 0.005) << currents[i];
    EXPECT_NEAR(FiringRate(kNeuron, currents[i]),
                1000.0 / (2.0 + 20.0 * std::log(currents[i] / (currents[i] - 1.0))), 1e-11);
  }
}

TEST(IntegrateAndFire, IsSilentUpToItsThresholdAndNeverFasterThanItsSilenceAllows) {
  for (const double current : {-1.0, 0.0, 0.5, 1.0}) EXPECT_EQ(FiringRate(kNeuron, current), 0.0);
  EXPECT_LT(FiringRate(kNeuron, 1e6), 500.0);
  EXPECT_GT(FiringRate(kNeuron, 1e6), 499.9);
}

TEST(IntegrateAndFire, SimulatedExactlyItHasTheRateOfTheClosedFormAtAnyStep) {
  for (const double step : {0.01, 0.3, 1.7, 2.0}) {
    for (const double current : {1.01, 1.5, 5.0, 40.0}) {
      const double rate = SimulatedRate(kNeuron, Integration::kExact, step, current, 20);
      EXPECT_NEAR(rate / FiringRate(kNeuron, current), 1.0, 1e-11) << step << " " << current;
    }
  }
}

TEST(IntegrateAndFire, IntervalsOnTheGridAreThoseOfTheClosedFormRoundedUp) {
  for (const double current : {1.1, 1.5, 3.0}) {
    const double step = 0.5;
    const double interval = 2.0 + 20.0 * std::log(current / (current - 1.0));
    const double rate = SimulatedRate(kNeuron, Integration::kExactOnGrid, step, current, 10);
    EXPECT_NEAR(1000.0 / rate, step * std::ceil(interval / step), 1e-9) << current;
  }
}

TEST(IntegrateAndFire, EulersVoltageIsOfFirstOrderTheMidpointRulesOfSecond) {
  const auto ratio = [](Integration integration) {
    return VoltageError(kNeuron, integration, 100, 0.8) /
           VoltageError(kNeuron, integration, 200, 0.8);
  };
  EXPECT_NEAR(ratio(Integration::kEuler), 2.0, 0.05);
  EXPECT_NEAR(ratio(Integration::kMidpoint), 4.0, 0.1);
  EXPECT_LT(VoltageError(kNeuron, Integration::kExactOnGrid, 100, 0.8), 1e-14);
}

TEST(IntegrateAndFire, NeverFiresBelowItsThreshold) {
  for (const IntegrationName& each : kIntegrations) {
    EXPECT_EQ(SimulatedRate(kNeuron, each.integration, 1.0, 0.99, 1, 5000.0), 0.0) << each.name;
  }
}

TEST(IntegrateAndFire, IsSilentForTheRefractoryTimeAfterASpike) {
  for (const IntegrationName& each : kIntegrations) {
    const MembraneStep step(kNeuron, each.integration, 0.5);
    Membrane membrane;
    std::vector<double> spikes;
    for (int k = 0; k < 2000; ++k) {
      const auto spike = step.Advance(1000.0, membrane);
      if (spike) spikes.push_back(0.5 * k + *spike);
    }
    ASSERT_GT(spikes.size(), 300u) << each.name;
    for (std::size_t s = 1; s < spikes.size(); ++s) {
      EXPECT_GE(spikes[s] - spikes[s - 1], 2.0 - 1e-9) << each.name;
    }
  }
}

TEST(IntegrateAndFire, RefusesStepsThatItCannotTake) {
  EXPECT_THROW(MembraneStep(kNeuron, Integration::kEuler, 0.0), std::invalid_argument);
  EXPECT_THROW(MembraneStep(kNeuron, Integration::kEuler, NAN), std::invalid_argument);
  EXPECT_THROW(MembraneStep({.tau_ms = 0.0}, Integration::kEuler, 1.0), std::invalid_argument);
  EXPECT_THROW(MembraneStep(kNeuron, Integration::kExact, 2.5), std::invalid_argument);
  EXPECT_NO_THROW(MembraneStep(kNeuron, Integration::kEuler, 2.5));
}

}  // namespace
}  // namespace lanegrad
