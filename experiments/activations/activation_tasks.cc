// SPDX-License-Identifier: Apache-2.0
//
// What chapter 3.3 measures beside its grid.
#include "experiments/activations/activation_tasks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/activations/deep_learning.h"
#include "experiments/activations/grade_pairs.h"
#include "experiments/activations/plain_formula.h"
#include "experiments/trials/trainings.h"
#include "kernels/activation_family.h"
#include "kernels/random.h"
#include "network/idx.h"
#include "network/stopwatch.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

DepthBudget BudgetOf(const Scope& scope) {
  if (scope.profile == "quick") {
    return {.train = 400,
            .held_out = 200,
            .test = 400,
            .width = 16,
            .epochs = 3,
            .rates = {0.03162, 0.3162},
            .tuning_seeds = 1,
            .final_seeds = scope.seeds,
            .depths = {2, 8}};
  }
  const bool full = scope.profile == "full";
  return {.train = full ? 20000u : 4000u,
          .epochs = full ? 20u : 8u,
          .rates = {0.01, 0.03162, 0.1, 0.3162, 1.0, 3.162},
          .tuning_seeds = full ? 5u : 2u,
          .final_seeds = scope.seeds,
          .depths = {2, 4, 8}};
}

void MeasureFormula(const PlainFormula& formula, std::size_t count, Measurement& row) {
  const FormulaBreak plain = FindPlainBreak(formula), kernel = FindKernelBreak(formula);
  row.values.Set("breaks_at", plain.z);
  row.values.Set("plain_there", plain.answer);
  row.values.Set("kernel_there", KernelValue(formula, plain.z));
  row.values.Set("kernel_breaks_at", kernel.z);
  const FormulaError error = LargestError(formula, plain, count);
  row.values.Set("largest_error", static_cast<double>(error.ulp));
  row.values.Set("largest_error_at", error.z);
}

void MeasureCost(const ActivationInfo& info, double seconds, Measurement& row) {
  constexpr std::size_t kElements = 4096;  // two arrays in, two out: in the first caches
  std::vector<float> z(kElements), a(kElements), slope(kElements);
  RandomStream random(1, Stream::kData);
  for (float& each : z) each = random.Normal();
  const Activation f = Activation::Named(info.name);
  const auto sweep = [&] { Activate(f, z.data(), kElements, a.data(), slope.data()); };
  sweep();
  double zeros = 0.0, squares = 0.0, slopes = 0.0;
  for (std::size_t i = 0; i < kElements; ++i) {
    zeros += a[i] == 0.0f;
    squares += static_cast<double>(a[i]) * static_cast<double>(a[i]);
    slopes += static_cast<double>(slope[i]) * static_cast<double>(slope[i]);
  }
  row.values.Set("zeros", zeros / kElements);
  row.values.Set("mean_square", squares / kElements);
  row.values.Set("mean_square_slope", slopes / kElements);
  std::vector<double> nanoseconds;
  for (int repeat = 0; repeat < 5; ++repeat) {
    std::size_t sweeps = 0;
    const double begin = Now();
    for (; Now() - begin < seconds / 5.0; ++sweeps) sweep();
    nanoseconds.push_back(1e9 * (Now() - begin) / static_cast<double>(sweeps * kElements));
  }
  row.machine.Set("nanoseconds", Median(nanoseconds));
}

void MeasureDepth(const DeepNetwork& network, const DepthBudget& budget, const Dataset& images,
                  std::size_t threads, Measurement& row) {
  const DeepResult result = LearnDeep(network, budget, images, threads);
  for (std::size_t k = 0; k < budget.rates.size(); ++k) {
    row.values.Set(fmt::format("tried_{}", k + 1), budget.rates[k]);
    row.values.Set(fmt::format("held_out_{}", k + 1), result.held_out[k]);
  }
  row.values.Set("rate", budget.rates[result.best]);
  row.values.Set("held_out", result.held_out[result.best]);
  for (std::size_t i = 0; i < result.accuracy.size(); ++i) {
    row.values.Set(fmt::format("accuracy_{}", i + 1), result.accuracy[i]);
  }
  row.values.Set("diverged", static_cast<double>(result.diverged));
}

