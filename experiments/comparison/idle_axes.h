/// @file
/// Axes without effect: settings that vary, but change no bit of a cell.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPARISON_IDLE_AXES_H_
#define LANEGRAD_EXPERIMENTS_COMPARISON_IDLE_AXES_H_

#include <span>
#include <string>
#include <vector>

#include "experiments/runs/grid.h"
#include "network/settings.h"

namespace lanegrad {

/// A cell that makes sense.
struct LegalCell {
  Settings asked;     ///< As the grid has it.
  Settings resolved;  ///< The same, resolved.
};

/// Throws UsageError for an axis whose values change no bit of any cell: cells that are equal
/// would be ranked and tested, and their names would say that they differ.
void RefuseIdleAxes(std::span<const LegalCell> cells, std::span<const Axis> axes);

/// Throws UsageError for a setting that is searched for and changes no bit of any cell.
void RefuseIdleSearch(std::span<const LegalCell> cells, std::span<const std::string> searched);

/// Keeps the first of cells that differ only in what has no effect with them. Returns why, a
/// sentence for each reason.
std::vector<std::string> DropRepeated(std::vector<LegalCell>& cells, std::span<const Axis> axes);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPARISON_IDLE_AXES_H_
