/// @file
/// The protocol of a comparison: what is fixed, what varies, and with how many seeds; put
/// together from a profile, a file and flags.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPARISON_PROTOCOL_H_
#define LANEGRAD_EXPERIMENTS_COMPARISON_PROTOCOL_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "experiments/runs/grid.h"
#include "experiments/runs/grid_file.h"
#include "experiments/runs/search.h"
#include "network/dataset.h"

namespace lanegrad {

/// What is compared, and with how many seeds.
struct Protocol {
  Settings base;                ///< What is fixed.
  std::vector<Axis> grid;       ///< What varies.
  std::size_t tune_seeds = 3;   ///< A rate is tried with the seeds 1, 2, ...
  std::size_t final_seeds = 5;  ///< The best one with as many fresh ones.
  std::size_t folds = 0;        ///< Of cross-validation: all seeds in each of them; 0: none.
  /// Settings::fold of the runs that are made of each combination, one after the other.
  std::vector<std::string> Folds() const;
  Search search = {};  ///< What is searched for in place of the rate axis; no names: nothing.
};

/// How much is run: the question is the same.
struct Profile {
  std::string_view name;          ///< "quick", ...
  std::vector<const char*> axes;  ///< As ParseAxis() reads them.
  std::size_t tune_seeds;         ///< See Protocol.
  std::size_t final_seeds;        ///< See Protocol.
  std::size_t epochs;             ///< Of each run.
  std::size_t samples;            ///< Of each run; 0: all.
  std::size_t validation;         ///< Held out to choose rates by.
};

/// What a user asks for. What wins over what: flags, then the file, then the profile.
struct Request {
  const Profile* profile = nullptr;                        ///< Never null.
  Settings base;                                           ///< What the experiment fixes.
  std::optional<GridFile> file;                            ///< Of `--grid`.
  std::vector<std::pair<std::string, std::string>> fixed;  ///< Settings given as flags.
  std::vector<std::string> vary;                           ///< Of `--vary`.
  std::size_t tune_seeds = 0;                              ///< Of `--seeds`; 0: not given.
  std::size_t final_seeds = 0;                             ///< 0: not given.
  std::size_t folds = 0;                                   ///< Of `--folds`; 0: not given.
  std::vector<std::string> tie = {};                       ///< Of `--tie`: names, by commas.
  std::string tune = {};                                   ///< Of `--tune`; empty: not given.
  std::size_t budget = 0;                                  ///< Of `--budget`; 0: not given.
  std::optional<std::uint64_t> search_seed = {};           ///< Of `--search-seed`.
};

/// Puts the protocol together. A file's axes take the place of the profile's, but for
/// the rate where the file says nothing of it. A setting that is fixed by a flag is no
/// axis. Where settings are to be searched for (`--tune`, or `tune` in the file), the profile's
/// axis of rates is left out, and neither axes nor flags may name what is searched for. Where
/// nobody says how many samples are held out, a small set gives a fifth; data with validation
/// samples of their own give those; cells that a file lists, and that are not searched, none. Of a
/// regression the profile's losses are left out, and where nobody says another the loss is mse.
/// Throws UsageError, also where flags contradict each other.
Protocol MakeProtocol(const Request& request, const Dataset& data);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPARISON_PROTOCOL_H_
