// SPDX-License-Identifier: Apache-2.0
//
// The whole grid at a glance: each cell at its best rate.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "experiments/comparison/comparison_figure.h"

namespace lanegrad {

namespace {

constexpr double kNone = -std::numeric_limits<double>::infinity();

}  // namespace

HeatMap CellMap(const Cells& cells, const ComparisonFacts& facts) {
  HeatMap map = {
      .name = "compare_cells",
      .subtitle = fmt::format("{}, test {} at the best {}{}; mean of {}; "
                              "outlined: the best of its column",
                              facts.data, ScoreName(facts.score), Tuned(facts),
                              IsShare(facts.score) ? ", %" : "", RunsOf(facts, facts.final_seeds)),
      .x_label = "",
      .value_label = fmt::format("test {}", ScoreName(facts.score)),
      .percent = IsShare(facts.score),
      .large = true};
  for (const ComparisonCell& cell : cells) {
    const std::string column = PanelName(cell);
    if (std::find(map.columns.begin(), map.columns.end(), column) == map.columns.end()) {
      map.columns.push_back(column);
    }
  }
  std::vector<double> best(map.columns.size(), kNone);
  std::vector<std::size_t> best_row(map.columns.size(), 0);
  for (const ComparisonCell& cell : cells) {
    auto row = std::find_if(map.rows.begin(), map.rows.end(),
                            [&](const HeatRow& each) { return each.label == SeriesName(cell); });
    if (row == map.rows.end()) {
      map.rows.push_back(
          {.label = SeriesName(cell),
           .cells = std::vector<HeatCell>(map.columns.size(), {.value = NAN, .note = {}})});
      row = std::prev(map.rows.end());
    }
    const auto c = static_cast<std::size_t>(
        std::find(map.columns.begin(), map.columns.end(), PanelName(cell)) - map.columns.begin());
    const double mean = Mean(cell.test);
    row->cells[c] = {
        .value = mean,
        .diverged =
            !cell.test.empty() && cell.test_outcomes.ok == 0 && cell.test_outcomes.stuck == 0,
        .note = fmt::format("{}: {}, {}, {}", cell.Name(), ScoreText(facts.score, mean),
                            cell.BestText(), cell.verdict)};
    if (mean > best[c]) {
      best[c] = mean;
      best_row[c] = static_cast<std::size_t>(row - map.rows.begin());
    }
  }
  // The finding: whether one value of the first axis is best everywhere.
  bool one = true;
  for (std::size_t c = 0; c < map.columns.size(); ++c) {
    if (best[c] == kNone) continue;
    map.rows[best_row[c]].cells[c].best = true;
    one = one && best_row[c] == best_row[0];
  }
  std::vector<std::string> axes;
  for (const Axis& axis : AxesButRate(facts.grid)) axes.push_back(axis.setting);
  if (!map.rows.empty() && axes.size() > 1) {
    const std::string others = fmt::format("{}", fmt::join(axes.begin() + 1, axes.end(), " and "));
    map.title = one ? fmt::format("{} has the highest mean for every {}",
                                  map.rows[best_row[0]].label, others)
                    : fmt::format("Which {} has the highest mean depends on {}", axes[0], others);
    map.x_label = others;
  }
  return map;
}

}  // namespace lanegrad
