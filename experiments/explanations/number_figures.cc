// SPDX-License-Identifier: Apache-2.0
// Figures and tables of numbers: decisions kept, likeness of maps, confusion.
#include <fmt/format.h>

#include <algorithm>

#include "experiments/explanations/explanation_figures.h"
#include "experiments/explanations/findings.h"
#include "experiments/explanations/measures.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

LinePoint PointOf(double x, const std::vector<double>& values) {
  const Interval interval = MeanInterval(values);
  return {.x = x, .y = Mean(values), .low = interval.low, .high = interval.high, .note = ""};
}

std::string PairsText(const Evidence& evidence) {
  return fmt::format("{} networks, 95 % interval of the mean",
                     ListOf(evidence, "deletion", "random", fmt::format("kept_{}", kTop)).size());
}

std::vector<MapKindInfo> NetworkMaps() {
  std::vector<MapKindInfo> kinds;
  for (const MapKindInfo& kind : kMapKinds) {
    if (kind.kind != MapKind::kContrast) kinds.push_back(kind);
  }
  return kinds;
}

// The orders of deletion: random, then every map; name and text.
std::vector<std::pair<std::string, std::string>> Orders() {
  std::vector<std::pair<std::string, std::string>> orders = {{"random", "random pixels"}};
  for (const MapKindInfo& kind : kMapKinds) {
    orders.emplace_back(std::string(kind.name), std::string(kind.text));
  }
  return orders;
}

Cell NumberCell(double value) { return {fmt::format("{:.2f}", value), value}; }
Cell PercentCell(double share) { return {fmt::format("{:.1f} %", 100.0 * share), share}; }

struct Against {
  const char *stem, *text;
};
constexpr Against kAgainst[] = {
    {"twin", "trained twin"},
    {"decayed_twin", "twins with weight decay"},
    {"tiny_change", "picture changed a little"},
    {"redrawn_3", "untrained network"},
    {"few_twin", "twin, few pictures by heart"},
    {"random_labels", "the same, random labels"},
};

}  // namespace

Figure DeletionFigure(const Evidence& evidence) {
  const std::string top = fmt::format("kept_{}", kTop);
  const auto kept = [&](std::string_view name) {
    return Mean(ListOf(evidence, "deletion", name, top));
  };
  const std::vector<MapKindInfo> kinds = NetworkMaps();
  const auto best = std::min_element(kinds.begin(), kinds.end(), [&](const auto& a, const auto& b) {
    return kept(a.name) < kept(b.name);
  });
  LineFigure figure = {
      .name = "05_4_interpretability_deletion",
      .title =
          fmt::format("Without 5 % of the pixels {:.0f} % of the decisions stay if the best map "
                      "({}) chooses them, {:.0f} % if chance does",
                      100.0 * kept(best->name), best->text, 100.0 * kept("random")),
      .subtitle = PairsText(evidence) + "; a pixel that goes becomes that of the mean picture",
      .x_label = "pixels taken away, the most important first, %",
      .y_label = "decisions that stay, %",
      .x_log = true,
      .y_percent = true,
      .all_coloured = true,
      .panels = {{.title = "", .series = {}}}};
  for (const auto& [name, text] : Orders()) {
    LineSeries series = {.name = text, .points = {}};
    for (const std::size_t count : kDeleted) {
      series.points.push_back(
          PointOf(100.0 * static_cast<double>(count) / 784.0,
                  ListOf(evidence, "deletion", name, fmt::format("kept_{}", count))));
    }
    figure.panels[0].series.push_back(std::move(series));
  }
  return figure;
}

Figure LikenessFigure(const Evidence& evidence) {
  DotFigure figure = {
      .name = "05_4_interpretability_likeness",
      .title = fmt::format("Rank correlation of a gradient's map with a twin's is {:.2f}, with an "
                           "untrained network's {:.2f}",
                           Mean(ListOf(evidence, "likeness", "gradient", "twin")),
                           Mean(ListOf(evidence, "likeness", "gradient", "redrawn_3"))),
      .subtitle = PairsText(evidence) + "; a pale dot a network",
      .x_label = "rank correlation of the two maps",
      .rows = {}};
  for (const MapKindInfo& kind : NetworkMaps()) {
    for (const Against& against : kAgainst) {
      const std::vector<double> values = ListOf(evidence, "likeness", kind.name, against.stem);
      const Interval interval = MeanInterval(values);
      figure.rows.push_back({.label = fmt::format("{}: {}", kind.text, against.text),
                             .group = std::string(kind.text),
                             .value = Mean(values),
                             .low = interval.low,
                             .high = interval.high,
                             .points = values,
                             .text = fmt::format("{:.2f}", Mean(values)),
                             .note = ""});
    }
  }
  return figure;
}

Figure CascadeFigure(const Evidence& evidence) {
  const auto last = [&](std::string_view name) {
    return Mean(ListOf(evidence, "likeness", name, "redrawn_3"));
  };
  LineFigure figure = {
      .name = "05_4_interpretability_cascade",
      .title = fmt::format("When nothing that was learned is left, gradients correlate by {:.2f} "
                           "with what they were, integrated ones by {:.2f}",
                           last("gradient"), last("integrated")),
      .subtitle = PairsText(evidence) + "; dashed: a trained twin",
      .x_label = "layers drawn anew, from the last one back",
      .y_label = "rank correlation with the map before",
      .x_whole = true,
      .panels = {}};
  for (const MapKindInfo& kind : NetworkMaps()) {
    LineSeries series = {.name = "layers drawn anew", .points = {{.x = 0.0, .y = 1.0}}};
    for (int layers = 1; layers <= 3; ++layers) {
      series.points.push_back(PointOf(
          layers, ListOf(evidence, "likeness", kind.name, fmt::format("redrawn_{}", layers))));
    }
    const double twin = Mean(ListOf(evidence, "likeness", kind.name, "twin"));
    LineSeries theory = {.name = "trained twin",
                         .points = {{.x = 0.0, .y = twin}, {.x = 3.0, .y = twin}},
                         .theory = true};
    figure.panels.push_back({.title = std::string(kind.text), .series = {series, theory}});
  }
  return figure;
}

