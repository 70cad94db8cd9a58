// SPDX-License-Identifier: Apache-2.0
#include "experiments/statistics/bootstrap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "kernels/elementary.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

const std::vector<double> kX = {0.3, 0.7, 1.1, 0.2, 2.9, 0.5, 1.6, 0.4, 5.2, 0.9, 1.3, 0.8};
const std::vector<double> kY = {0.4, 0.5, 1.3, 0.1, 2.2, 0.7, 1.1, 0.6, 3.9, 0.8, 1.0, 0.9};

double MeanOf(std::span<const double> sample) { return Mean(sample); }

double MedianOf(std::span<const double> sample) { return Median({sample.begin(), sample.end()}); }

// With n, not n - 1, as numpy's std is by default.
double PopulationDeviation(std::span<const double> sample) {
  double sum = 0.0;
  for (const double value : sample) sum += (value - Mean(sample)) * (value - Mean(sample));
  return std::sqrt(sum / static_cast<double>(sample.size()));
}

double RatioOfMeans(std::span<const double> a, std::span<const double> b) {
  return Mean(a) / Mean(b);
}

// The expected values are scipy 1.10's, of 400,000 resamples of its own (100,000 of the ratio):
//   stats.bootstrap((x,), np.mean, n_resamples=400000, method='BCa', random_state=1)
//   stats.bootstrap((x, y), lambda a, b: a.mean() / b.mean(), paired=True, vectorized=False, ...)
// Ours has fewer and others, hence the tolerances: twice what another seed changes.
TEST(BootstrapTest, AgreesWithScipyUpToTheChoiceOfResamples) {
  const BootstrapOptions many = {.resamples = 39999};
  const Interval mean = BootstrapInterval(kX, MeanOf, many);
  EXPECT_NEAR(mean.low, 0.7833, 0.02);
  EXPECT_NEAR(mean.high, 2.55, 0.04);
  const Interval deviation = BootstrapInterval(kX, PopulationDeviation, many);
  EXPECT_NEAR(deviation.low, 0.6189, 0.02);
  EXPECT_NEAR(deviation.high, 2.2439, 0.02);
  const Interval ratio = PairedBootstrapInterval(kX, kY, RatioOfMeans, many);
  EXPECT_NEAR(ratio.low, 0.9904, 0.006);
  EXPECT_NEAR(ratio.high, 1.3038, 0.006);
}

TEST(BootstrapTest, TheSameSeedGivesTheSameBitsAndAnotherSeedOthers) {
  const Interval first = BootstrapInterval(kX, PopulationDeviation);
  const Interval again = BootstrapInterval(kX, PopulationDeviation);
  EXPECT_EQ(first.low, again.low);
  EXPECT_EQ(first.high, again.high);
  const Interval other = BootstrapInterval(kX, PopulationDeviation, {.seed = 2});
  EXPECT_NE(first.low, other.low);
}

// A golden value: whatever changes it changes printed results.
TEST(BootstrapTest, TheBitsAreThoseOfEveryMachine) {
  const Interval mean = BootstrapInterval(kX, MeanOf);
  EXPECT_EQ(mean.low, 0x1.9111111111111p-1);
  EXPECT_EQ(mean.high, 0x1.4555555555555p+1);
}

TEST(BootstrapTest, TheEndsAreValuesThatCanBeResampled) {
  // Medians of twelve values are values or means of two of them.
  const Interval median = BootstrapInterval(kX, MedianOf);
  std::vector<double> possible;
  for (const double a : kX) {
    for (const double b : kX) possible.push_back(0.5 * (a + b));
  }
  EXPECT_NE(std::find(possible.begin(), possible.end(), median.low), possible.end());
  EXPECT_NE(std::find(possible.begin(), possible.end(), median.high), possible.end());
  EXPECT_LT(median.low, MedianOf(kX));
  EXPECT_GT(median.high, MedianOf(kX));
}

TEST(BootstrapTest, ScalingTheSampleByAPowerOfTwoScalesTheInterval) {
  std::vector<double> scaled = kX;
  for (double& value : scaled) value *= 4.0;
  const Interval one = BootstrapInterval(kX, MeanOf), four = BootstrapInterval(scaled, MeanOf);
  EXPECT_EQ(four.low, 4.0 * one.low);
  EXPECT_EQ(four.high, 4.0 * one.high);
}

TEST(BootstrapTest, AHigherLevelIsAWiderInterval) {
  const Interval narrow = BootstrapInterval(kX, MeanOf, {.level = 0.8});
  const Interval usual = BootstrapInterval(kX, MeanOf);
  const Interval wide = BootstrapInterval(kX, MeanOf, {.level = 0.99});
  EXPECT_LT(wide.low, usual.low);
  EXPECT_LT(usual.low, narrow.low);
  EXPECT_LT(narrow.high, usual.high);
  EXPECT_LT(usual.high, wide.high);
}

