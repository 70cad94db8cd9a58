// SPDX-License-Identifier: Apache-2.0
// The recipes of chapter 5.2, what is measured of them, and the rules, against records whose
// effects are known because they were made up.
#include "experiments/recipes/recipe.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>
#include <string>

#include "experiments/recipes/recipe_claims.h"
#include "experiments/recipes/recipe_measures.h"
#include "experiments/recipes/recipe_pairs.h"
#include "experiments/records/numbered.h"
#include "network/resolved_settings.h"

namespace lanegrad {
namespace {

const RecipeScale kTiny = {.train = 64,
                           .held_out = 40,
                           .test = 50,
                           .width = 8,
                           .epochs = 2,
                           .rates = 3,
                           .tune_seeds = 1,
                           .seeds = 2,
                           .threads = 1};

TEST(Recipe, HasAnIngredientOfEachKindWithItsSource) {
  std::set<std::string_view> years;
  for (const Recipe& recipe : Recipes()) {
    years.insert(recipe.year);
    for (const Ingredient& each : recipe.ingredients) {
      EXPECT_FALSE(each.what.empty() || each.source.empty()) << recipe.year;
    }
  }
  EXPECT_EQ(years, (std::set<std::string_view>{"1986", "2010", "2015", "2020"}));
  EXPECT_THROW(RecipeOf("1999"), std::out_of_range);
}

TEST(Recipe, CanBeTrainedWithWhateverIsExchanged) {
  RecipePlan plan(kTiny);
  for (const Recipe& recipe : Recipes()) {
    for (const Recipe& other : Recipes()) {
      for (std::size_t kind = 0; kind < kIngredients; ++kind) {
        const Settings settings = Cooked(Exchanged(recipe, kind, other), plan.Base(2));
        EXPECT_NO_THROW(Resolve(settings, plan.data()))
            << recipe.year << " with the " << kIngredientKinds[kind] << " of " << other.year;
      }
    }
  }
}

TEST(Recipe, IsTheOtherOneWhenAllIngredientsAreExchanged) {
  RecipePlan plan(kTiny);
  Recipe recipe = RecipeOf("1986");
  for (std::size_t kind = 0; kind < kIngredients; ++kind) {
    const std::string before = Canonical(Cooked(recipe, plan.Base(2)));
    recipe = Exchanged(recipe, kind, RecipeOf("2020"));
    EXPECT_NE(Canonical(Cooked(recipe, plan.Base(2))), before) << kIngredientKinds[kind];
  }
  EXPECT_EQ(Canonical(Cooked(recipe, plan.Base(2))),
            Canonical(Cooked(RecipeOf("2020"), plan.Base(2))));
}

TEST(Recipe, DoesNotDependOnTheOrderOfItsIngredients) {
  RecipePlan plan(kTiny);
  for (const Recipe& recipe : Recipes()) {
    Settings reversed = plan.Base(5);
    for (std::size_t kind = kIngredients; kind-- > 0;) recipe.ingredients[kind].put(reversed);
    EXPECT_EQ(Canonical(reversed), Canonical(Cooked(recipe, plan.Base(5)))) << recipe.year;
  }
}

TEST(Recipe, IsTriedAtRatesOfThreeDecadesInEqualRatios) {
  RecipePlan plan(kTiny);
  for (const Recipe& recipe : Recipes()) {
    const std::vector<float> rates = RatesToTry(Cooked(recipe, plan.Base(2)), 7);
    ASSERT_EQ(rates.size(), 7u);
    EXPECT_NEAR(rates.back() / rates.front(), 1000.0, 1e-2);
    for (std::size_t i = 1; i < rates.size(); ++i) {
      EXPECT_NEAR(rates[i] / rates[i - 1], std::sqrt(10.0), 1e-4) << recipe.year;
    }
  }
}

TEST(Recipe, BeginsItsRatesWhereStepsAreOfLikeSize) {
  Settings settings;
  settings.loss = "softmax_cross_entropy";
  settings.optimizer = "sgd";
  EXPECT_DOUBLE_EQ(LeastRate(settings), 0.01);
  // With momentum 0.9 a constant gradient moves a weight by 1 + 0.9 + 0.81 + ... = 10 rates.
  settings.optimizer = "momentum";
  EXPECT_DOUBLE_EQ(LeastRate(settings), 0.001);
  settings.loss = "mse";
  EXPECT_NEAR(LeastRate(settings), 0.0316, 1e-12);
  settings.optimizer = "adamw";
  EXPECT_DOUBLE_EQ(LeastRate(settings), 1e-4);
}

TEST(EpochsToTarget, IsTheFirstThatReachesItAndOneMoreThanAllWhereNoneDoes) {
  EXPECT_EQ(EpochsToTarget(std::vector{0.3, 0.8, 0.7, 0.9}, 0.75, 4), 2.0);
  EXPECT_EQ(EpochsToTarget(std::vector{0.75}, 0.75, 1), 1.0);
  EXPECT_EQ(EpochsToTarget(std::vector{0.3, 0.4}, 0.75, 2), 3.0);
  // A training that diverged has fewer epochs than there were to be.
  EXPECT_EQ(EpochsToTarget(std::vector<double>{}, 0.75, 12), 13.0);
}

TEST(MeasureRecipe, TakesTheRateThatIsBestOnHeldOutSamplesWhateverTheThreads) {
  Measurement one, two;
  RecipeScale scale = kTiny;
  RecipePlan alone(scale);
  MeasureRecipe(alone, RecipeOf("2020"), 2, 1, one);
  scale.threads = 2;
  RecipePlan together(scale);
  MeasureRecipe(together, RecipeOf("2020"), 2, 1, two);
  EXPECT_EQ(one.values.all(), two.values.all());
  const std::vector<double> tuned = NumbersOf(one.values, "tune");
  const std::vector<double> rates = NumbersOf(one.values, "rate");
  const auto best = std::max_element(tuned.begin(), tuned.end()) - tuned.begin();
  EXPECT_EQ(one.values.Number("rate"), rates[static_cast<std::size_t>(best)]);
  EXPECT_EQ(one.values.Number("at_edge"), best == 1 ? 0.0 : 1.0);
  EXPECT_EQ(NumbersOf(one.values, "test").size(), kTiny.seeds);
  EXPECT_EQ(NumbersOf(one.values, "curve").size(), kTiny.epochs);
}

TEST(MeasureRecipe, TrainsForAsManyTimesTheEpochsAsAskedFor) {
  RecipePlan plan(kTiny);
  Measurement row;
  MeasureRecipe(plan, RecipeOf("1986"), 2, 3, row);
  EXPECT_EQ(NumbersOf(row.values, "curve").size(), 3 * kTiny.epochs);
}

// Ten seeds around a mean, different for each row but always the same.
std::vector<double> Seeds(double mean, std::size_t row) {
  std::vector<double> seeds;
  for (std::size_t s = 0; s < 10; ++s) {
    seeds.push_back(mean + 1e-4 * static_cast<double>((s * (row + 3)) % 7));
  }
  return seeds;
}

// Records in which exchanging ingredient `kind` of six in the recipe of 1986 (0.50) gains
// `gains[kind]`, and in that of 2020 (0.80) costs `losses[kind]`.
Evidence MadeUp(const std::vector<double>& gains, const std::vector<double>& losses) {
  Evidence evidence;
  const auto add = [&](std::string series, std::string_view name, std::size_t depth, double mean) {
    Measurement row = {.series = std::move(series)};
    row.settings = {
        {"name", std::string(name)}, {"depth", static_cast<double>(depth)}, {"epochs", 12.0}};
    SetNumbers(row.values, "test", Seeds(mean, evidence.rows.size()));
    SetNumbers(row.values, "epochs", std::vector<double>(10, mean > 0.7 ? 2.0 : 13.0));
    evidence.rows.push_back(row);
  };
  for (const std::size_t depth : kDepths) {
    add("recipe", "1986", depth, 0.50);
    add("recipe", "2010", depth, 0.60);
    add("recipe", "2015", depth, 0.70);
    add("recipe", kWithoutDropout, depth, 0.75);
    add("recipe", "2020", depth, 0.80);
    for (std::size_t kind = 0; kind < kIngredients; ++kind) {
      add("added", kIngredientKinds[kind], depth, 0.50 + gains[kind]);
      add("removed", kIngredientKinds[kind], depth, 0.80 - losses[kind]);
    }
  }
  for (const auto& [first, second] : PairsOfIngredients()) {
    add("pair", PairName(first, second), kDeep, std::min(0.8, 0.50 + gains[first] + gains[second]));
  }
  add("longer", "1986", kShallow, 0.795);
  return evidence;
}

const std::vector<double> kEqual(6, 0.05);

TEST(RecipeClaims, FindThatEffectsAddUpWhereTheyWereMadeTo) {
  const Evidence evidence = MadeUp(kEqual, kEqual);  // 6 x 0.05 = 0.30, the whole
  EXPECT_NEAR(WholeGain(evidence, kDeep).at(0), 0.30, 1e-3);
  EXPECT_NEAR(SumOfGains(evidence, kDeep).at(0), 0.30, 5e-3);
  EXPECT_NEAR(SumOfLosses(evidence, kDeep).at(0), 0.30, 5e-3);
  EXPECT_EQ(EffectsAdd(evidence).verdict, Verdict::kSupported) << EffectsAdd(evidence).figure;
  EXPECT_EQ(EveryOneCounts(evidence).verdict, Verdict::kSupported);
  EXPECT_EQ(OneIsEnough(evidence).verdict, Verdict::kNotSupported);
  EXPECT_EQ(OneIsNeeded(evidence).verdict, Verdict::kNotSupported);
  EXPECT_EQ(TwoAreEnough(evidence).verdict, Verdict::kNotSupported);
}

TEST(RecipeClaims, FindThatIngredientsStandInForEachOther) {
  // Any of three brings nearly all, and none is missed much.
  const Evidence evidence =
      MadeUp({0.25, 0.28, 0.0, 0.26, 0.0, 0.0}, {0.01, 0.0, 0.0, 0.02, 0.0, 0.0});
  EXPECT_EQ(EffectsAdd(evidence).verdict, Verdict::kNotSupported);
  EXPECT_EQ(TheyStandIn(evidence).verdict, Verdict::kSupported);
  EXPECT_EQ(OneIsEnough(evidence).verdict, Verdict::kSupported);
  EXPECT_EQ(OneIsNeeded(evidence).verdict, Verdict::kNotSupported);
  EXPECT_EQ(EveryOneCounts(evidence).verdict, Verdict::kQualified);
  EXPECT_EQ(TwoAreEnough(evidence).verdict, Verdict::kSupported);
  // The loss helps more, and the optimizer is missed more.
  EXPECT_EQ(ActivationDidIt(evidence).verdict, Verdict::kNotSupported);
  EXPECT_EQ(ActivationIsMissed(evidence).verdict, Verdict::kNotSupported);
}

TEST(RecipeClaims, FindTheIngredientThatAloneDidIt) {
  const Evidence evidence = MadeUp({0.30, 0, 0, 0, 0, 0}, {0.30, 0, 0, 0, 0, 0});
  EXPECT_EQ(OneIsEnough(evidence).verdict, Verdict::kSupported);
  EXPECT_EQ(OneIsNeeded(evidence).verdict, Verdict::kSupported);
  EXPECT_EQ(ActivationDidIt(evidence).verdict, Verdict::kSupported);
  EXPECT_EQ(ActivationIsMissed(evidence).verdict, Verdict::kSupported);
  EXPECT_EQ(EffectsAdd(evidence).verdict, Verdict::kSupported) << EffectsAdd(evidence).figure;
}

TEST(RecipeClaims, CompareWholeRecipes) {
  const Evidence evidence = MadeUp(kEqual, kEqual);
  EXPECT_EQ(LaterIsBetter(evidence).verdict, Verdict::kSupported);
  EXPECT_EQ(LaterIsBetterWithoutDropout(evidence).verdict, Verdict::kSupported);
  EXPECT_EQ(ModernIsBetter(evidence).verdict, Verdict::kSupported);
  EXPECT_EQ(ModernIsSooner(evidence).verdict, Verdict::kSupported);
  EXPECT_EQ(OldFailsDeep(evidence).verdict, Verdict::kSupported);
  EXPECT_EQ(DropoutPays(evidence).verdict, Verdict::kNotSupported);
  EXPECT_EQ(TimeMakesUpForIt(evidence).verdict, Verdict::kSupported);   // half a point short
  EXPECT_NE(DepthWidensTheGap(evidence).verdict, Verdict::kSupported);  // the same at both depths
}

TEST(RecipeClaims, FindThatWhatIsLaterInEverySeedIsNotSooner) {
  Evidence evidence = MadeUp(kEqual, kEqual);
  EXPECT_EQ(ModernIsSooner(evidence).verdict, Verdict::kSupported);  // 2 epochs against 13
  for (Measurement& row : evidence.rows) {
    const bool modern = row.series == "recipe" && row.settings.Text("name") == "2020";
    SetNumbers(row.values, "epochs", std::vector<double>(3, modern ? 9.0 : 4.0));
    Fields three;
    for (const auto& [name, value] : row.values.all()) {
      if (name.starts_with("epochs_") && name > "epochs_3") continue;
      if (name == "epochs_10") continue;
      three.Set(name, std::get<double>(value));
    }
    row.values = three;
  }
  EXPECT_EQ(ModernIsSooner(evidence).verdict, Verdict::kNotSupported);
  EXPECT_EQ(SoonerThan2010(evidence).verdict, Verdict::kNotSupported);
}

TEST(DecadesOfRates, AreAllThreeWhereEveryRateIsGoodAndNoneWhereOnlyOneIs) {
  Measurement row;
  SetNumbers(row.values, "tune", std::vector<double>(7, 0.8));
  EXPECT_NEAR(DecadesOfRates(row), 3.0, 1e-9);
  // Falls by 0.4 on both sides of the best, half a decade away: a point is a fortieth of that.
  SetNumbers(row.values, "tune", std::vector{0.4, 0.4, 0.4, 0.8, 0.4, 0.4, 0.4});
  EXPECT_NEAR(DecadesOfRates(row), 2.0 * 0.5 / 40.0, 1e-9);
}

}  // namespace
}  // namespace lanegrad
