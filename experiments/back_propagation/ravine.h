/// @file
/// Momentum on a ravine: the simplest loss on which its two numbers matter, with what theory says
/// of it.
///
///     E(w) = (steep w_1^2 + flat w_2^2) / 2
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_RAVINE_H_
#define LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_RAVINE_H_

#include <cstddef>
#include <vector>

#include "experiments/records/measurement.h"

namespace lanegrad {

/// A bowl with axes of different curvature: its largest and its smallest eigenvalue.
struct Ravine {
  double steep = 10.0;  ///< lambda_max.
  double flat = 0.2;    ///< lambda_min, above 0.
};

/// `v <- keep v + weight dE/dw;  w <- w + sign v`, from v = 0: the formula of section 3.2 with the
/// update that it leaves out. With sign -1, momentum mu = keep and rate eta = weight. [Polyak 1964]
struct MomentumRule {
  double keep = 0.0;    ///< The article's alpha.
  double weight = 0.0;  ///< The article's beta.
  double sign = -1.0;   ///< +1: the update is added, as a formula without a minus sign suggests.
};

/// The distance to the minimum, before any step and after each of `steps`, from (1, 1), as a share
/// of the first. Stops growing beyond 1e30, so that it stays finite.
std::vector<double> Descend(const Ravine& ravine, const MomentumRule& rule, std::size_t steps);

/// Theory: the factor by which a step shrinks the distance in the long run, which is the larger
/// absolute value of the roots r of
///
///     r^2 - (1 + keep + sign weight lambda) r + keep = 0
///
/// over both eigenvalues lambda. Below 1: it converges, which for sign -1 and 0 <= keep < 1 means
/// 0 < weight < 2 (1 + keep) / lambda_max. [Polyak 1964; Goh 2017]
double LongRunFactor(const Ravine& ravine, const MomentumRule& rule);

/// The momentum and rate of the fastest descent: keep = ((sqrt k - 1) / (sqrt k + 1))^2 with
/// k = steep / flat, weight = (2 / (sqrt steep + sqrt flat))^2. [Polyak 1964]
MomentumRule BestMomentum(const Ravine& ravine);

/// The same without momentum: keep = 0, weight = 2 / (steep + flat).
MomentumRule BestDescent(const Ravine& ravine);

/// The first step at which the distance is below `share` of the first, or the number of steps + 1
/// where it never is.
std::size_t StepsTo(const std::vector<double>& distances, double share);

/// The plane of both numbers, in cells: a row for each `keep`, growing, by growing `weight`.
struct MomentumPlane {
  std::size_t rows = 0;                ///< Cells by keep.
  std::size_t columns = 0;             ///< Cells by weight.
  double keep_most = 1.2;              ///< The far edge of the last row; the first begins at 0.
  double weight_most = 1.0;            ///< The far edge of the last column.
  double Keep(std::size_t row) const;  ///< In the middle of a row.
  double Weight(std::size_t column) const;  ///< In the middle of a column.
};

/// The whole plane: sets `c_00_00`, `c_00_01`, ... (row, column), the distance that is left after
/// `steps` as the factor a step. By Exponential() and Logarithm(), hence the same bits everywhere.
void MeasurePlane(const Ravine& ravine, const MomentumPlane& plane, double sign, std::size_t steps,
                  Measurement& row);

/// Steps between two that a path keeps.
inline constexpr std::size_t kPathStride = 5;

/// One path: sets `d_000`, `d_005`, ... (distances), `last`, `steps` (to a thousandth; StepsTo())
/// and `theory` (LongRunFactor()).
void MeasurePath(const Ravine& ravine, const MomentumRule& rule, std::size_t steps,
                 Measurement& row);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_RAVINE_H_
