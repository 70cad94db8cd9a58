/// @file
/// Power laws of learning curves: error = factor * n^-exponent + offset.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_STATISTICS_POWER_LAW_H_
#define LANEGRAD_EXPERIMENTS_STATISTICS_POWER_LAW_H_

#include <cstddef>
#include <span>

namespace lanegrad {

/// A law with what it leaves unexplained.
struct PowerLaw {
  double factor = 0.0;        ///< Error less offset at n = 1.
  double exponent = 0.0;      ///< Positive where the error falls.
  double offset = 0.0;        ///< What no number of samples takes away; at least 0.
  double deviation = 0.0;     ///< Root mean square of (law - error) / error over the points.
  double At(double n) const;  ///< The law's error of n samples; n > 0.
};

/// The law without offset, `error` = factor * n^-exponent, with the least sum of squared relative
/// deviations. `n` and `error` are equally long, at least two points, all positive. Exponents
/// from -1 to 3 are searched. Cost: about seventy exponentials a point.
/// [Cortes et al. 1994, "Learning curves: asymptotic values and rate of convergence", NIPS 6]
PowerLaw FitPowerLaw(std::span<const double> n, std::span<const double> error);

/// The same with an offset >= 0; exponents from 0.02 to 3 are searched. At least three points.
PowerLaw FitPowerLawWithOffset(std::span<const double> n, std::span<const double> error);

/// Akaike's criterion, corrected for few points, of a law with `parameters` numbers that was
/// fitted to `points`: smaller is better, infinite where there are too few points to tell.
/// [Hurvich and Tsai 1989, "Regression and time series model selection in small samples",
/// Biometrika 76, 297-307]
double CorrectedAkaike(const PowerLaw& law, std::size_t parameters, std::size_t points);

/// The law without offset, or with one where that pays by CorrectedAkaike().
PowerLaw FitBetterPowerLaw(std::span<const double> n, std::span<const double> error);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_STATISTICS_POWER_LAW_H_
