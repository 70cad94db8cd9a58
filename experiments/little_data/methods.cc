// SPDX-License-Identifier: Apache-2.0
#include "experiments/little_data/methods.h"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

#include "experiments/trials/trainings.h"

namespace lanegrad {
namespace {

// Rates that all methods choose from: between those that barely learn in so few steps and those
// that often diverge.
constexpr double kLeastRate = 0.03, kLargestRate = 0.24;

}  // namespace

// [methods]
std::span<const Method> Methods() {
  static const std::vector<Method> methods = {
      {"none", "no regulariser", "", {}},
      {"linear",
       "softmax regression",
       "",
       {},
       [](Settings& s, double) {
         s.layers = {784, 10};
       }},
      {"l2",
       "L2 penalty",
       "weight of half the sum of w^2",
       {0.001, 0.01},
       [](Settings& s, double strength) { s.l2 = static_cast<float>(strength); }},
      {"l1",
       "L1 penalty",
       "weight of the sum of |w|",
       {0.0001, 0.001},
       [](Settings& s, double strength) { s.l1 = static_cast<float>(strength); }},
      {"max_norm",
       "max-norm",
       "largest norm of the weights into a unit",
       {2.0, 1.0},
       [](Settings& s, double strength) { s.max_norm = static_cast<float>(strength); }},
      {"dropout",
       "dropout",
       "share of hidden units left out",
       {0.2, 0.5},
       [](Settings& s, double strength) { s.dropout = static_cast<float>(strength); }},
      {"label_smoothing",
       "label smoothing",
       "share of each target spread over all classes",
       {0.1, 0.3},
       [](Settings& s, double strength) {
         s.loss = fmt::format("softmax_cross_entropy:{}", strength);
       }},
      {"input_noise",
       "input noise",
       "deviation of the noise on pixels from 0 to 1",
       {0.1, 0.3},
       [](Settings& s, double strength) { s.input_noise = static_cast<float>(strength); }},
      {"early_stopping",
       "early stopping",
       "epochs of patience",
       {10.0, 3.0},
       [](Settings& s, double strength) {
         s.patience = static_cast<std::size_t>(strength);
         s.restore_best = true;
       },
       false,
       true},
      {"shifts", "shifted copies", "pixels at most, either way", {1.0, 2.0}, nullptr, true}};
  return methods;
}
// [methods]

const Method& MethodNamed(std::string_view name) {
  for (const Method& method : Methods()) {
    if (method.name == name) return method;
  }
  throw std::invalid_argument(fmt::format("no method is called '{}'", name));
}

// [trials]
std::vector<LittleTrial> TrialsOf(const Method& method) {
  const std::vector<double> rates = EvenRates(kLeastRate, kLargestRate, kTrials);
  std::vector<LittleTrial> trials;
  if (!method.regulariser()) {
    for (const double rate : rates) trials.push_back({rate, 0.0});
    return trials;
  }
  // A rate in the middle of each two stands for both.
  for (std::size_t i = 0; i + 1 < kTrials; i += 2) {
    for (const double strength : method.strengths) {
      trials.push_back({std::sqrt(rates[i] * rates[i + 1]), strength});
    }
  }
  return trials;
}
// [trials]

Settings SettingsOf(const Method& method, const LittleTrial& trial, std::size_t passes) {
  Settings settings;
  settings.layers = {784, 64, 10};
  settings.rate = static_cast<float>(trial.rate);
  settings.schedule = "cosine";  // a constant rate leaves the last weights to chance
  settings.split = "first";
  settings.epochs = method.shifts ? passes / kCopies : passes;
  if (method.apply != nullptr) method.apply(settings, trial.strength);
  return settings;
}

}  // namespace lanegrad
