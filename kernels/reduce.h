/// @file
/// Sums whose order is fixed, and counts.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_KERNELS_REDUCE_H_
#define LANEGRAD_KERNELS_REDUCE_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "kernels/matrix.h"

namespace lanegrad {

/// Sums doubles in the one order of the numeric specification: sixteen running
/// sums, element i into sum i % 16, then ((0+8)+(4+12))+... as a balanced tree:
/// halves are added until one is left. Independent of lanes and threads.
/// Cost: one read.
double Sum(std::span<const double> terms);

/// Counts the rows r of `rows` whose largest output is that of their label: the
/// first of equal ones wins, and a row with a NaN is wrong. With one output
/// column, class 1 is predicted where the output is above `threshold`.
std::size_t CountCorrect(ConstPanels output, const std::uint8_t* labels, Range rows,
                         float threshold = 0.5f);

/// Whether every one of n floats is finite. Cost: one read.
bool AllFinite(const float* values, std::size_t n);

}  // namespace lanegrad

#endif  // LANEGRAD_KERNELS_REDUCE_H_
