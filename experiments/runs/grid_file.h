/// @file
/// Grids in a file: what a command line can say of a comparison, as TOML or JSON.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RUNS_GRID_FILE_H_
#define LANEGRAD_EXPERIMENTS_RUNS_GRID_FILE_H_

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "experiments/runs/grid.h"

namespace lanegrad {

/// What a file says; what it leaves open is absent.
struct GridFile {
  std::vector<std::pair<std::string, std::string>> fixed;  ///< Setting and value, as text.
  std::vector<Axis> vary;                                  ///< The axes.
  std::string data;                                        ///< As `--data`; empty: not said.
  std::optional<std::size_t> seeds;                        ///< As `--seeds`.
  std::optional<std::size_t> final_seeds;                  ///< As `--final-seeds`.
  /// Whether it fixes or varies `setting`.
  bool Says(std::string_view setting) const;
};

/// Reads the text of a file; `name` is what errors call it. What begins with `{` is
/// JSON, everything else TOML:
///
///     data = "moons"
///     seeds = 3                        # to choose rates with
///     epochs = 20                      # any setting: the same in all runs
///     [vary]
///     activation = ["relu", "tanh"]    # a list
///     loss = "all"                     # or what ParseAxis() reads after "="
///     rate = "log:1e-3:10:9"
///
/// Throws UsageError with the place, what is wrong and what would be right; unknown
/// keys name the nearest one.
GridFile ParseGridFile(std::string_view text, std::string_view name);

/// Reads a file. Throws UsageError.
GridFile ReadGridFile(const std::filesystem::path& path);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RUNS_GRID_FILE_H_
