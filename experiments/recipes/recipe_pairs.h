/// @file
/// What the records of chapter 5.2 hold, and every comparison by pairs of seeds that it makes.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RECIPES_RECIPE_PAIRS_H_
#define LANEGRAD_EXPERIMENTS_RECIPES_RECIPE_PAIRS_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/trials/seed_pairs.h"

namespace lanegrad {

/// One point of accuracy: less makes no odds.
inline constexpr double kPoint = 0.01;

/// The row of a series ("recipe", "added", "removed", "pair", "longer") that has this name and
/// depth. Throws DataError where there is none.
Measurement RowOf(const Evidence& evidence, std::string_view series, std::string_view name,
                  std::size_t depth);

/// Its test accuracies, a seed each.
std::vector<double> TestsOf(const Evidence& evidence, std::string_view series,
                            std::string_view name, std::size_t depth);

/// What the whole recipe of 2020 gains on that of 1986, a seed each.
std::vector<double> WholeGain(const Evidence& evidence, std::size_t depth);
/// The sum of what its ingredients gain, each alone in the recipe of 1986, a seed each.
std::vector<double> SumOfGains(const Evidence& evidence, std::size_t depth);
/// The sum of what the recipe of 2020 loses, each ingredient alone being that of 1986, a seed each.
std::vector<double> SumOfLosses(const Evidence& evidence, std::size_t depth);

/// Every comparison by pairs that the chapter makes, judged together.
std::vector<SeedPairs> RecipePairs(const Evidence& evidence);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RECIPES_RECIPE_PAIRS_H_
