/// @file
/// What experiment 3.4 measures of single outputs and of lines: a row of values each.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LOSSES_OUTPUT_MEASURES_H_
#define LANEGRAD_EXPERIMENTS_LOSSES_OUTPUT_MEASURES_H_

#include <cstddef>
#include <string_view>

#include "experiments/records/measurement.h"

namespace lanegrad {

/// Loss and slope at 25 outputs from -2 to 4, target 1: `loss_*`, `slope_*`.
void MeasureShape(std::string_view loss, Measurement& row);
/// Chords of the surface of one unit that it is above: `broken`, a share of `chords`; of mse and
/// binary_cross_entropy also the surface, `plane_*`, side x side.
void MeasureConvexity(std::string_view loss, std::size_t chords, std::size_t side,
                      Measurement& row);
/// Steps and closed-form time until a wrong unit turns, both losses of section 3.4.
void MeasureUnit(double z, Measurement& row);
/// The constant that makes the loss of 101 waiting times least: `found`, and, where there is a
/// closed form, `oracle`; with their `mean` and `median`.
void MeasureMinimiser(std::string_view loss, Measurement& row);
/// The same for ten answers of which three are yes: `found`, what it is `as_probability`, and the
/// `share`.
void MeasureAnswer(std::string_view loss, Measurement& row);
/// Where the cross-entropy as it is written can be computed (cross_entropy_forms.h).
void MeasureWritten(Measurement& row);
/// The two cross-entropies of so many classes.
void MeasureTwo(std::size_t classes, Measurement& row);
/// Distance of the fitted line from the true one: `error_*`, a set of 100 points each.
void MeasureOutliers(std::string_view loss, double share, std::size_t seeds, Measurement& row);
/// Distance of the fitted logarithm of a rate from the true one: `error_*`.
void MeasureCounts(bool squared, std::size_t seeds, Measurement& row);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LOSSES_OUTPUT_MEASURES_H_
