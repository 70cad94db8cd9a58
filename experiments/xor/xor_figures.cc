// SPDX-License-Identifier: Apache-2.0
//
// The pictures of chapter 4.3.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/plane/plane.h"
#include "experiments/xor/xor_tasks.h"

namespace lanegrad {
namespace {

constexpr PlaneGrid kGrid = {.left = -0.5, .right = 1.5, .bottom = -0.5, .top = 1.5, .side = 40};
constexpr std::string_view kRowNames[] = {"0 xor 0", "0 xor 1", "1 xor 0", "1 xor 1"};

std::string Percent(double share) { return fmt::format("{:.0f} %", 100.0 * share); }

std::string Name(const Measurement& row) { return row.settings.Text("activation"); }

Network LayersOf(const XorNetwork& xor_network) {
  const std::size_t sizes[] = {2, 2, 1};
  Network network(sizes, xor_network.activation, Activation::Named("sigmoid"));
  Layer& hidden = network.layers()[0];
  Layer& output = network.layers()[1];
  for (std::size_t j = 0; j < 2; ++j) {
    for (std::size_t i = 0; i < 2; ++i) hidden.weights(i, j) = xor_network.w1[i * 2 + j];
    hidden.bias[j] = xor_network.b1[j];
    output.weights(j, 0) = xor_network.w2[j];
  }
  output.bias[0] = xor_network.b2;
  return network;
}

DotRow DotOf(const Measurement& row, std::string label, std::string group) {
  const XorShare share = ShareOf(row);
  return {.label = std::move(label),
          .group = std::move(group),
          .value = share.share(),
          .low = share.interval.low,
          .high = share.interval.high,
          .note = fmt::format("{} of {} seeds, rate {:.2g}", share.learned, share.seeds,
                              row.values.Number("rate"))};
}

std::string Interval95(const Evidence& evidence) {
  return fmt::format("{} seeds a setting, Wilson's 95 % interval", evidence.scope.seeds);
}

}  // namespace

Figure StepsFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "04_3_xor_steps",
                       .title = "",
                       .subtitle = "2-2-1, one seed each; the first seed that learns",
                       .x_label = "steps of gradient descent",
                       .y_label = "answer; mean squared error",
                       .dots = false,
                       .all_coloured = true,
                       .panels = {}};
  for (const Measurement& row : evidence.Series("demonstration")) {
    LinePanel panel = {.title = Name(row), .series = {}};
    const auto shown = static_cast<std::size_t>(std::clamp(row.values.Number("shown"), 0.0, 200.0));
    const auto add = [&](std::string_view name, const std::string& field) {
      LineSeries series = {.name = std::string(name), .points = {}};
      for (std::size_t k = 1; k <= shown && row.values.Has(fmt::format("{}_{}", field, k)); ++k) {
        series.points.push_back({.x = row.values.Number(fmt::format("step_{}", k)),
                                 .y = row.values.Number(fmt::format("{}_{}", field, k))});
      }
      panel.series.push_back(std::move(series));
    };
    for (std::size_t s = 0; s < kXorRows; ++s) add(kRowNames[s], fmt::format("answer{}", s + 1));
    add("loss", "loss");
    figure.panels.push_back(std::move(panel));
    figure.title += fmt::format("{}{} {} steps ({})", figure.title.empty() ? "" : ", ",
                                row.values.Number("learned") == 1.0 ? "after" : "not within",
                                row.values.Number("steps"), Name(row));
  }
  figure.title = "All four answers are right " + figure.title;
  return figure;
}

Figure WeightsDiagram(const Evidence& evidence) {
  NetworkDiagram figure = {
      .name = "04_3_xor_network",
      .title = "",
      .subtitle = "2-2-1, trained, then rounded; the numbers are in the tables by hand",
      .panels = {}};
  double decimals = 0.0;
  std::size_t right = 0, all = 0;
  for (const Measurement& row : evidence.Series("demonstration")) {
    const XorNetwork network = DemonstratedNetwork(row, "rounded");
    figure.panels.push_back(
        {.title =
             fmt::format("{}, seed {}", Name(row), row.values.Number("first_seed_that_learned")),
         .layers = {{.label = "inputs", .units = {"x1", "x2"}},
                    {.label = "hidden units",
                     .units = {"h1", "h2"},
                     .weights = {network.w1[0], network.w1[1], network.w1[2], network.w1[3]},
                     .biases = {network.b1[0], network.b1[1]}},
                    {.label = "output",
                     .units = {"out"},
                     .weights = {network.w2[0], network.w2[1]},
                     .biases = {network.b2}}}});
    decimals = std::max(decimals, row.values.Number("decimals"));
    const XorPass pass = Forward(network);
    for (std::size_t s = 0; s < kXorRows; ++s, ++all) {
      right += std::fabs(pass.a2[s] - kXorTargets[s]) <= kXorRoundedMargin;
    }
  }
  figure.title =
      fmt::format("With weights rounded to {} {} of {} answers are within {:.1f} of the target",
                  decimals == 0.0 ? "whole numbers" : fmt::format("{} decimals", decimals), right,
                  all, kXorRoundedMargin);
  return figure;
}

