// SPDX-License-Identifier: Apache-2.0
// Figures and tables on attacks and defences.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/comparison/comparison_figure.h"
#include "experiments/ethics/measures.h"
#include "experiments/ethics/pictures.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"
#include "experiments/verdicts/pair_verdicts.h"

namespace lanegrad {
namespace {

std::vector<double> Gap(const Measurement& row) {
  std::vector<double> gap = NumbersOf(row.values, "trained");
  const std::vector<double> others = NumbersOf(row.values, "others");
  gap.resize(std::min(gap.size(), others.size()));
  for (std::size_t s = 0; s < gap.size(); ++s) gap[s] -= others[s];
  return gap;
}

std::string FoundAt(double share) { return fmt::format("found_at_{}", share); }

// The cells that attacks and defences have in common.
void AddAttackCells(const Measurement& row, std::vector<Cell>& cells) {
  const auto mean = [&](std::string_view stem) -> Cell {
    const double value = Mean(NumbersOf(row.values, stem));
    return {Percent(value), value};
  };
  const double area = Mean(NumbersOf(row.values, "area"));
  const double gap = Mean(Gap(row));
  cells.push_back(mean("trained"));
  cells.push_back(mean("test"));
  cells.push_back({fmt::format("{:.1f}", 100.0 * gap), gap});
  cells.push_back({fmt::format("{:.3f}", area), area});
  cells.push_back(mean("advantage"));
  cells.push_back(mean(FoundAt(kFewFalse)));
}

const std::vector<Column> kAttackColumns = {
    {"training accuracy", true, ""},
    {"test accuracy", true, ""},
    {"gap", true, "training accuracy less that on others drawn alike, in points"},
    {"area", true, "probability that a member has the smaller loss than another"},
    {"advantage", true, "of the threshold at the mean training loss"},
    {"found at 1 %", true, "members named where 1 % of the others is"}};

Table AttackTableWith(std::string caption, std::vector<Column> first) {
  first.insert(first.end(), kAttackColumns.begin(), kAttackColumns.end());
  return {.caption = std::move(caption), .columns = std::move(first), .rows = {}};
}

}  // namespace

namespace {

// Advantage and gap of the attacks of a kind: "epochs" or "samples".
LineFigure AdvantageFigure(const Evidence& evidence, const std::string& kind,
                           const std::string& x_label) {
  LineFigure figure = {
      .name = "05_5_ethics_" + kind,
      .title = "",
      .subtitle =
          "what an attacker gains who names whatever has at most the mean training "
          "loss, and the gap of accuracies; mean of the seeds and 95 % interval",
      .x_label = x_label,
      .y_label = "points",
      .x_log = true,
      .y_low = 0.0,
      .panels = {}};
  LineSeries advantage = {.name = "advantage of the attack", .points = {}};
  LineSeries gap = {.name = "gap of accuracies", .points = {}};
  const auto points = [](std::vector<double> shares) {
    for (double& each : shares) each *= 100.0;
    return shares;
  };
  for (const Measurement& row : evidence.Series("attack")) {
    if (row.settings.Text("kind") != kind) continue;
    const double x = row.settings.Number(kind);
    advantage.points.push_back(SeedPoint(x, points(NumbersOf(row.values, "advantage"))));
    gap.points.push_back(SeedPoint(x, points(Gap(row))));
  }
  figure.title = fmt::format(
      "From {:.0f} to {:.0f} {}, the advantage of the attack goes from {:.1f} to {:.1f} points",
      advantage.points.front().x, advantage.points.back().x, kind, advantage.points.front().y,
      advantage.points.back().y);
  figure.panels.push_back(
      {.title = "", .series = {std::move(advantage), std::move(gap)}, .marks = {}});
  return figure;
}

}  // namespace

Figure AttackFigure(const Evidence& evidence) {
  return AdvantageFigure(evidence, "epochs", "epochs");
}

Figure SamplesFigure(const Evidence& evidence) {
  return AdvantageFigure(evidence, "samples", "training samples");
}

Figure RocFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "05_5_ethics_roc",
                       .title = "",
                       .subtitle =
                           "members and others that a threshold on the loss names, mean of the "
                           "seeds; dashed: guessing",
                       .x_label = "others that are named (%)",
                       .y_label = "members that are named (%)",
                       .x_log = true,
                       .y_log = true,
                       .panels = {}};
  LinePanel panel = {.title = "", .series = {}};
  double found = 0.0;
  for (const Measurement& row : evidence.Series("attack")) {
    if (row.settings.Text("kind") != "epochs") continue;
    LineSeries series = {.name = row.settings.Text("epochs") + " epochs", .points = {}};
    for (const double share : kFalseShares) {
      const double named = Mean(NumbersOf(row.values, FoundAt(share)));
      if (named > 0.0) series.points.push_back({.x = 100.0 * share, .y = 100.0 * named});
      if (share == kFewFalse) found = named;
    }
    panel.series.push_back(std::move(series));
  }
  LineSeries guessing = {.name = "guessing", .points = {}, .theory = true};
  for (const double share : kFalseShares) {
    guessing.points.push_back({.x = 100.0 * share, .y = 100.0 * share});
  }
  panel.series.push_back(std::move(guessing));
  figure.panels.push_back(std::move(panel));
  figure.title = fmt::format(
      "With one false alarm in a hundred, the attack on the longest training finds {:.1f} members "
      "in a hundred",
      100.0 * found);
  return figure;
}