void MeasureUnits(const DeepNetwork& network, const DepthBudget& budget, const Dataset& images,
                  double rate, std::size_t seeds, Measurement& row) {
  std::vector<UnitHistory> histories;
  double diverged = 0.0;
  for (std::size_t i = 0; i < seeds; ++i) {
    histories.push_back(WatchUnits(network, budget, images, rate, kFirstFreshSeed + i));
    diverged += histories.back().diverged;
  }
  // Of a run that has diverged, what was last seen counts on.
  for (std::size_t epoch = 0; epoch <= budget.epochs; ++epoch) {
    double dead = 0.0, saturated = 0.0;
    for (const UnitHistory& each : histories) {
      const UnitCount& count = each.moments[std::min(epoch, each.moments.size() - 1)];
      dead += count.dead / static_cast<double>(seeds);
      saturated += count.saturated / static_cast<double>(seeds);
    }
    row.values.Set(fmt::format("dead_{}", epoch + 1), dead);
    row.values.Set(fmt::format("saturated_{}", epoch + 1), saturated);
  }
  for (const bool end : {false, true}) {
    const char* when = end ? "end" : "start";
    for (std::size_t l = 0; l < network.hidden_layers; ++l) {
      double zeros = 0.0;
      for (const UnitHistory& each : histories) {
        zeros += (end ? each.moments.back() : each.moments.front()).zeros[l];
      }
      row.values.Set(fmt::format("zeros_{}_{}", when, l + 1), zeros / static_cast<double>(seeds));
    }
    for (std::size_t i = 0; i < seeds; ++i) {
      const UnitCount& count = end ? histories[i].moments.back() : histories[i].moments.front();
      row.values.Set(fmt::format("{}_dead_{}", when, i + 1), count.dead);
      row.values.Set(fmt::format("{}_saturated_{}", when, i + 1), count.saturated);
    }
  }
  row.values.Set("diverged", diverged);
}

}  // namespace

// [at-depth]
std::vector<std::string> ActivationsAtDepth() {
  std::vector<std::string> chosen = {"sigmoid", "tanh", "relu"};
  for (const ActivationFamily& family : ActivationFamilies()) {
    const std::string first(family.members().front().name);
    if (std::find(chosen.begin(), chosen.end(), first) == chosen.end()) chosen.push_back(first);
  }
  return chosen;
}
// [at-depth]

bool IsNamedByArticle(std::string_view activation) {
  return activation == "sigmoid" || activation == "tanh" || activation == "relu";
}

