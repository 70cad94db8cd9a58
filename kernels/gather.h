/// @file
/// From samples as they lie in memory to a batch in column panels.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_KERNELS_GATHER_H_
#define LANEGRAD_KERNELS_GATHER_H_

#include <cstddef>
#include <cstdint>

#include "kernels/matrix.h"

namespace lanegrad {

/// Copies chosen samples of bytes into a batch, as numbers from 0 to 1:
///
///     x(r, j) = samples[chosen[r] * features + j] / 255,   correctly rounded
///
/// for the rows r of `rows`, j < features = x.cols; padding becomes zero. Samples
/// must not overlap x. Cost: one read, one write of four times as much.
void GatherBytes(const std::uint8_t* samples, std::size_t features, const std::uint32_t* chosen,
                 Range rows, Panels x);

/// The same for samples of floats, unchanged.
void GatherFloats(const float* samples, std::size_t features, const std::uint32_t* chosen,
                  Range rows, Panels x);

/// Writes targets: y(r, c) = 1 where c is labels[chosen[r]], else 0; with one
/// column, y(r, 0) is the label itself. Padding becomes zero.
void GatherTargets(const std::uint8_t* labels, const std::uint32_t* chosen, Range rows, Panels y);

}  // namespace lanegrad

#endif  // LANEGRAD_KERNELS_GATHER_H_
