// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "experiments/runner.h"

namespace lanegrad {
namespace {

// What makes two runs of the same cell: all settings but rate and seed.
std::string CellKey(Settings settings) {
  settings.rate = 0.0f;
  settings.seed = 0;
  return Canonical(settings);
}

bool Diverged(const Json& record) { return record.at("status") == "diverged"; }

}  // namespace

std::string ComparisonCell::Name() const { return fmt::format("{}", fmt::join(labels, " · ")); }

std::vector<ComparisonCell> CellsFromTrials(const Settings& base, std::span<const Axis> grid,
                                            std::span<const Json> records, double chance) {
  std::vector<Axis> axes;
  for (const Axis& axis : grid) {
    if (axis.setting != "rate") axes.push_back(axis);
  }
  // Records hold resolved settings; so cells are found by what their records say of
  // the axes, not by the unresolved settings of the grid.
  std::map<std::string, std::size_t> places;
  std::vector<ComparisonCell> cells;
  for (const Settings& each : Combinations(base, axes)) {
    ComparisonCell cell;
    cell.settings = each;
    for (const Axis& axis : axes) cell.labels.push_back(FieldNamed(axis.setting).get(each));
    places[cell.Name()] = cells.size();
    cells.push_back(std::move(cell));
  }
  for (const Json& record : records) {
    const Settings settings = SettingsFromJson(record.at("settings"));
    ComparisonCell probe;
    for (const Axis& axis : axes) probe.labels.push_back(FieldNamed(axis.setting).get(settings));
    const auto place = places.find(probe.Name());
    if (place == places.end()) continue;
    ComparisonCell& cell = cells[place->second];
    auto trial = std::find_if(cell.trials.begin(), cell.trials.end(),
                              [&](const RateTrials& t) { return t.rate == settings.rate; });
    if (trial == cell.trials.end()) {
      cell.trials.push_back({.rate = settings.rate, .accuracies = {}, .diverged = 0});
      trial = std::prev(cell.trials.end());
    }
    const bool diverged = Diverged(record);
    trial->diverged += diverged;
    trial->accuracies.push_back(
        diverged ? chance : FromJson(record.at("epochs").back().at("validation_accuracy")));
    cell.settings = settings;
  }
  for (ComparisonCell& cell : cells) {
    std::sort(cell.trials.begin(), cell.trials.end(),
              [](const RateTrials& a, const RateTrials& b) { return a.rate < b.rate; });
    for (std::size_t i = 1; i < cell.trials.size(); ++i) {
      if (cell.trials[i].mean() > cell.trials[cell.best].mean()) cell.best = i;
    }
    if (!cell.trials.empty()) cell.settings.rate = cell.trials[cell.best].rate;
  }
  return cells;
}

void RankByTest(std::vector<ComparisonCell>& cells, std::span<const Json> records, double chance) {
  std::map<std::string, std::map<std::uint64_t, const Json*>> by_cell;
  for (const Json& record : records) {
    const Settings settings = SettingsFromJson(record.at("settings"));
    by_cell[CellKey(settings)][settings.seed] = &record;
  }
  for (ComparisonCell& cell : cells) {
    for (const auto& [seed, record] : by_cell[CellKey(cell.settings)]) {
      cell.test_diverged += Diverged(*record);
      cell.test.push_back(Diverged(*record) ? chance : FromJson(record->at("test_accuracy")));
    }
  }
  std::stable_sort(
      cells.begin(), cells.end(),
      [](const ComparisonCell& a, const ComparisonCell& b) { return Mean(a.test) > Mean(b.test); });
  std::vector<double> p;
  for (std::size_t i = 1; i < cells.size(); ++i) {
    p.push_back(ComparePairs(cells[0].test, cells[i].test).p);
  }
  const std::vector<double> adjusted = HolmAdjust(p);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    cells[i].verdict = i == 0 ? "best" : adjusted[i - 1] <= 0.05 ? "worse" : "no difference shown";
  }
}

}  // namespace lanegrad
