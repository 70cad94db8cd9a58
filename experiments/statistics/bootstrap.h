/// @file
/// The bootstrap: how far a statistic would move with another sample, learned from
/// the one sample there is. [Efron 1979, "Bootstrap methods: another look at the
/// jackknife", Annals of Statistics 7, 1-26]
///
/// It assumes no normality and serves every statistic, such as medians and ratios.
/// It cannot see what the sample does not hold: of fewer than about ten values its
/// intervals are too short, and MeanInterval is the better one for a mean.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_STATISTICS_BOOTSTRAP_H_
#define LANEGRAD_EXPERIMENTS_STATISTICS_BOOTSTRAP_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "experiments/statistics/statistics.h"

namespace lanegrad {

/// A number that a sample has. Must not depend on anything but the sample.
using Statistic = std::function<double(std::span<const double> sample)>;

/// A number that a paired sample has: a[i] and b[i] belong together.
using PairedStatistic = std::function<double(std::span<const double> a, std::span<const double> b)>;

/// How much is resampled. The same options and the same sample give the same bits
/// on every machine.
struct BootstrapOptions {
  double level = 0.95;           ///< Of the interval.
  std::size_t resamples = 9999;  ///< One less than a round number: ranks come out whole.
  std::uint64_t seed = 1;        ///< Resample r reads substream r of Stream::kBootstrap.
};

/// The BCa interval of `statistic`: percentiles of its resampled values, corrected for
/// bias and for a spread that changes with the value. NaN of fewer than two values, and
/// where the statistic is NaN. Where all resamples agree, the interval is that one value.
/// The ends are resampled values, never interpolated between two. For medians the
/// correction for acceleration is nearly nil, and this is the bias-corrected percentile
/// interval. Cost: `resamples` + n evaluations, and a sort.
/// [Efron 1987, "Better bootstrap confidence intervals", JASA 82, 171-185, section 3;
/// Efron and Tibshirani 1993, equations 14.9 to 14.15]
Interval BootstrapInterval(std::span<const double> sample, const Statistic& statistic,
                           const BootstrapOptions& options = {});

/// The same of a statistic of pairs: whole pairs are drawn, so that what the two share,
/// such as a seed or a noisy minute of the machine, stays shared. a and b are equally
/// long.
Interval PairedBootstrapInterval(std::span<const double> a, std::span<const double> b,
                                 const PairedStatistic& statistic,
                                 const BootstrapOptions& options = {});

/// The share of all pairs (i, j) with a[i] > b[j], a tie counting half: the probability
/// that one more run of A exceeds one more run of B. 1/2 where neither is better; NaN
/// where either is empty. [Mann and Whitney 1947; Vargha and Delaney 2000]
double ProbabilityGreater(std::span<const double> a, std::span<const double> b);

/// The share of the pairs i with a[i] > b[i], a tie counting half: the same where a and
/// b share their seeds. a and b are equally long; no value is NaN.
double PairedProbabilityGreater(std::span<const double> a, std::span<const double> b);

/// The share of paired resamples in which `statistic` of a exceeds that of b, a tie
/// counting half: how sure the sample makes it that A is the greater on the whole. Not a
/// p value, and too sure of itself with few pairs. NaN of fewer than two.
double BootstrapProbabilityGreater(std::span<const double> a, std::span<const double> b,
                                   const Statistic& statistic,
                                   const BootstrapOptions& options = {});

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_STATISTICS_BOOTSTRAP_H_
