// SPDX-License-Identifier: Apache-2.0
#include "experiments/recipes/recipe.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "experiments/trials/trainings.h"

namespace lanegrad {
namespace {

// Squared error and cross-entropy come with the outputs that they were used with.
void SquaredError(Settings& s) {
  s.loss = "mse";
  s.output = "sigmoid";
}
void CrossEntropy(Settings& s) {
  s.loss = "softmax_cross_entropy";
  s.output = "identity";  // the loss contains the softmax
}
void HeNormal(Settings& s) { s.initializer = "he_normal"; }
void ConstantRate(Settings& s) {
  s.schedule = "constant";
  s.warmup = 0.0;
}
void Unrestrained(Settings& s) { s.l2 = s.dropout = s.clip_norm = 0.0f; }
// What other optimizers have and this one has not goes back to where it is when nobody sets it.
void SetOptimizer(Settings& s, const char* name) {
  s.optimizer = name;
  s.momentum = s.decay = kAuto;
  s.weight_decay = 0.0f;
}
void HeavyBall(Settings& s) {
  SetOptimizer(s, "momentum");
  s.momentum = 0.9f;
}

constexpr std::string_view kRumelhart = "Rumelhart, Hinton and Williams 1986";
constexpr std::string_view kGlorot = "Glorot and Bengio 2010";
constexpr std::string_view kHe = "He, Zhang, Ren and Sun 2015";
constexpr std::string_view kBrown = "Brown et al. 2020";

// [recipes]
constexpr Recipe kRecipes[] = {
    {.year = "1986",
     .ingredients =
         {{{"sigmoid", kRumelhart, [](Settings& s) { s.activation = "sigmoid"; }},
           {"squared error of sigmoid outputs", kRumelhart, SquaredError},
           // Between -0.3 and 0.3, evenly: the catalogue has the normal one of that deviation.
           {"of deviation 0.173 in every layer", kRumelhart,
            [](Settings& s) { s.initializer = "normal:0.173"; }},
           {"momentum 0.9", kRumelhart, HeavyBall},
           {"constant rate", kRumelhart, ConstantRate},
           {"none", kRumelhart, Unrestrained}}}},
    {.year = "2010",
     .ingredients = {{{"tanh", kGlorot, [](Settings& s) { s.activation = "tanh"; }},
                      {"cross-entropy of softmax", kGlorot, CrossEntropy},
                      {"Glorot uniform", kGlorot,
                       [](Settings& s) { s.initializer = "glorot_uniform"; }},
                      {"plain stochastic gradient descent", kGlorot,
                       [](Settings& s) { SetOptimizer(s, "sgd"); }},
                      {"constant rate", kGlorot, ConstantRate},
                      {"none", kGlorot, Unrestrained}}}},
    {.year = "2015",
     .ingredients = {{{"ReLU", "Nair and Hinton 2010", [](Settings& s) { s.activation = "relu"; }},
                      {"cross-entropy of softmax", kHe, CrossEntropy},
                      {"He normal", kHe, HeNormal},
                      {"momentum 0.9", kHe, HeavyBall},
                      {"a tenth of the rate after each third", kHe,
                       [](Settings& s) {
                         s.schedule = "step:0.1";
                         s.warmup = 0.0;
                       }},
                      {"dropout 0.5, L2 penalty 0.0005", kHe,
                       [](Settings& s) {
                         s.dropout = 0.5f;
                         s.l2 = 0.0005f;
                         s.clip_norm = 0.0f;
                       }}}}},
    {.year = "2020",
     .ingredients =
         {{{"GELU", "Hendrycks and Gimpel 2016", [](Settings& s) { s.activation = "gelu"; }},
           {"cross-entropy of softmax", kBrown, CrossEntropy},
           // Not theirs, of deviation 0.02: it is made for layers with normalisation between them.
           {"He normal", kHe, HeNormal},
           {"AdamW, weight decay 0.1", "Loshchilov and Hutter 2019",
            [](Settings& s) {
              SetOptimizer(s, "adamw");
              s.momentum = 0.9f;
              s.decay = 0.95f;
              s.weight_decay = 0.1f;
            }},
           {"warm-up of one epoch, then half a cosine", kBrown,
            [](Settings& s) {
              s.schedule = "cosine";
              s.warmup = 1.0;
            }},
           {"dropout 0.1, gradient norm at most 1", "Devlin et al. 2019; Brown et al. 2020",
            [](Settings& s) {
              s.dropout = 0.1f;
              s.l2 = 0.0f;
              s.clip_norm = 1.0f;
            }}}}},
};
// [recipes]

}  // namespace

std::span<const Recipe> Recipes() { return kRecipes; }

const Recipe& RecipeOf(std::string_view year) {
  const auto* const found = std::find_if(std::begin(kRecipes), std::end(kRecipes),
                                         [&](const Recipe& each) { return each.year == year; });
  if (found == std::end(kRecipes)) {
    throw std::out_of_range("no recipe of the year " + std::string(year));
  }
  return *found;
}

std::string IngredientText(std::string_view name) {
  constexpr std::string_view kRecorded = "optimizer";
  std::string text(name);
  const std::size_t at = text.find(kRecorded);
  if (at != text.npos) text.replace(at, kRecorded.size(), "optimiser");
  return text;
}

Recipe WithoutDropout() { return Exchanged(RecipeOf("2015"), 5, RecipeOf("2010")); }

std::vector<std::pair<std::size_t, std::size_t>> PairsOfIngredients() {
  // Initial weights and regulariser are left out: alone they did next to nothing in a first run.
  return {{0, 1}, {0, 3}, {0, 4}, {1, 3}, {1, 4}, {3, 4}};
}

std::string PairName(std::size_t first, std::size_t second) {
  return std::string(kIngredientKinds.at(first)) + " and " +
         std::string(kIngredientKinds.at(second));
}

// [exchange]
Recipe Exchanged(Recipe recipe, std::size_t kind, const Recipe& other) {
  recipe.ingredients.at(kind) = other.ingredients.at(kind);
  return recipe;
}

Settings Cooked(const Recipe& recipe, Settings base) {
  for (const Ingredient& each : recipe.ingredients) each.put(base);
  return base;
}
// [exchange]

// [least-rate]
double LeastRate(const Settings& settings) {
  if (settings.optimizer == "adamw") return 1e-4;
  // In half decades: 2 / n of n = 10 outputs, and at most a quarter from the sigmoid's slope, make
  // the gradient of a squared error twenty times shorter.
  const double plain = settings.loss == "mse" ? 0.316 : 0.01;
  return settings.optimizer == "momentum" ? plain / 10.0 : plain;
}
// [least-rate]

std::vector<float> RatesToTry(const Settings& settings, std::size_t count) {
  const double least = LeastRate(settings);
  std::vector<float> rates;
  for (const double rate : EvenRates(least, 1000.0 * least, count)) {
    rates.push_back(static_cast<float>(rate));
  }
  return rates;
}

}  // namespace lanegrad
