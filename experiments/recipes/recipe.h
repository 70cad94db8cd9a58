/// @file
/// How networks were trained in four years: recipes of six ingredients each, as their papers have
/// them, and what comes of exchanging one. See chapter 5.2.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RECIPES_RECIPE_H_
#define LANEGRAD_EXPERIMENTS_RECIPES_RECIPE_H_

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "network/settings.h"

namespace lanegrad {

/// How many ingredients a recipe has.
inline constexpr std::size_t kIngredients = 6;

/// What each of them decides, in the order of recipes.
inline constexpr std::array<std::string_view, kIngredients> kIngredientKinds = {
    "activation", "loss", "initial weights", "optimizer", "schedule", "regulariser"};

/// The name of one, or of two, for readers: records write "optimizer", the book "optimiser".
std::string IngredientText(std::string_view name);

/// One ingredient: what is set, and who says so.
struct Ingredient {
  std::string_view what;     ///< In words: "AdamW, weight decay 0.1".
  std::string_view source;   ///< Author and year.
  void (*put)(Settings& s);  ///< Sets it, and nothing of another kind.
};

/// How a network is trained: an ingredient of each kind, in the order of kIngredientKinds.
struct Recipe {
  std::string_view year;                               ///< "1986".
  std::array<Ingredient, kIngredients> ingredients{};  ///< One of each kind.
};

/// The recipes of 1986, 2010, 2015 and 2020.
std::span<const Recipe> Recipes();

/// The recipe of a year. Throws std::out_of_range where there is none.
const Recipe& RecipeOf(std::string_view year);

/// `recipe` with the ingredient number `kind` of `other`.
Recipe Exchanged(Recipe recipe, std::size_t kind, const Recipe& other);

/// The recipe of 2015 with no regulariser in the place of its dropout and its penalty.
Recipe WithoutDropout();

/// Every two of the four ingredients that are tried in pairs: activation, loss, optimizer and
/// schedule; their numbers, the smaller one first.
std::vector<std::pair<std::size_t, std::size_t>> PairsOfIngredients();

/// "activation and loss".
std::string PairName(std::size_t first, std::size_t second);

/// Puts all ingredients of `recipe` into `base`.
Settings Cooked(const Recipe& recipe, Settings base);

/// The smallest rate that is tried with these settings: 0.01 for plain descent on a cross-entropy,
/// and otherwise by what is known of the size of a step. Momentum 0.9 makes it ten times as long, a
/// squared error some thirty times shorter, and Adam's does not go by the size of gradients.
double LeastRate(const Settings& settings);

/// `count` rates over three decades from LeastRate() on, in equal ratios; at least two.
std::vector<float> RatesToTry(const Settings& settings, std::size_t count);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RECIPES_RECIPE_H_
