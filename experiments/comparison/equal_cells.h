/// @file
/// Cells that came to the same numbers, whatever their names say.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPARISON_EQUAL_CELLS_H_
#define LANEGRAD_EXPERIMENTS_COMPARISON_EQUAL_CELLS_H_

#include <span>
#include <string>

#include "experiments/comparison/comparison.h"

namespace lanegrad {

/// A sentence that names the groups of cells whose final runs are equal to the last bit: every
/// metric of every epoch and seed. Empty where there are none. Digests cannot tell, since settings
/// are part of them. Runs that diverged say nothing of this.
std::string EqualCells(std::span<const ComparisonCell> cells);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPARISON_EQUAL_CELLS_H_
