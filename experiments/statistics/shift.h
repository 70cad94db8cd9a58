/// @file
/// How far one sample lies from another: the shift, its exact interval, and the p
/// value that belongs to both. By ranks, so that one wild measurement moves neither.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_STATISTICS_SHIFT_H_
#define LANEGRAD_EXPERIMENTS_STATISTICS_SHIFT_H_

#include <span>

#include "experiments/statistics/statistics.h"

namespace lanegrad {

/// A shift, as estimated by Hodges and Lehmann.
struct Shift {
  double estimate;    ///< NaN where a sample is empty.
  Interval interval;  ///< Distribution-free; NaN where the samples are too small for the level.
  double p;           ///< Two-sided, of no shift at all; NaN where a sample is empty.
  double least_p;     ///< The smallest p that samples of this size can reach.
};

/// The shift of paired differences from zero: the median of the means of any two of
/// them. p is Wilcoxon's, the sign-flip permutation test of ranks: exact, ties
/// included, where the signs of the differences are as good as tossed; beyond 50
/// differences by the normal distribution. Zeros are left out of p. At 95% it takes
/// six for an interval. [Wilcoxon 1945; Hodges and Lehmann 1963; Hollander, Wolfe and
/// Chicken 2014, sections 3.1 to 3.3]
Shift PairedShift(std::span<const double> differences, double level = 0.95);

/// The shift of sample b from sample a: the median of all b[j] - a[i]. p is Mann and
/// Whitney's, exact up to 50 values each and made no smaller by ties. At 95% it takes
/// four and four for an interval. [Mann and Whitney 1947; Hodges and Lehmann 1963]
Shift SampleShift(std::span<const double> a, std::span<const double> b, double level = 0.95);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_STATISTICS_SHIFT_H_
