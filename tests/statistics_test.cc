// SPDX-License-Identifier: Apache-2.0
#include "experiments/statistics/statistics.h"

#include <gtest/gtest.h>

#include <cmath>

#include "kernels/random.h"

namespace lanegrad {
namespace {

const std::vector<double> kA = {0.85, 0.86, 0.84, 0.87, 0.855};
const std::vector<double> kB = {0.84, 0.85, 0.845, 0.85, 0.85};

// The expected values are scipy 1.10's:
//   stats.t.interval(0.95, 4, loc=a.mean(), scale=stats.sem(a))
//   stats.ttest_rel(a, b), stats.permutation_test((a - b,), np.mean,
//       permutation_type='samples', n_resamples=np.inf)
TEST(StatisticsTest, AgreesWithScipy) {
  EXPECT_NEAR(Mean(kA), 0.855, 1e-15);
  EXPECT_NEAR(SampleDeviation(kA), 0.01118033988749895, 1e-15);
  EXPECT_NEAR(MeanInterval(kA).low, 0.841117774474, 1e-9);
  EXPECT_NEAR(MeanInterval(kA).high, 0.868882225526, 1e-9);
  const PairedComparison pairs = ComparePairs(kA, kB);
  EXPECT_NEAR(pairs.difference, 0.008, 1e-12);
  EXPECT_NEAR(pairs.p, 0.12024334063356444, 1e-9);
  EXPECT_NEAR(pairs.sign_p, 0.1875, 1e-12);
}

TEST(StatisticsTest, OfTooFewNothingIsSaid) {
  EXPECT_TRUE(std::isnan(Mean({})));
  EXPECT_TRUE(std::isnan(Median({})));
  const double one[] = {3.0};
  EXPECT_TRUE(std::isnan(SampleDeviation(one)));
  EXPECT_TRUE(std::isnan(MeanInterval(one).low));
  EXPECT_TRUE(std::isnan(ComparePairs(one, one).p));
}

TEST(StatisticsTest, TheMedianIsTheMiddle) {
  EXPECT_EQ(Median({3, 1, 2}), 2.0);
  EXPECT_EQ(Median({4, 1, 2, 3}), 2.5);
}

TEST(StatisticsTest, NineteenOfTwentyIntervalsHoldTheTruth) {
  RandomStream random(1, Stream::kBootstrap, 7);
  int held = 0;
  for (int i = 0; i < 4000; ++i) {
    double sample[5];
    for (double& each : sample) each = 2.0 + random.Normal();
    const Interval interval = MeanInterval(sample);
    held += interval.low <= 2.0 && 2.0 <= interval.high;
  }
  EXPECT_NEAR(held / 4000.0, 0.95, 5 * std::sqrt(0.95 * 0.05 / 4000));
}

TEST(StatisticsTest, EqualThingsAreFoundDifferentOneTimeInTwenty) {
  RandomStream random(2, Stream::kBootstrap, 7);
  int student = 0, sign = 0;
  for (int i = 0; i < 2000; ++i) {
    double a[8], b[8];
    for (int k = 0; k < 8; ++k) {
      const double shared = random.Normal();
      a[k] = shared + random.Normal();
      b[k] = shared + random.Normal();
    }
    const PairedComparison pairs = ComparePairs(a, b);
    student += pairs.p <= 0.05;
    sign += pairs.sign_p <= 0.05;
  }
  EXPECT_NEAR(student / 2000.0, 0.05, 0.025);
  EXPECT_NEAR(sign / 2000.0, 0.05, 0.025);
}

TEST(StatisticsTest, SwappingTheTwoTurnsTheSignAndKeepsThePValue) {
  const PairedComparison forth = ComparePairs(kA, kB), back = ComparePairs(kB, kA);
  EXPECT_EQ(forth.difference, -back.difference);
  EXPECT_EQ(forth.p, back.p);
  EXPECT_EQ(forth.sign_p, back.sign_p);
}

TEST(StatisticsTest, ManyPairsArePermutedAtRandomAndAgreeWithStudent) {
  RandomStream random(3, Stream::kBootstrap, 7);
  std::vector<double> a, b;
  for (int i = 0; i < 30; ++i) {
    a.push_back(random.Normal() + 0.4);
    b.push_back(random.Normal());
  }
  const PairedComparison pairs = ComparePairs(a, b);
  EXPECT_NEAR(pairs.sign_p, pairs.p, 0.02);
}

TEST(StatisticsTest, HolmMultipliesBySteppingDown) {
  const double p[] = {0.01, 0.04, 0.03, 0.005};
  const std::vector<double> adjusted = HolmAdjust(p);
  EXPECT_NEAR(adjusted[3], 0.02, 1e-15);
  EXPECT_NEAR(adjusted[0], 0.03, 1e-15);
  EXPECT_NEAR(adjusted[2], 0.06, 1e-15);
  EXPECT_NEAR(adjusted[1], 0.06, 1e-15) << "never below a smaller p value's";
  EXPECT_TRUE(HolmAdjust({}).empty());
}

TEST(StatisticsTest, EqualDifferencesOfFewSeedsProveLittle) {
  // Coarse accuracies: both seeds differ by the same one sample of two hundred.
  EXPECT_EQ(ZeroMeanP(std::vector<double>{0.005, 0.005}), 0.5);
  EXPECT_EQ(ZeroMeanP(std::vector<double>(10, 0.005)), 2.0 / 1024.0);
  EXPECT_EQ(ZeroMeanP(std::vector<double>{0.0, 0.0, 0.0}), 1.0);
  // The same after rounding: 0.305 - 0.3 and 0.205 - 0.2 are not the same double.
  EXPECT_EQ(ZeroMeanP(std::vector<double>{0.305 - 0.3, 0.205 - 0.2}), 0.5);
}

TEST(ShareInterval, IsWilsonsAndStaysWithinOneEvenAtItsEnds) {
  // By hand, of the textbook formula with z = 1.959964.
  const Interval half = ShareInterval(5, 10);
  EXPECT_NEAR(half.low, 0.236593, 1e-6);
  EXPECT_NEAR(half.high, 0.763407, 1e-6);
  const Interval none = ShareInterval(0, 10);
  EXPECT_NEAR(none.low, 0.0, 1e-15);
  EXPECT_NEAR(none.high, 0.277533, 1e-6);
  EXPECT_NEAR(ShareInterval(10, 10).low, 1.0 - none.high, 1e-12);
  EXPECT_DOUBLE_EQ(ShareInterval(10, 10).high, 1.0);
  EXPECT_TRUE(std::isnan(ShareInterval(0, 0).low));
  EXPECT_GT(ShareInterval(5, 10, 0.99).high, half.high);
}

}  // namespace
}  // namespace lanegrad
