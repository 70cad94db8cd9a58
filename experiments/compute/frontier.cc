// SPDX-License-Identifier: Apache-2.0
#include "experiments/compute/frontier.h"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/compute/workload.h"
#include "experiments/records/numbered.h"

namespace lanegrad {
namespace {

std::vector<double> Gains(const Budget& from, const Budget& to) {
  const std::vector<double>&a = to.Best().accuracy, &b = from.Best().accuracy;
  std::vector<double> gains;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) gains.push_back(a[i] - b[i]);
  return gains;
}

std::vector<double> ScaledBy(double factor, std::vector<double> values) {
  for (double& each : values) each *= factor;
  return values;
}

}  // namespace

const BudgetCell& Budget::Best() const {
  return *std::max_element(cells.begin(), cells.end(),
                           [](const auto& a, const auto& b) { return a.held_out < b.held_out; });
}

std::vector<Budget> BudgetsOf(const Evidence& evidence) {
  std::vector<Budget> budgets;
  for (const Measurement& row : evidence.Series("budget")) {
    const double work = row.settings.Number("work");
    if (budgets.empty() || budgets.back().work != work) {
      budgets.push_back({.work = work, .cells = {}});
    }
    budgets.back().cells.push_back({.width = row.settings.Number("width"),
                                    .held_out = row.values.Number("held_out"),
                                    .accuracy = NumbersOf(row.values, "final")});
  }
  return budgets;
}

std::vector<Reach> ReachesOf(const Evidence& evidence) {
  std::vector<Reach> reaches;
  for (const Measurement& row : evidence.Series("reach")) {
    const double width = row.settings.Number("width");
    const std::vector<double> samples = NumbersOf(row.values, "samples");
    reaches.push_back({.width = width,
                       .reached = row.values.Number("reached"),
                       .samples = samples,
                       .work = ScaledBy(TrainingWork(static_cast<std::size_t>(width)), samples),
                       .seconds = NumbersOf(row.machine, "seconds")});
  }
  return reaches;
}

// [pairs]
std::vector<SeedPairs> ComputePairs(const Evidence& evidence) {
  std::vector<SeedPairs> all;
  const std::vector<Budget> budgets = BudgetsOf(evidence);
  for (std::size_t i = 0; i + 1 < budgets.size(); ++i) {
    all.push_back({.family = "tenfold",
                   .name = "to " + WorkText(budgets[i + 1].work),
                   .a = budgets[i + 1].Best().accuracy,
                   .b = budgets[i].Best().accuracy});
  }
  for (std::size_t i = 0; i + 2 < budgets.size(); ++i) {
    all.push_back({.family = "less",
                   .name = "beyond " + WorkText(budgets[i + 1].work),
                   .a = Gains(budgets[i], budgets[i + 1]),
                   .b = Gains(budgets[i + 1], budgets[i + 2])});
  }
  for (const Budget& budget : budgets) {
    for (std::size_t i = 0; i + 1 < budget.cells.size(); ++i) {
      all.push_back(
          {.family = "wider",
           .name = fmt::format("{} at {}", budget.cells[i + 1].width, WorkText(budget.work)),
           .a = budget.cells[i + 1].accuracy,
           .b = budget.cells[i].accuracy});
    }
  }
  if (!budgets.empty()) {
    const std::vector<BudgetCell>&least = budgets.front().cells, &most = budgets.back().cells;
    const std::size_t wide = least.size() - 1;  // what takes part at the least budget does at all
    all.push_back({.family = "grows",
                   .name = fmt::format("{} over {} at {}", least[0].width, least[wide].width,
                                       WorkText(budgets.front().work)),
                   .a = least[0].accuracy,
                   .b = least[wide].accuracy});
    all.push_back({.family = "grows",
                   .name = fmt::format("{} over {} at {}", most[wide].width, most[0].width,
                                       WorkText(budgets.back().work)),
                   .a = most[wide].accuracy,
                   .b = most[0].accuracy});
  }
  const std::vector<Reach> reaches = ReachesOf(evidence);
  for (std::size_t i = 0; i + 1 < reaches.size(); ++i) {
    const std::string name = fmt::format("{} against {}", reaches[i + 1].width, reaches[i].width);
    all.push_back(
        {.family = "samples", .name = name, .a = reaches[i].samples, .b = reaches[i + 1].samples});
    all.push_back({.family = "work", .name = name, .a = reaches[i].work, .b = reaches[i + 1].work});
  }
  JudgeTogether(all);
  return all;
}
// [pairs]

std::vector<SeedPairs> ComputeFamily(const Evidence& evidence, std::string_view family) {
  return FamilyOf(ComputePairs(evidence), family);
}

}  // namespace lanegrad
