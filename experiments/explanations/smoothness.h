/// @file
/// How much of a picture there is in a field of numbers.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPLANATIONS_SMOOTHNESS_H_
#define LANEGRAD_EXPERIMENTS_EXPLANATIONS_SMOOTHNESS_H_

#include <cstddef>
#include <span>

namespace lanegrad {

/// Moran's I of a picture with `width` pixels in a row: how alike a pixel is to the ones beside,
/// above and below it, as a correlation. About 0 for noise, near 1 for what is smooth. NaN where
/// no two pixels differ. [Moran 1950]
double NeighbourCorrelation(std::span<const double> picture, std::size_t width);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPLANATIONS_SMOOTHNESS_H_
