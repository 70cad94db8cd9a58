// SPDX-License-Identifier: Apache-2.0
#include "experiments/statistics/power_law.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "kernels/random.h"

namespace lanegrad {
namespace {

const std::vector<double> kSizes = {10, 30, 100, 300, 1000, 3000, 10000};

std::vector<double> Errors(double factor, double exponent, double offset) {
  std::vector<double> errors;
  for (const double n : kSizes) errors.push_back(factor * std::pow(n, -exponent) + offset);
  return errors;
}

TEST(PowerLaw, IsFoundWhereThereIsOne) {
  for (const double exponent : {0.07, 0.3, 0.5, 1.2}) {
    const PowerLaw law = FitPowerLaw(kSizes, Errors(1.5, exponent, 0.0));
    EXPECT_NEAR(law.exponent, exponent, 1e-5);
    EXPECT_NEAR(law.factor, 1.5, 1e-4);
    EXPECT_EQ(law.offset, 0.0);
    EXPECT_LT(law.deviation, 1e-5);
  }
}

TEST(PowerLaw, IsFoundWithItsOffset) {
  for (const double offset : {0.01, 0.1, 0.3}) {
    const PowerLaw law = FitPowerLawWithOffset(kSizes, Errors(2.0, 0.45, offset));
    EXPECT_NEAR(law.exponent, 0.45, 1e-4);
    EXPECT_NEAR(law.offset, offset, 1e-4);
    EXPECT_NEAR(law.factor, 2.0, 1e-3);
  }
}

TEST(PowerLaw, SaysWhatItWasMadeOf) {
  const PowerLaw law = {.factor = 2.0, .exponent = 0.5, .offset = 0.1, .deviation = 0.0};
  EXPECT_NEAR(law.At(4.0), 1.1, 1e-12);
  EXPECT_NEAR(law.At(1.0), 2.1, 1e-12);
}

TEST(PowerLaw, HasANegativeExponentWhereTheErrorGrows) {
  EXPECT_NEAR(FitPowerLaw(kSizes, Errors(0.1, -0.2, 0.0)).exponent, -0.2, 1e-5);
}

TEST(PowerLaw, NeverHasANegativeOffset) {
  // 1 - 0.1 log10(n): falls ever faster on logarithmic axes, which only an offset below 0 gives.
  std::vector<double> errors;
  for (const double n : kSizes) errors.push_back(1.0 - 0.2 * std::log10(n));
  EXPECT_EQ(FitPowerLawWithOffset(kSizes, errors).offset, 0.0);
}

TEST(PowerLaw, FitsWithAnOffsetNoWorseThanWithoutOne) {
  RandomStream random(1, Stream::kData);
  for (int i = 0; i < 20; ++i) {
    std::vector<double> errors = Errors(1.0, 0.3, 0.05);
    for (double& error : errors) error *= 1.0 + 0.05 * static_cast<double>(random.Normal());
    EXPECT_LE(FitPowerLawWithOffset(kSizes, errors).deviation,
              FitPowerLaw(kSizes, errors).deviation + 1e-9);
  }
}

TEST(PowerLaw, HasTheLeastDeviationNearby) {
  // At the fitted exponent and factor the sum of squares is least: a step any way makes it larger.
  std::vector<double> errors = Errors(1.3, 0.25, 0.0);
  for (std::size_t i = 0; i < errors.size(); i += 2) errors[i] *= 1.1;
  const PowerLaw law = FitPowerLaw(kSizes, errors);
  const auto squares = [&](PowerLaw other) {
    double sum = 0.0;
    for (std::size_t i = 0; i < kSizes.size(); ++i) {
      sum += std::pow(other.At(kSizes[i]) / errors[i] - 1.0, 2);
    }
    return sum;
  };
  for (const double step : {-1e-3, 1e-3}) {
    PowerLaw steeper = law, larger = law;
    steeper.exponent += step;
    larger.factor += step;
    EXPECT_GT(squares(steeper), squares(law));
    EXPECT_GT(squares(larger), squares(law));
  }
  EXPECT_NEAR(std::sqrt(squares(law) / 7.0), law.deviation, 1e-9);
}

TEST(PowerLaw, TakesAnOffsetOnlyWhereItPays) {
  EXPECT_EQ(FitBetterPowerLaw(kSizes, Errors(1.5, 0.3, 0.0)).offset, 0.0);
  EXPECT_NEAR(FitBetterPowerLaw(kSizes, Errors(1.5, 0.5, 0.1)).offset, 0.1, 1e-3);
  // Noise of a fifth is no reason for one.
  std::vector<double> noisy = Errors(1.5, 0.3, 0.0);
  for (std::size_t i = 0; i < noisy.size(); i += 2) noisy[i] *= 1.2;
  EXPECT_EQ(FitBetterPowerLaw(kSizes, noisy).offset, 0.0);
}

TEST(PowerLaw, TakesNoOffsetWhereFivePointsCannotTell) {
  const std::vector<double> n(kSizes.begin(), kSizes.begin() + 5);
  std::vector<double> errors = Errors(1.5, 0.5, 0.1);
  errors.resize(5);
  EXPECT_EQ(FitBetterPowerLaw(n, errors).offset, 0.0);
}

TEST(PowerLaw, CriterionIsThatOfHurvichAndTsai) {
  const PowerLaw law = {.factor = 1.0, .exponent = 0.3, .offset = 0.0, .deviation = 0.1};
  // 7 ln 0.01 + 2 * 3 + 2 * 3 * 4 / (7 - 3 - 1)
  EXPECT_NEAR(CorrectedAkaike(law, 2, 7), 7.0 * std::log(0.01) + 6.0 + 8.0, 1e-9);
  EXPECT_EQ(CorrectedAkaike(law, 3, 5), std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace lanegrad
