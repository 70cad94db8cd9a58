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

/// One cell that a file lists by itself: a row of somebody's table.
struct ListedCell {
  std::string name;                                           ///< What it is called.
  std::vector<std::pair<std::string, std::string>> settings;  ///< Setting and value, as text.
  std::string published;   ///< Test accuracy that was published, a share; empty: none.
  double tolerance = 0.0;  ///< How far from it ours may be, beyond what seeds explain.
};

/// What a file says; what it leaves open is absent.
struct GridFile {
  std::vector<std::pair<std::string, std::string>> fixed;  ///< Setting and value, as text.
  std::vector<Axis> vary;                                  ///< The axes.
  std::vector<ListedCell> cells;                           ///< Instead of axes.
  std::string source;                                      ///< Where they were published.
  std::string caveat;  ///< In what they are unlike the source, or what it does not say.
  std::string data;    ///< As `--data`; empty: not said.
  std::optional<std::size_t> seeds;             ///< As `--seeds`.
  std::optional<std::size_t> final_seeds;       ///< As `--final-seeds`.
  std::vector<std::string> tie = {};            ///< As `--tie`.
  std::string tune = {};                        ///< As `--tune`.
  std::optional<std::size_t> budget = {};       ///< As `--budget`.
  std::optional<std::size_t> search_seed = {};  ///< As `--search-seed`.
  std::optional<std::size_t> folds = {};        ///< As `--folds`.
  std::optional<bool> skip_illegal = {};        ///< As `--skip-illegal`.
  std::string profile = {};                     ///< "quick", "default", "full"; empty: not said.
  /// Names of DataSourceFields() with their texts.
  std::vector<std::pair<std::string, std::string>> of_data = {};
  /// Whether it fixes or varies `setting`.
  bool Says(std::string_view setting) const;
};

/// Every key that a file may have outside [vary] and [[cell]], in no order of weight: what a
/// command line can say of *what* is compared, and source and caveat.
std::vector<std::string_view> GridFileKeys();

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
/// where axes may be tied, so that they go through their values together,
///
///     tie = ["samples", "epochs"]      # as `--tie`; of several ties, ["samples,epochs", ...]
///
/// and where, instead of the rate alone, several settings may be searched for:
///
///     tune = ["rate", "momentum"]      # as `--tune`
///     budget = 30                      # settings tried for each cell
///     search-seed = 1
///
/// Of data that are tables, and of how runs are judged, it says what flags say:
///
///     data = "table.csv"
///     target-column = "price"          # any of DataSourceFields()
///     leave-out = ["id", "date"]
///     folds = 5
///     profile = "quick"                # whose gaps are filled; as `--quick`, `--full`
///     skip-illegal = "yes"
///
/// or, instead of axes, cells that are listed one by one and run as they stand:
///
///     source = "A. Author, 2017, table 3"
///     caveat = "it is not said how long was trained"
///     [[cell]]
///     name = "relu, 100"
///     layers = "784-100-10"
///     published = "0.870"              # test accuracy, with the digits that were printed
///     tolerance = 0.005                # allowed beside what seeds explain
///
/// Listed cells may be searched too, each in the settings that `tune` names and none of them
/// states.
///
/// Throws UsageError with the place, what is wrong and what would be right; unknown
/// keys name the nearest one.
GridFile ParseGridFile(std::string_view text, std::string_view name);

/// Reads a file. Throws UsageError.
GridFile ReadGridFile(const std::filesystem::path& path);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RUNS_GRID_FILE_H_