std::vector<Task> ActivationTasks(const Scope& scope) {
  const bool quick = scope.profile == "quick";
  const DepthBudget budget = BudgetOf(scope);
  const auto images = MadeOnce([budget] {
    return HalvedImages(LoadData(kFashionMnistDirectory), budget.train + budget.held_out,
                        budget.test);
  });
  std::vector<Task> tasks;
  const auto add = [&](std::string series, Fields settings, auto measure) {
    tasks.push_back({std::move(series), std::move(settings), 0, measure});
  };
  for (const PlainFormula& formula : PlainFormulas()) {
    const std::size_t count = quick ? 1000 : 100000;
    add("formula",
        {{"formula", std::string(formula.name)},
         {"activation", std::string(formula.activation)},
         {"written", std::string(formula.text)},
         {"kind", formula.slope ? "slope" : "value"},
         {"tried", static_cast<double>(count)}},
        [&formula, count](Measurement& row) { MeasureFormula(formula, count, row); });
  }
  for (const ActivationFamily& family : ActivationFamilies()) {
    for (const ActivationInfo& info : family.members()) {
      add("cost", {{"activation", std::string(info.name)}, {"family", std::string(family.name)}},
          [&info, quick](Measurement& row) { MeasureCost(info, quick ? 0.01 : 0.25, row); });
    }
  }
  const auto settings = [&](const std::string& activation, std::size_t layers) {
    return Fields{{"activation", activation},
                  {"hidden_layers", static_cast<double>(layers)},
                  {"width", static_cast<double>(budget.width)},
                  {"samples", static_cast<double>(budget.train)},
                  {"epochs", static_cast<double>(budget.epochs)},
                  {"rates", static_cast<double>(budget.rates.size())},
                  {"tuning_seeds", static_cast<double>(budget.tuning_seeds)},
                  {"seeds", static_cast<double>(budget.final_seeds)}};
  };
  for (const std::size_t layers : budget.depths) {
    for (const std::string& activation : ActivationsAtDepth()) {
      add("depth", settings(activation, layers), [=, threads = scope.threads](Measurement& row) {
        MeasureDepth({activation, layers}, budget, images(), threads, row);
      });
    }
  }
  constexpr std::size_t kWatchedLayers = 4;
  for (const char* activation : {"sigmoid", "tanh", "relu", "leaky_relu"}) {
    for (const double rate : {0.1, 1.0}) {
      Fields watched = settings(activation, kWatchedLayers);
      watched.Set("rate", rate);
      add("units", watched, [=, seeds = scope.seeds](Measurement& row) {
        MeasureUnits({activation, kWatchedLayers}, budget, images(), rate, seeds, row);
      });
    }
  }
  for (Task& each : GradeTasks(scope)) tasks.push_back(std::move(each));
  return tasks;
}

std::vector<double> NumberedOf(const Measurement& row, std::string_view name) {
  std::vector<double> numbers;
  for (std::size_t i = 1;; ++i) {
    const std::string field = fmt::format("{}_{}", name, i);
    if (!row.values.Has(field)) return numbers;
    numbers.push_back(row.values.Number(field));
  }
}

namespace {

std::optional<Measurement> RowWhere(const Evidence& evidence, std::string_view series,
                                    std::string_view activation, std::string_view field,
                                    double number) {
  for (const Measurement& row : evidence.Series(series)) {
    if (row.settings.Text("activation") == activation && row.settings.Number(field) == number) {
      return row;
    }
  }
  return std::nullopt;
}

std::vector<double> SettingsIn(const Evidence& evidence, std::string_view series,
                               std::string_view field) {
  std::vector<double> found;
  for (const Measurement& row : evidence.Series(series)) {
    found.push_back(row.settings.Number(field));
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace

std::optional<Measurement> DepthRow(const Evidence& evidence, std::string_view activation,
                                    double hidden_layers) {
  return RowWhere(evidence, "depth", activation, "hidden_layers", hidden_layers);
}
std::vector<double> DepthsIn(const Evidence& evidence) {
  return SettingsIn(evidence, "depth", "hidden_layers");
}
std::vector<double> WatchedRates(const Evidence& evidence) {
  return SettingsIn(evidence, "units", "rate");
}
std::optional<Measurement> UnitRow(const Evidence& evidence, std::string_view activation,
                                   double rate) {
  return RowWhere(evidence, "units", activation, "rate", rate);
}

std::vector<CellPlateau> PlateausIn(const Evidence& evidence) {
  std::vector<CellPlateau> plateaus;
  if (evidence.comparison == nullptr) return plateaus;
  for (const ComparisonCell& cell : evidence.comparison->cells) {
    std::vector<double> rates, accuracies;
    for (const RateTrials& trials : cell.trials) {
      rates.push_back(static_cast<double>(trials.rate));
      accuracies.push_back(trials.mean());
    }
    if (rates.empty()) continue;
    const Plateau plateau = RatePlateau(rates, accuracies);
    plateaus.push_back({cell.settings.activation, plateau.decades, plateau.open});
  }
  return plateaus;
}

}  // namespace lanegrad
