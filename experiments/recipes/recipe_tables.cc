// SPDX-License-Identifier: Apache-2.0
// The tables of chapter 5.2.
#include <fmt/format.h>

#include <string>

#include "experiments/recipes/recipe.h"
#include "experiments/recipes/recipe_claims.h"
#include "experiments/recipes/recipe_figures.h"
#include "experiments/recipes/recipe_measures.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

Cell NumberCell(std::string_view format, double value) {
  return {fmt::format(fmt::runtime(format), value), value};
}

// What a row is, in words.
std::string Described(const Measurement& row) {
  const std::string name = IngredientText(row.settings.Text("name"));
  return row.series == "recipe"    ? name
         : row.series == "added"   ? "1986, new " + name
         : row.series == "removed" ? "2020, old " + name
         : row.series == "longer"
             ? fmt::format("{}, {} epochs", name, row.settings.Number("epochs"))
             : "1986, new " + name;
}

}  // namespace

NamedTable RecipeTable(const Evidence& /*evidence*/) {
  NamedTable named = {.name = "recipes",
                      .table = {.caption = "What is in each recipe, and who says so",
                                .columns = {{"year", true, ""},
                                            {"kind", false, ""},
                                            {"ingredient", false, ""},
                                            {"source", false, ""}},
                                .rows = {}}};
  for (const Recipe& recipe : Recipes()) {
    for (std::size_t kind = 0; kind < kIngredients; ++kind) {
      const Ingredient& each = recipe.ingredients[kind];
      named.table.rows.push_back({{std::string(recipe.year)},
                                  {IngredientText(kIngredientKinds[kind])},
                                  {std::string(each.what)},
                                  {std::string(each.source)}});
    }
  }
  return named;
}

NamedTable OutcomeTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "outcomes",
      .table = {.caption = "What came of every recipe at the best rate of its search",
                .columns = {{"layers", true, "hidden"},
                            {"recipe", false, ""},
                            {"best rate", true, "an asterisk: at an end of the range"},
                            {"decades", true, "of rates within a point of the best"},
                            {"test accuracy", true, "mean of fresh seeds"},
                            {"deviation", true, "in points, of the seeds"},
                            {"epochs", true, "to the target; one more than all: never"}},
                .rows = {}}};
  for (const Measurement& row : evidence.rows) {
    const std::vector<double> tests = NumbersOf(row.values, "test");
    const double rate = row.values.Number("rate");
    named.table.rows.push_back(
        {NumberCell("{}", row.settings.Number("depth")),
         {Described(row)},
         NumberCell(row.values.Number("at_edge") == 1.0 ? "{:.2g} *" : "{:.2g}", rate),
         NumberCell("{:.2f}", DecadesOfRates(row)),
         {fmt::format("{:.2f} %", 100.0 * Mean(tests)), Mean(tests)},
         NumberCell("{:.2f}", 100.0 * SampleDeviation(tests)),
         NumberCell("{:.1f}", Mean(NumbersOf(row.values, "epochs")))});
  }
  return named;
}

}  // namespace lanegrad
