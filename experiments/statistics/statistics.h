/// @file
/// What a handful of seeds can say, and what they cannot.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_STATISTICS_STATISTICS_H_
#define LANEGRAD_EXPERIMENTS_STATISTICS_STATISTICS_H_

#include <cstddef>
#include <span>
#include <vector>

namespace lanegrad {

/// An interval; NaN at both ends where nothing can be said.
struct Interval {
  double low;   ///< Lower end.
  double high;  ///< Upper end.
};

/// Arithmetic mean; NaN of nothing.
double Mean(std::span<const double> values);

/// Sample standard deviation (n - 1); NaN of fewer than two.
double SampleDeviation(std::span<const double> values);

/// Median: the middle value, or the mean of the middle two; NaN of nothing.
double Median(std::vector<double> values);

/// Student's interval of the mean at `level`, assuming normal values; NaN of fewer
/// than two. [Student 1908]
Interval MeanInterval(std::span<const double> values, double level = 0.95);

/// Wilson's interval of a probability of which `right` of `n` trials tell, at `level`; NaN of no
/// trials. Unlike the mean plus and minus something it stays within [0, 1], and says something of
/// 0 and n right. [Wilson 1927]
Interval ShareInterval(std::size_t right, std::size_t n, double level = 0.95);

/// Student's two-sided p value of the hypothesis that the mean is zero; NaN of fewer than
/// two values. Where all values are the same, as coarse accuracies of few seeds can be by
/// accident, there is no spread to judge by: then it is the p value of the sign test,
/// 2 / 2^n, or 1 where they are zero. [Student 1908]
double ZeroMeanP(std::span<const double> values);

/// A comparison of two settings run with the same seeds.
struct PairedComparison {
  double difference;  ///< Mean of a - b.
  Interval interval;  ///< Student's 95% interval of it.
  double p;           ///< ZeroMeanP of the differences.
  double sign_p;      ///< Two-sided sign-flip permutation p value: assumes no normality.
};

/// Compares a and b, pair by pair: pair i shares its seed. `sign_p` is exact up to
/// 16 pairs, hence at least 2 / 2^n: five seeds can never reach 5%, which is why
/// `p` is there too. Beyond, it is of 20,000 random sign patterns. a and b are
/// equally long. [Student 1908; Fisher 1935, section 21]
PairedComparison ComparePairs(std::span<const double> a, std::span<const double> b);

/// Holm's adjustment of p values for testing them all together. [Holm 1979]
std::vector<double> HolmAdjust(std::span<const double> p);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_STATISTICS_STATISTICS_H_
