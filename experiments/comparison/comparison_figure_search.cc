// SPDX-License-Identifier: Apache-2.0
//
// What each setting that was searched for does to each cell.
#include <fmt/format.h>

#include <algorithm>

#include "experiments/comparison/comparison_figure.h"
#include "experiments/runs/search.h"

namespace lanegrad {
namespace {

// Where the best of each cell lies, as the finding.
std::string SearchTitle(const Cells& cells, const SettingsField& field) {
  const ComparisonCell* best = nullptr;
  double low = 0.0, high = 0.0;
  for (const ComparisonCell& cell : cells) {
    if (cell.trials.empty() || !WhyIdle(field, cell.settings).empty()) continue;
    const double value = std::stod(field.get(cell.settings));
    low = best == nullptr ? value : std::min(low, value);
    high = best == nullptr ? value : std::max(high, value);
    if (best == nullptr || cell.trials[cell.best].mean() > best->trials[best->best].mean()) {
      best = &cell;
    }
  }
  if (best == nullptr) return fmt::format("{} has no effect", field.name);
  std::string title =
      fmt::format("{} is best at {} {}", best->Name(), field.name, field.get(best->settings));
  if (low < high) {
    title.append(fmt::format("; the best of all cells lie between {:.4g} and {:.4g}", low, high));
  }
  return title;
}

}  // namespace

std::string_view Tuned(const ComparisonFacts& facts) {
  return facts.searched.empty() ? "rate" : "settings";
}

LineFigure SearchFigure(const Cells& cells, const ComparisonFacts& facts,
                        const std::string& setting) {
  const SettingsField& field = FieldNamed(setting);
  const SearchRange::Scale scale =
      field.search(cells.empty() ? Settings() : cells.front().settings).scale;
  const bool rest = scale == SearchRange::Scale::kLogOfRest;
  std::string stem = setting;
  std::replace(stem.begin(), stem.end(), '-', '_');
  LineFigure figure = {
      .name = "compare_search_" + stem,
      .title = SearchTitle(cells, field),
      .subtitle = fmt::format("{}, accuracy on held-out samples after the last epoch; a dot is one "
                              "combination of {}, the mean of {}; × diverged",
                              facts.data, fmt::join(facts.searched, ", "), Seeds(facts.tune_seeds)),
      .x_label = rest ? fmt::format("1 − {}", setting)
                      : (setting == "rate" ? std::string("learning rate") : setting),
      .y_label = "accuracy, %",
      .x_log = scale != SearchRange::Scale::kLinear,
      .y_percent = true,
      .joined = false,
      .panels = {}};
  for (const ComparisonCell& cell : cells) {
    if (!WhyIdle(field, cell.settings).empty()) continue;
    std::vector<std::size_t> order(cell.trials.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto place = [&](std::size_t i) {
      const double value = std::stod(field.get(cell.trials[i].settings));
      return rest ? 1.0 - value : value;
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return place(a) < place(b); });
    LineSeries series = {.name = SeriesName(cell), .points = {}};
    for (const std::size_t i : order) {
      const RateTrials& trial = cell.trials[i];
      if (i == cell.best) series.best = static_cast<int>(series.points.size());
      series.points.push_back(
          {.x = place(i),
           .y = trial.mean(),
           .diverged = trial.outcomes.diverged == trial.outcomes.all(),
           .partly = trial.outcomes.diverged > 0,
           .note = fmt::format("{}: {}", TriedText(trial.settings, facts.searched),
                               Percent(trial.mean()))});
    }
    PanelOf(figure, PanelName(cell)).series.push_back(std::move(series));
  }
  if (figure.panels.empty()) figure.panels.emplace_back();
  return figure;
}

}  // namespace lanegrad