// BCa's promise: on a skewed sample it misses the truth about as often above as below, and
// plain percentiles do not. Waiting times of mean 1, thirty at a time.
TEST(BootstrapTest, NineteenOfTwentyIntervalsOfSkewedSamplesHoldTheTruth) {
  RandomStream random(1, Stream::kBootstrap, 1u << 30);
  int below = 0, above = 0;
  constexpr int kTrials = 1000;
  for (int trial = 0; trial < kTrials; ++trial) {
    double sample[30];
    for (double& value : sample) value = -Logarithm(1.0 - static_cast<double>(random.Uniform()));
    const Interval interval = BootstrapInterval(
        sample, MeanOf, {.resamples = 999, .seed = static_cast<std::uint64_t>(trial)});
    below += interval.high < 1.0;
    above += interval.low > 1.0;
  }
  EXPECT_NEAR((below + above) / static_cast<double>(kTrials), 0.06, 0.025);
  EXPECT_LE(below, 3 * above) << "the long tail is missed too often";
}

TEST(BootstrapTest, PairsKeepTogetherWhatTheyShare) {
  // The two differ by one, whatever the noise they share: there is nothing to be unsure of.
  std::vector<double> a, b;
  RandomStream random(3, Stream::kBootstrap, 1u << 30);
  for (int i = 0; i < 10; ++i) {
    b.push_back(std::floor(1000.0 * static_cast<double>(random.Uniform())));
    a.push_back(b.back() + 1.0);
  }
  const auto difference = [](std::span<const double> x, std::span<const double> y) {
    return Mean(x) * 10.0 - Mean(y) * 10.0;
  };
  const Interval interval = PairedBootstrapInterval(a, b, difference);
  EXPECT_NEAR(interval.low, 10.0, 1e-9);
  EXPECT_NEAR(interval.high, 10.0, 1e-9);
  EXPECT_EQ(BootstrapProbabilityGreater(a, b, MeanOf), 1.0);
}

TEST(BootstrapTest, OfTooLittleNothingIsSaid) {
  const double one[] = {3.0};
  EXPECT_TRUE(std::isnan(BootstrapInterval({}, MeanOf).low));
  EXPECT_TRUE(std::isnan(BootstrapInterval(one, MeanOf).low));
  EXPECT_TRUE(std::isnan(ProbabilityGreater({}, one)));
  EXPECT_TRUE(std::isnan(PairedProbabilityGreater({}, {})));
  EXPECT_TRUE(std::isnan(BootstrapProbabilityGreater(one, one, MeanOf)));
  const double with_nan[] = {1.0, std::nan(""), 2.0};
  EXPECT_TRUE(std::isnan(BootstrapInterval(with_nan, MeanOf).low));
}

TEST(BootstrapTest, EqualValuesLeaveNoDoubt) {
  const double equal[] = {0.5, 0.5, 0.5};
  const Interval interval = BootstrapInterval(equal, MeanOf);
  EXPECT_EQ(interval.low, 0.5);
  EXPECT_EQ(interval.high, 0.5);
}

TEST(BootstrapTest, AStatisticThatNeedsAllValuesStillHasAnInterval) {
  // Without one of two values there is no deviation: the jackknife fails, not the interval.
  const double two[] = {1.0, 2.0};
  const auto deviation_or_zero = [](std::span<const double> sample) {
    return SampleDeviation(sample);
  };
  const Interval interval = BootstrapInterval(two, deviation_or_zero);
  EXPECT_GE(interval.low, 0.0);
  EXPECT_LE(interval.high, std::sqrt(0.5) + 1e-12);
}

TEST(BootstrapTest, ProbabilitiesCountTiesHalfAndAddUpToOne) {
  const double a[] = {1.0, 2.0, 3.0}, b[] = {2.0, 2.0, 0.0};
  EXPECT_NEAR(ProbabilityGreater(a, b), (1 + (1 + 0.5 + 0.5) + 3) / 9.0, 1e-15);
  EXPECT_NEAR(ProbabilityGreater(a, b) + ProbabilityGreater(b, a), 1.0, 1e-15);
  EXPECT_NEAR(PairedProbabilityGreater(a, b), 1.5 / 3.0, 1e-15);
  EXPECT_EQ(ProbabilityGreater(a, a), 0.5);
  EXPECT_EQ(PairedProbabilityGreater(a, a), 0.5);
  EXPECT_EQ(BootstrapProbabilityGreater(a, a, MeanOf), 0.5);
  EXPECT_NEAR(
      BootstrapProbabilityGreater(kX, kY, MeanOf) + BootstrapProbabilityGreater(kY, kX, MeanOf),
      1.0, 1e-12);
}

}  // namespace
}  // namespace lanegrad
