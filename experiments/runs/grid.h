/// @file
/// Grids: which settings vary, and over what.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RUNS_GRID_H_
#define LANEGRAD_EXPERIMENTS_RUNS_GRID_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "network/settings.h"

namespace lanegrad {

/// One setting and the values it takes, as text.
struct Axis {
  std::string setting;              ///< A name of SettingsFields().
  std::vector<std::string> values;  ///< At least one; no two alike.
  /// The axis before it that it is tied to, so that it takes its values by turns with that one's;
  /// empty: none.
  std::string tied_to = {};
};

/// Reads an axis:
///
///     activation=relu,tanh,gelu       a list
///     activation=all                  every row of the catalogue
///     rate=log:1e-4:10:11             11 values from 1e-4 to 10, equal ratios
///     batch=lin:16:64:4               4 values from 16 to 64, equal steps
///
/// Values of log and lin are rounded to four significant digits, so that they are
/// the same everywhere and short to write. Throws UsageError or UnknownName.
Axis ParseAxis(std::string_view text);

/// The same from its parts; `spelled` is what errors quote.
Axis MakeAxis(std::string_view setting, std::string_view list, std::string_view spelled);

/// The same from its values, one each: none of them is a list or a range.
Axis MakeAxis(std::string_view setting, std::span<const std::string> values,
              std::string_view spelled);

/// The axis of a setting, or null.
const Axis* FindAxis(std::span<const Axis> grid, std::string_view setting);

/// Replaces the axis of the same setting, or adds it at the end.
void SetAxis(std::vector<Axis>& grid, Axis axis);

/// Ties axes of a grid, "samples,epochs", so that they take their first values together, then their
/// second, and so on. Throws UsageError, which quotes `names`, where one of them is no axis or is
/// tied already, and where they have not equally many values.
void TieAxes(std::vector<Axis>& grid, std::string_view names);

/// Every combination of the axes applied to `base`, the last axis fastest. Axes that are tied count
/// as one.
std::vector<Settings> Combinations(const Settings& base, std::span<const Axis> grid);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RUNS_GRID_H_
