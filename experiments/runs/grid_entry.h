/// @file
/// The keys of a grid's file and their values, whichever language they were written in.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RUNS_GRID_ENTRY_H_
#define LANEGRAD_EXPERIMENTS_RUNS_GRID_ENTRY_H_

#include <string>
#include <string_view>
#include <vector>

namespace lanegrad {

/// A key with its values as text.
struct GridEntry {
  std::string key;                  ///< As it was written.
  std::vector<std::string> values;  ///< One, or those of a list.
  bool list = false;                ///< Whether it is a list.
  bool table = false;               ///< Whether it is a table: then it has members, no values.
  std::vector<GridEntry> members;   ///< Of a table.
  std::vector<std::vector<GridEntry>> tables = {};  ///< Those of a list of tables.
  std::string place;                                ///< "grid.toml:3"
};

/// Reads JSON, which begins with `{`, or TOML; entries come as they were written. `name` is
/// what errors call the file. Throws UsageError with the place, what is wrong and what would
/// be right, also for a key that is there twice.
std::vector<GridEntry> ParseGridEntries(std::string_view text, std::string_view name);

/// Throws the UsageError that says `what` of a place.
[[noreturn]] void RefuseGrid(const std::string& place, std::string_view what);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RUNS_GRID_ENTRY_H_
