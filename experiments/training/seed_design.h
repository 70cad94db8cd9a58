/// @file
/// Runs of the same settings that differ in their seeds, every combination of some levels of each.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_TRAINING_SEED_DESIGN_H_
#define LANEGRAD_EXPERIMENTS_TRAINING_SEED_DESIGN_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "network/dataset.h"
#include "network/settings.h"

namespace lanegrad {

/// A cause of differences between runs of the same settings, which has a seed of its own.
struct SeedCause {
  std::string_view setting;  ///< That seed: "weight-seed".
  std::string_view name;     ///< What it decides: "initial weights".
};

/// All of them.
std::span<const SeedCause> SeedCauses();

/// Fewer levels than this leave no interval worth the name.
inline constexpr std::size_t kFewestLevels = 3;

/// More runs than this are refused.
inline constexpr std::size_t kMostCombinations = 10000;

/// A crossed design: every level of every cause with every level of all others.
struct SeedDesign {
  std::vector<SeedCause> causes;      ///< Those that are drawn, at least two.
  std::vector<std::string> left_out;  ///< Why the others are not, a sentence each.
  std::size_t levels = 2;             ///< Of each cause.
  std::vector<Settings> runs;         ///< Every combination, the last cause fastest.
};

/// "initial weights, order of samples".
std::string CauseNames(const SeedDesign& design);

/// The design with `levels` of each cause, whose seeds count from `asked.seed`, of all that makes a
/// difference on such data. Seeds that are `given` on a command line are fixed. Throws UsageError
/// where fewer than two causes are left, and for more than kMostCombinations runs.
SeedDesign DesignSeeds(const Settings& asked, const Dataset& data, std::size_t levels,
                       std::span<const std::string_view> given);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_TRAINING_SEED_DESIGN_H_
