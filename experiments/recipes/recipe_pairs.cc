// SPDX-License-Identifier: Apache-2.0
#include "experiments/recipes/recipe_pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include "experiments/recipes/recipe.h"
#include "experiments/recipes/recipe_measures.h"
#include "experiments/records/numbered.h"

namespace lanegrad {
namespace {

using Numbers = std::vector<double>;

// factor_a a + factor_b b, seed by seed.
Numbers Mixed(double factor_a, const Numbers& a, double factor_b, const Numbers& b) {
  Numbers mixed(std::min(a.size(), b.size()));
  for (std::size_t i = 0; i < mixed.size(); ++i) mixed[i] = factor_a * a[i] + factor_b * b[i];
  return mixed;
}

// "loss with 5 layers".
std::string At(std::string_view name, std::size_t depth) {
  return fmt::format("{} with {} layers", name, depth);
}

// Comparisons of whole recipes.
void AddRecipes(const Evidence& evidence, std::size_t depth, std::vector<SeedPairs>& all) {
  const auto tests = [&](std::string_view year) {
    return TestsOf(evidence, "recipe", year, depth);
  };
  const auto earliness = [&](std::string_view year) {
    Numbers early = NumbersOf(RowOf(evidence, "recipe", year, depth).values, "epochs");
    for (double& each : early) each = -each;
    return early;
  };
  const auto add = [&](std::string family, std::string_view a, std::string_view b) {
    all.push_back({.family = std::move(family),
                   .name = At(fmt::format("{} after {}", a, b), depth),
                   .a = tests(a),
                   .b = tests(b)});
  };
  const std::span<const Recipe> recipes = Recipes();
  for (std::size_t r = 1; r < recipes.size(); ++r) {
    add("later", recipes[r].year, recipes[r - 1].year);
  }
  add("modern", "2020", "1986");
  add("later without dropout", "2010", "1986");
  add("later without dropout", kWithoutDropout, "2010");
  add("later without dropout", "2020", kWithoutDropout);
  add("dropout", "2015", kWithoutDropout);
  for (const std::string_view than : {"1986", "2010"}) {
    all.push_back({.family = fmt::format("sooner than {}", than),
                   .name = At("2020", depth),
                   .a = earliness("2020"),
                   .b = earliness(than)});
  }
}

// One ingredient exchanged.
// [exchange-pairs]
void AddExchanges(const Evidence& evidence, std::size_t depth, std::vector<SeedPairs>& all) {
  const Numbers modern = TestsOf(evidence, "recipe", "2020", depth);
  const Numbers halfway = Mixed(0.5, TestsOf(evidence, "recipe", "1986", depth), 0.5, modern);
  for (const std::string_view kind : kIngredientKinds) {
    const Numbers added = TestsOf(evidence, "added", kind, depth);
    const Numbers removed = TestsOf(evidence, "removed", kind, depth);
    const std::string name = At(IngredientText(kind), depth);
    all.push_back({.family = "suffices", .name = name, .a = added, .b = halfway});
    all.push_back({.family = "needed", .name = name, .a = halfway, .b = removed});
    all.push_back({.family = "counts", .name = name, .a = modern, .b = removed});
  }
}
// [exchange-pairs]

void AddSums(const Evidence& evidence, std::size_t depth, std::vector<SeedPairs>& all) {
  const Numbers whole = WholeGain(evidence, depth);
  const Numbers gains = SumOfGains(evidence, depth), losses = SumOfLosses(evidence, depth);
  const std::string of_gains = At("gains", depth), of_losses = At("losses", depth);
  for (const auto& [name, sum] : {std::pair{of_gains, gains}, std::pair{of_losses, losses}}) {
    all.push_back({.family = "not less", .name = name, .a = sum, .b = whole, .margin = kPoint});
    all.push_back({.family = "not more", .name = name, .a = whole, .b = sum, .margin = kPoint});
  }
  all.push_back({.family = "stand in", .name = of_gains, .a = gains, .b = whole});
  all.push_back({.family = "stand in", .name = of_losses, .a = whole, .b = losses});
}

}  // namespace

Measurement RowOf(const Evidence& evidence, std::string_view series, std::string_view name,
                  std::size_t depth) {
  return evidence.Row(series, {{"name", name}, {"depth", fmt::format("{}", depth)}});
}

Numbers TestsOf(const Evidence& evidence, std::string_view series, std::string_view name,
                std::size_t depth) {
  return NumbersOf(RowOf(evidence, series, name, depth).values, "test");
}

Numbers WholeGain(const Evidence& evidence, std::size_t depth) {
  return Mixed(1.0, TestsOf(evidence, "recipe", "2020", depth), -1.0,
               TestsOf(evidence, "recipe", "1986", depth));
}

Numbers SumOfGains(const Evidence& evidence, std::size_t depth) {
  const Numbers old = TestsOf(evidence, "recipe", "1986", depth);
  Numbers sum(old.size());
  for (const std::string_view kind : kIngredientKinds) {
    sum = Mixed(1.0, sum, 1.0, Mixed(1.0, TestsOf(evidence, "added", kind, depth), -1.0, old));
  }
  return sum;
}

Numbers SumOfLosses(const Evidence& evidence, std::size_t depth) {
  const Numbers modern = TestsOf(evidence, "recipe", "2020", depth);
  Numbers sum(modern.size());
  for (const std::string_view kind : kIngredientKinds) {
    sum = Mixed(1.0, sum, 1.0, Mixed(1.0, modern, -1.0, TestsOf(evidence, "removed", kind, depth)));
  }
  return sum;
}

std::vector<SeedPairs> RecipePairs(const Evidence& evidence) {
  std::vector<SeedPairs> all;
  for (const std::size_t depth : kDepths) {
    AddRecipes(evidence, depth, all);
    AddExchanges(evidence, depth, all);
    AddSums(evidence, depth, all);
  }
  all.push_back({.family = "depth",
                 .name = "gain",
                 .a = WholeGain(evidence, kDeep),
                 .b = WholeGain(evidence, kShallow)});
  for (std::size_t kind = 1; kind < kIngredients; ++kind) {
    all.push_back({.family = "activation",
                   .name = IngredientText(kIngredientKinds[kind]),
                   .a = TestsOf(evidence, "added", kIngredientKinds[0], kDeep),
                   .b = TestsOf(evidence, "added", kIngredientKinds[kind], kDeep)});
    // Less accuracy is left where more is missed.
    all.push_back({.family = "missed",
                   .name = IngredientText(kIngredientKinds[kind]),
                   .a = TestsOf(evidence, "removed", kIngredientKinds[kind], kDeep),
                   .b = TestsOf(evidence, "removed", kIngredientKinds[0], kDeep)});
  }
  for (const auto& [first, second] : PairsOfIngredients()) {
    const std::string name = PairName(first, second);
    all.push_back({.family = "two suffice",
                   .name = IngredientText(name),
                   .a = TestsOf(evidence, "pair", name, kDeep),
                   .b = TestsOf(evidence, "recipe", "2020", kDeep),
                   .margin = kPoint});
  }
  all.push_back({.family = "longer",
                 .name = "1986",
                 .a = TestsOf(evidence, "longer", "1986", kShallow),
                 .b = TestsOf(evidence, "recipe", "2020", kShallow),
                 .margin = kPoint});
  JudgeTogether(all);
  return all;
}

}  // namespace lanegrad