Figure ConfusionFigure(const Evidence& evidence) {
  const Measurement row = NamedRow(evidence, "mistakes", "plain");
  HeatMap figure = {.name = "05_4_interpretability_confusion",
                    .title = "",
                    .subtitle = "test pictures of the first network; rows: what a picture is",
                    .x_label = "what the network says",
                    .value_label = "share of the pictures of a class",
                    .percent = true,
                    .columns = {},
                    .rows = {}};
  double worst = -1.0;
  for (int label = 0; label < 10; ++label) {
    const std::string name = row.values.Text(fmt::format("class_{}", label));
    figure.columns.push_back(name);
    HeatRow cells = {.label = name, .cells = {}};
    double all = 0.0;
    const auto count = [&](int named) {
      return row.values.Number(fmt::format("count_{}_{}", label, named));
    };
    for (int named = 0; named < 10; ++named) all += count(named);
    for (int named = 0; named < 10; ++named) {
      const double share = all != 0.0 ? count(named) / all : 0.0;
      cells.cells.push_back({.value = share, .note = ""});
      if (named == label || share <= worst) continue;
      worst = share;
      figure.title = fmt::format(
          "{:.0f} % of the class {} are taken for {}: no other confusion is "
          "as frequent",
          100.0 * share, name, row.values.Text(fmt::format("class_{}", named)));
    }
    figure.rows.push_back(std::move(cells));
  }
  return figure;
}

NamedTable TrainingTable(const Evidence& evidence) {
  NamedTable named = {.name = "training",
                      .table = {.caption = "The networks that are explained, means over seeds",
                                .columns = {{"taught", false, ""},
                                            {"rate", true,
                                             "the best of those tried, or the plain "
                                             "one's"},
                                            {"right in training", true, "in the last epoch"},
                                            {"right in test", true, ""},
                                            {"smoothness", true,
                                             "correlation of neighbouring first-layer weights"}},
                                .rows = {}}};
  for (const Measurement& row : evidence.Series("training")) {
    const std::string recipe = row.settings.Text("recipe");
    const auto list = [&](const char* stem) { return ListOf(evidence, "training", recipe, stem); };
    const std::vector<double> smooth = list("smoothness");
    std::string text = recipe;
    std::replace(text.begin(), text.end(), '_', ' ');
    named.table.rows.push_back(
        {{text},
         {fmt::format("{:.3g}", row.values.Number("rate")), row.values.Number("rate")},
         PercentCell(Mean(list("train_accuracy"))),
         PercentCell(Mean(list("accuracy"))),
         smooth.empty() ? Cell{""} : NumberCell(Mean(smooth))});
  }
  return named;
}

NamedTable DeletionTable(const Evidence& evidence) {
  NamedTable named = {.name = "deletion",
                      .table = {.caption = "Decisions that stay when so many pixels go",
                                .columns = {{"order", false, ""}},
                                .rows = {}}};
  for (const std::size_t count : kDeleted) {
    named.table.columns.push_back(
        {fmt::format("{:.0f} %", 100.0 * static_cast<double>(count) / 784.0), true,
         fmt::format("{} pixels", count)});
  }
  for (const auto& [name, text] : Orders()) {
    std::vector<Cell> cells = {{text}};
    for (const std::size_t count : kDeleted) {
      cells.push_back(
          PercentCell(Mean(ListOf(evidence, "deletion", name, fmt::format("kept_{}", count)))));
    }
    named.table.rows.push_back(std::move(cells));
  }
  return named;
}

NamedTable LikenessTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "likeness",
      .table = {.caption = "Rank correlation of the map of a picture with another, mean over seeds",
                .columns = {{"compared with", false, ""}},
                .rows = {}}};
  for (const MapKindInfo& kind : NetworkMaps()) {
    named.table.columns.push_back({std::string(kind.text), true, ""});
  }
  for (const Against& against : kAgainst) {
    std::vector<Cell> cells = {{against.text}};
    for (const MapKindInfo& kind : NetworkMaps()) {
      cells.push_back(NumberCell(Mean(ListOf(evidence, "likeness", kind.name, against.stem))));
    }
    named.table.rows.push_back(std::move(cells));
  }
  return named;
}

NamedTable NeighbourTable(const Evidence& evidence) {
  NamedTable named = {.name = "neighbours",
                      .table = {.caption = "Who decides, and how often it is right",
                                .columns = {{"decided by", false, ""}, {"right", true, ""}},
                                .rows = {}}};
  for (const Against& each : {Against{"network", "the network"},
                              {"hidden", "ten neighbours in its last hidden layer"},
                              {"pixels", "ten neighbours in pixels"}}) {
    named.table.rows.push_back(
        {{each.text}, PercentCell(Mean(ListOf(evidence, "neighbours", "plain", each.stem)))});
  }
  return named;
}

}  // namespace lanegrad