Figure DefenceFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "05_5_ethics_defences",
                       .title = "",
                       .subtitle =
                           "each point a defence of one strength, mean of the seeds; best is "
                           "right and low; dashed: guessing",
                       .x_label = "test accuracy (%)",
                       .y_label = "area under the curve",
                       .joined = false,
                       .panels = {}};
  LinePanel panel = {.title = "", .series = {}};
  double least = HUGE_VAL, none = 0.0, left = HUGE_VAL, right = -HUGE_VAL;
  for (const Measurement& row : evidence.Series("defence")) {
    const std::string defence = row.settings.Text("defence");
    const double x = 100.0 * Mean(NumbersOf(row.values, "test"));
    LinePoint point = {.x = x,
                       .y = Mean(NumbersOf(row.values, "area")),
                       .note = "strength " + row.settings.Text("strength")};
    if (panel.series.empty() || panel.series.back().name != defence) {
      panel.series.push_back({.name = defence, .points = {}});
    }
    if (panel.series.size() == 1) none = point.y;
    least = std::min(least, point.y);
    left = std::min(left, x);
    right = std::max(right, x);
    panel.series.back().points.push_back(std::move(point));
  }
  for (LineSeries& series : panel.series) {
    std::sort(series.points.begin(), series.points.end(),
              [](const LinePoint& a, const LinePoint& b) { return a.x < b.x; });
  }
  panel.series.push_back({.name = "guessing",
                          .points = {{.x = left, .y = 0.5}, {.x = right, .y = 0.5}},
                          .theory = true});
  figure.panels.push_back(std::move(panel));
  figure.title = fmt::format(
      "Defences bring the area under the curve from {:.2f} down to {:.2f}; guessing is 0.5", none,
      least);
  return figure;
}

NamedTable AttackTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "attacks",
      .table = AttackTableWith("What losses give away, mean of the seeds",
                               {{"samples", true, "learned from"}, {"epochs", true, ""}})};
  for (const Measurement& row : evidence.Series("attack")) {
    std::vector<Cell> cells;
    for (const char* setting : {"samples", "epochs"}) {
      cells.push_back({row.settings.Text(setting), row.settings.Number(setting)});
    }
    AddAttackCells(row, cells);
    named.table.rows.push_back(std::move(cells));
  }
  return named;
}

NamedTable DefenceTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "defences",
      .table = AttackTableWith("Defences, each at its own best rate, mean of the seeds",
                               {{"defence", false, ""},
                                {"strength", true,
                                 "weight of the penalty, share of hidden units, "
                                 "deviation, or epochs of patience"}})};
  for (const Measurement& row : evidence.Series("defence")) {
    const double strength = row.settings.Number("strength");
    std::vector<Cell> cells = {{row.settings.Text("defence")},
                               {row.settings.Text("strength"), strength}};
    AddAttackCells(row, cells);
    named.table.rows.push_back(std::move(cells));
  }
  return named;
}

}  // namespace lanegrad
