/// @file
/// Article, section 5: better algorithms. Recipes of four years on one problem, and which of their
/// ingredients made the difference.
// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "experiments/experiment/experiment_program.h"
#include "experiments/recipes/recipe_claims.h"
#include "experiments/recipes/recipe_figures.h"
#include "experiments/recipes/recipe_measures.h"

namespace lanegrad {
namespace {

RecipeScale ScaleOf(const Scope& scope) {
  RecipeScale scale;
  if (scope.profile == "quick") {
    scale = {.train = 256,
             .held_out = 100,
             .test = 200,
             .width = 16,
             .epochs = 2,
             .rates = 3,
             .tune_seeds = 1};
  } else if (scope.profile == "default") {
    scale = {.train = 4096,
             .held_out = 2000,
             .test = 10000,
             .width = 64,
             .epochs = 12,
             .rates = 7,
             .tune_seeds = 2};
  } else {
    scale = {.train = 32768,
             .held_out = 10000,
             .test = 10000,
             .width = 128,
             .epochs = 20,
             .rates = 13,
             .tune_seeds = 3};
  }
  scale.seeds = scope.seeds;
  scale.threads = scope.threads;
  return scale;
}

std::vector<Task> Tasks(const Scope& scope) {
  const RecipeScale scale = ScaleOf(scope);
  const auto plan = std::make_shared<RecipePlan>(scale);
  std::vector<Task> tasks;
  const auto add = [&](std::string_view series, std::string name, const Recipe& recipe,
                       std::size_t depth, std::size_t times = 1) {
    tasks.push_back(
        {.series = std::string(series),
         .settings = {{"name", std::move(name)},
                      {"depth", static_cast<double>(depth)},
                      {"samples", static_cast<double>(scale.train)},
                      {"width", static_cast<double>(scale.width)},
                      {"epochs", static_cast<double>(times * scale.epochs)},
                      {"seeds", static_cast<double>(scale.seeds)}},
         .seed = 0,
         .measure = [=](Measurement& row) { MeasureRecipe(*plan, recipe, depth, times, row); }});
  };
  // [tasks]
  const Recipe &old = RecipeOf("1986"), &modern = RecipeOf("2020");
  for (const std::size_t depth : kDepths) {
    for (const Recipe& recipe : Recipes()) add("recipe", std::string(recipe.year), recipe, depth);
    add("recipe", std::string(kWithoutDropout), WithoutDropout(), depth);
    for (std::size_t kind = 0; kind < kIngredients; ++kind) {
      const std::string name(kIngredientKinds[kind]);
      add("added", name, Exchanged(old, kind, modern), depth);
      add("removed", name, Exchanged(modern, kind, old), depth);
    }
  }
  for (const auto& [first, second] : PairsOfIngredients()) {
    add("pair", PairName(first, second), Exchanged(Exchanged(old, first, modern), second, modern),
        kDeep);
  }
  add("longer", "1986", old, kShallow, kTimesLonger);
  // [tasks]
  return tasks;
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "05_2_algorithms",
       .section = "5",
       .title = "Better algorithms",
       .summary = "Section 5 of the article: recipes of 1986, 2010, 2015 and 2020 on one problem.",
       .question = "Have algorithms become better, and which of their ingredients did it?",
       .task_profiles = {{"quick", 3}, {"default", 10}, {"full", 20}},
       .tasks = Tasks,
       .claims =
           {{"later-is-better", "Each recipe ends better than the one before it.",
             "article, section 5", "small layers, few samples, one data set", LaterIsBetter},
            {"later-without-dropout",
             "Each recipe ends better than the one before it, if that of 2015 goes without its "
             "regulariser.",
             "ours, section 5", "looked for after the first results were seen",
             LaterIsBetterWithoutDropout},
            {"modern-is-better", "The recipe of 2020 ends better than that of 1986.",
             "article, section 5", "equal epochs, equal searches of the rate", ModernIsBetter,
             Verdict::kSupported},
            {"modern-is-sooner",
             "The recipe of 2020 reaches the target in fewer epochs than that of 1986.",
             "article, section 5",
             "75 % of held-out samples, at the rate that is best in the end; epochs, not seconds",
             ModernIsSooner, Verdict::kSupported},
            {"sooner-than-2010",
             "The recipe of 2020 reaches the target in fewer epochs than that of 2010.",
             "ours, section 5", "75 %: early in a training", SoonerThan2010},
            {"more-rates", "With the recipe of 2020 more rates are good than with that of 1986.",
             "folklore", "read off one grid of rates and few seeds, without a test",
             MoreRatesAreGood},
            {"old-fails-deep",
             "With the recipe of 1986 a network of five hidden layers does not reach the target.",
             "Glorot and Bengio 2010", "within these epochs, at the best rate of the search",
             OldFailsDeep},
            {"depth-widens-the-gap", "With more layers the gain from 1986 to 2020 is larger.",
             "Glorot and Bengio 2010", "two and five hidden layers", DepthWidensTheGap,
             Verdict::kSupported},
            {"one-is-enough",
             "There is an ingredient of 2020 that closes half of the gap when it alone is put into "
             "the recipe of 1986.",
             "ours, section 5", "at each depth; its rate searched again", OneIsEnough},
            {"one-is-needed",
             "There is an ingredient of 2020 without which the recipe of 2020 loses half of the "
             "gap.",
             "ours, section 5", "at each depth; exchanged for that of 1986", OneIsNeeded},
            {"every-one-counts",
             "Each ingredient of 2020, exchanged for that of 1986, costs accuracy.",
             "ours, section 5", "what costs less than some tenths of a point is not seen",
             EveryOneCounts},
            {"effects-add", "The effects of single ingredients add up to the whole.",
             "ours, section 5", "within a point; accuracy has a ceiling, which is one reason",
             EffectsAdd},
            {"they-stand-in",
             "Ingredients stand in for each other: single gains add up to more than the whole, "
             "single losses to less.",
             "ours, section 5", "in accuracy; in another measure it may be otherwise", TheyStandIn},
            {"activation-did-it",
             "With depth, the activation alone helps the recipe of 1986 more than any other "
             "ingredient alone.",
             "Glorot, Bordes and Bengio 2011, as it is often told",
             "GELU in the place of the sigmoid, five hidden layers", ActivationDidIt},
            {"activation-is-missed",
             "With depth, the activation is what the recipe of 2020 would miss most.",
             "Glorot, Bordes and Bengio 2011, as it is often told",
             "the sigmoid in the place of GELU, five hidden layers", ActivationIsMissed},
            {"two-are-enough",
             "Two ingredients of 2020 bring the recipe of 1986 to within a point of that of 2020.",
             "ours, section 5", "five hidden layers; six pairs of four ingredients", TwoAreEnough},
            {"dropout-pays", "Dropout and the L2 penalty of 2015 pay.",
             "Srivastava et al. 2014; He et al. 2015",
             "half of the units of every hidden layer, which are narrow here", DropoutPays},
            {"time-makes-up-for-it",
             "With eight times the epochs the recipe of 1986 comes to within a point of that of "
             "2020.",
             "ours, section 5", "two hidden layers; rates searched anew", TimeMakesUpForIt}},
       .figures = {LearningFigure, RatesFigure, ShallowFigure, DeepFigure, SumsFigure, PairsFigure,
                   LongerFigure},
       .tables = {RecipeTable, OutcomeTable}},
      argc, argv);
}
