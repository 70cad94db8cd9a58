// SPDX-License-Identifier: Apache-2.0
#include "experiments/statistics/shift.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "kernels/random.h"

namespace lanegrad {
namespace {

const std::vector<double> kDifferences = {0.031,  -0.012, 0.044, 0.020, 0.052,
                                          -0.003, 0.017,  0.038, 0.009, 0.025};
const std::vector<double> kA = {10.1, 10.4, 9.8, 10.9, 10.2, 10.0};
const std::vector<double> kB = {10.6, 11.2, 10.3, 11.0, 10.8, 11.5, 10.7};

// The expected p values are scipy 1.10's (wilcoxon and mannwhitneyu, exact), estimates and
// intervals those of an enumeration of all 2^10 signs and all 1716 orders in Python.
TEST(ShiftTest, AgreesWithScipyAndWithEnumeration) {
  const Shift paired = PairedShift(kDifferences);
  EXPECT_NEAR(paired.p, 0.013671875, 1e-12);
  EXPECT_NEAR(paired.estimate, 0.0225, 1e-12);
  EXPECT_NEAR(paired.interval.low, 0.007, 1e-12);
  EXPECT_NEAR(paired.interval.high, 0.0375, 1e-12);
  const Shift apart = SampleShift(kA, kB);
  EXPECT_NEAR(apart.p, 0.022144522144522144, 1e-12);
  EXPECT_NEAR(apart.estimate, 0.6, 1e-12);
  EXPECT_NEAR(apart.interval.low, 0.1, 1e-12);
  EXPECT_NEAR(apart.interval.high, 1.2, 1e-12);
}

TEST(ShiftTest, TiesAndZerosKeepThePValueExact) {
  // Of the 128 signs of the seven that are not zero, by enumeration.
  const double with_ties[] = {0.01, 0.01, -0.01, 0.02, 0.03, 0.0, 0.02, 0.04};
  EXPECT_NEAR(PairedShift(with_ties).p, 0.0625, 1e-12);
  const double zeros[] = {0.0, 0.0, 0.0};
  EXPECT_EQ(PairedShift(zeros).p, 1.0);
  EXPECT_EQ(PairedShift(zeros).estimate, 0.0);
  const double equal[] = {1.0, 1.0, 1.0, 1.0, 1.0};
  EXPECT_EQ(SampleShift(equal, equal).p, 1.0);
}

TEST(ShiftTest, SamplesThatAreTooSmallHaveNoInterval) {
  const double five[] = {1.0, 2.0, 3.0, 4.0, 5.0}, six[] = {1.0, 2.0, 3.0, 4.0, 5.0, 6.0};
  EXPECT_TRUE(std::isnan(PairedShift(five).interval.low));
  EXPECT_NEAR(PairedShift(five).least_p, 2.0 / 32.0, 1e-15);
  EXPECT_EQ(PairedShift(six).interval.low, 1.0);
  EXPECT_EQ(PairedShift(six).p, PairedShift(six).least_p);
  const double three[] = {1.0, 2.0, 3.0}, other[] = {4.0, 5.0, 6.0};
  EXPECT_TRUE(std::isnan(SampleShift(three, other).interval.low));
  EXPECT_NEAR(SampleShift(three, other).p, 0.1, 1e-15) << "as scipy has it";
  EXPECT_TRUE(std::isnan(PairedShift({}).p));
  EXPECT_TRUE(std::isnan(SampleShift({}, three).p));
}

TEST(ShiftTest, TurningTheSignTurnsEstimateAndInterval) {
  std::vector<double> turned = kDifferences;
  for (double& each : turned) each = -each;
  const Shift forth = PairedShift(kDifferences), back = PairedShift(turned);
  EXPECT_EQ(forth.estimate, -back.estimate);
  EXPECT_EQ(forth.interval.low, -back.interval.high);
  EXPECT_EQ(forth.p, back.p);
  EXPECT_EQ(SampleShift(kA, kB).p, SampleShift(kB, kA).p);
}

// Where the exact distribution ends the normal one goes on. Expected are scipy's exact values.
TEST(ShiftTest, LargeSamplesAgreeWithTheExactDistribution) {
  std::vector<double> differences, a, b;
  for (int i = 0; i < 60; ++i) {
    differences.push_back((i * 37 % 101 - 42) / 100.0 + i * 1e-5);
    a.push_back(i * 37 % 101 / 100.0);
    b.push_back((i * 53 % 103 + 12) / 100.0 + i * 1e-4 + 1e-6);
  }
  EXPECT_NEAR(PairedShift(differences).p, 0.060659146880168296, 1e-3);
  EXPECT_NEAR(PairedShift(differences).interval.low, -0.004825, 2e-3);
  EXPECT_NEAR(PairedShift(differences).interval.high, 0.155425, 2e-3);
  EXPECT_NEAR(SampleShift(a, b).p, 0.06043127701065815, 1e-3);
}

TEST(ShiftTest, NineteenOfTwentyIntervalsHoldTheTruth) {
  RandomStream random(2, Stream::kBootstrap, 1u << 30);
  int paired = 0, apart = 0;
  constexpr int kTrials = 2000;
  for (int i = 0; i < kTrials; ++i) {
    std::vector<double> a, b, differences;
    for (int k = 0; k < 12; ++k) {
      a.push_back(static_cast<double>(random.Normal()));
      b.push_back(1.0 + static_cast<double>(random.Normal()));
      differences.push_back(b.back() - a.back());
    }
    const Shift both = PairedShift(differences), each = SampleShift(a, b);
    paired += both.interval.low <= 1.0 && 1.0 <= both.interval.high;
    apart += each.interval.low <= 1.0 && 1.0 <= each.interval.high;
  }
  EXPECT_NEAR(paired / static_cast<double>(kTrials), 0.955, 0.02);
  EXPECT_NEAR(apart / static_cast<double>(kTrials), 0.955, 0.02);
}

}  // namespace
}  // namespace lanegrad