Figure PlaneFigure(const Evidence& evidence) {
  ImageFigure figure = {.name = "04_3_xor_plane",
                        .title = "",
                        .subtitle = "rounded weights; discs and squares are the four rows",
                        .value_label = "answer (-1: surely 0, 1: surely 1)",
                        .x_label = "x1",
                        .y_label = "x2",
                        .diverging = true,
                        .low = -1.0,
                        .high = 1.0,
                        .x_ends = {kGrid.left, kGrid.right},
                        .y_ends = {kGrid.bottom, kGrid.top},
                        .in_row = 2,
                        .panels = {}};
  std::size_t right = 0, all = 0;
  for (const Measurement& row : evidence.Series("demonstration")) {
    const XorNetwork network = DemonstratedNetwork(row, "rounded");
    ImagePanel panel = {.title = Name(row),
                        .rows = kGrid.side,
                        .columns = kGrid.side,
                        .values = AnswerOverPlane(LayersOf(network), kGrid)};
    const double side = static_cast<double>(kGrid.side), scale = side / (kGrid.right - kGrid.left);
    const XorPass pass = Forward(network);
    for (std::size_t s = 0; s < kXorRows; ++s) {
      panel.points.push_back({.x = scale * (kXorInputs[s][0] - kGrid.left),
                              .y = scale * (kGrid.top - kXorInputs[s][1]),
                              .group = static_cast<std::size_t>(kXorTargets[s])});
      right += (pass.a2[s] > 0.5f) == (kXorTargets[s] > 0.5f);
      ++all;
    }
    figure.panels.push_back(std::move(panel));
  }
  figure.title = fmt::format(
      "Two hidden units make a strip: {} of {} points lie on their side of it", right, all);
  return figure;
}

Figure WidthFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "04_3_xor_width",
                       .title = "",
                       .subtitle = Interval95(evidence),
                       .x_label = "hidden units",
                       .y_label = "seeds that learn (%)",
                       .x_log = true,
                       .y_percent = true,
                       .x_whole = true,
                       .y_low = 0.0,
                       .y_high = 1.0,
                       .panels = {}};
  LinePanel panel = {.title = "", .series = {}};
  std::string narrow, wide;
  const std::vector<std::size_t> widths = XorWidths(evidence.scope.profile);
  for (const std::string& activation : ArticleActivations()) {
    LineSeries series = {.name = activation, .points = {}};
    for (const std::size_t width : widths) {
      const XorShare share = ShareOf(CellRow(evidence, {.width = width, .activation = activation}));
      series.points.push_back({.x = static_cast<double>(width),
                               .y = share.share(),
                               .low = share.interval.low,
                               .high = share.interval.high,
                               .note = fmt::format("{} of {}", share.learned, share.seeds)});
    }
    const char* comma = narrow.empty() ? "" : ", ";
    narrow += fmt::format("{}{} {}", comma, activation, Percent(series.points.front().y));
    wide += fmt::format("{}{}", comma, Percent(series.points.back().y));
    panel.series.push_back(std::move(series));
  }
  figure.title = fmt::format("With {} hidden units so many learn: {}; with {}: {}", widths.front(),
                             narrow, widths.back(), wide);
  figure.panels = {std::move(panel)};
  return figure;
}

Figure ActivationFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "04_3_xor_activations",
                      .title = "",
                      .subtitle = Interval95(evidence),
                      .x_label = "seeds that learn with two hidden units (%)",
                      .percent = true,
                      .keys = true,
                      .rows = {}};
  for (const ActivationInfo& info : Activations()) {
    const XorCell cell = {.width = 2, .activation = std::string(info.name)};
    if (!HasCell(evidence, cell)) continue;
    const bool article = std::ranges::count(ArticleActivations(), cell.activation) > 0;
    figure.rows.push_back(DotOf(CellRow(evidence, cell), cell.activation,
                                article ? "named by the article" : "not named by the article"));
  }
  std::ranges::stable_sort(figure.rows,
                           [](const DotRow& a, const DotRow& b) { return a.value > b.value; });
  figure.title =
      fmt::format("From {} ({}) to {} ({}): the activation decides how often two units are enough",
                  figure.rows.front().label, Percent(figure.rows.front().value),
                  figure.rows.back().label, Percent(figure.rows.back().value));
  return figure;
}

Figure StartFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "04_3_xor_starts",
                      .title = "",
                      .subtitle = Interval95(evidence),
                      .x_label = "seeds that learn (%)",
                      .percent = true,
                      .rows = {}};
  const std::pair<const char*, const char*> starts[] = {
      {"glorot", "Glorot"}, {"uniform", "[0, 1)"}, {"article", "[0, 1), no bias"}};
  std::size_t none = 0, cells = 0;
  for (const std::string& activation : ArticleActivations()) {
    for (const std::size_t width : {2u, 4u}) {
      for (const auto& [start, label] : starts) {
        const Measurement row =
            CellRow(evidence, {.width = width, .activation = activation, .start = start});
        figure.rows.push_back(
            DotOf(row, fmt::format("{}, {}, {}", activation, width, label), label));
        if (std::string_view(start) != "article") continue;
        ++cells;
        none += ShareOf(row).learned == 0.0;
      }
    }
  }
  figure.title =
      fmt::format("Without biases {} of {} kinds of network never learn it", none, cells);
  return figure;
}

}  // namespace lanegrad
