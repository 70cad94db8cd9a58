/// @file
/// Means over folds, which are not independent: what two folds learn from is nearly the same.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_STATISTICS_RESAMPLED_H_
#define LANEGRAD_EXPERIMENTS_STATISTICS_RESAMPLED_H_

#include <span>

#include "experiments/statistics/statistics.h"

namespace lanegrad {

/// The interval of a mean over J values that come of as many divisions of one set of samples into
/// n1 to learn from and n2 to test by, `test_over_train` = n2 / n1:
///
///     mean plus and minus t(J - 1) * sqrt((1 / J + n2 / n1) * S^2)
///
/// where S^2 is their sample variance. Student's interval has 1 / J alone, as if the values were
/// independent, and is too short; with a ratio of 0 it is Student's. A rule of thumb that holds
/// well in simulations, not a theorem: no unbiased estimate of that variance exists. NaN of fewer
/// than two values. [Nadeau and Bengio 2003, section 3; Bengio and Grandvalet 2004]
Interval CorrectedMeanInterval(std::span<const double> values, double test_over_train,
                               double level = 0.95);

/// The two-sided p value of the hypothesis that the mean is zero, by the same variance: the
/// corrected resampled t test. NaN of fewer than two values. Without spread as ZeroMeanP().
double CorrectedZeroMeanP(std::span<const double> values, double test_over_train);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_STATISTICS_RESAMPLED_H_
