// SPDX-License-Identifier: Apache-2.0
//
// The pictures of chapter 2.1: networks, their units and their regions.
#include <fmt/format.h>

#include <algorithm>

#include "experiments/concepts/concepts.h"
#include "experiments/plane/plane.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

constexpr std::size_t kPointsShown = 120;

// The 2-2-1 network whose weights a row of the series `learning` holds.
Network NetworkOf(const Measurement& row, std::string_view when) {
  const std::size_t sizes[] = {2, 2, 1};
  Network network(sizes, Activation::Named("tanh"), Activation::Named("sigmoid"));
  for (std::size_t l = 0; l < 2; ++l) {
    Layer& layer = network.layers()[l];
    for (std::size_t j = 0; j < layer.out(); ++j) {
      for (std::size_t i = 0; i < layer.in(); ++i) {
        layer.weights(i, j) =
            static_cast<float>(row.values.Number(fmt::format("{}_weight_{}_{}_{}", when, l, i, j)));
      }
      layer.bias[j] =
          static_cast<float>(row.values.Number(fmt::format("{}_bias_{}_{}", when, l, j)));
    }
  }
  return network;
}

DiagramPanel PanelOf(const Measurement& row, std::string_view when) {
  const Network network = NetworkOf(row, when);
  DiagramPanel panel = {
      .title = fmt::format("start {}, {} learning: {:.1f} % right", row.seed, when,
                           100.0 * row.values.Number(fmt::format("{}_accuracy", when))),
      .layers = {{.label = "input layer", .units = {"x", "y"}},
                 {.label = "hidden layer", .units = {"h1", "h2"}},
                 {.label = "output layer", .units = {"out"}}}};
  for (std::size_t l = 0; l < 2; ++l) {
    const Layer& layer = network.layers()[l];
    for (std::size_t i = 0; i < layer.in(); ++i) {
      for (std::size_t j = 0; j < layer.out(); ++j) {
        panel.layers[l + 1].weights.push_back(layer.weights(i, j));
      }
    }
    for (std::size_t j = 0; j < layer.out(); ++j) {
      panel.layers[l + 1].biases.push_back(layer.bias[j]);
    }
  }
  return panel;
}

// Some of the points that were learned from, where they lie in a picture.
std::vector<ImagePoint> PointsOver(const PlaneSet& set) {
  const Dataset points = PlanePoints(set, {.train = kPointsShown, .held_out = 0, .test = 1}, 1);
  const double side = static_cast<double>(kConceptGrid.side);
  std::vector<ImagePoint> shown;
  for (std::size_t s = 0; s < points.train.count; ++s) {
    const double x = points.train.values[2 * s], y = points.train.values[2 * s + 1];
    shown.push_back({.x = side * (x - kConceptGrid.left) / (kConceptGrid.right - kConceptGrid.left),
                     .y = side * (kConceptGrid.top - y) / (kConceptGrid.top - kConceptGrid.bottom),
                     .group = points.train.labels[s]});
  }
  return shown;
}

ImageFigure PlaneFigure(std::string name, std::size_t in_row) {
  return {.name = std::move(name),
          .title = "",
          .subtitle = "",
          .value_label = "answer",
          .x_label = "x",
          .y_label = "y",
          .diverging = true,
          .low = -1.0,
          .high = 1.0,
          .x_ends = {kConceptGrid.left, kConceptGrid.right},
          .y_ends = {kConceptGrid.bottom, kConceptGrid.top},
          .in_row = in_row,
          .panels = {}};
}

// Short enough to stand above a small picture.
std::string ShortName(const ConceptNetwork& each) {
  if (each.name == kNoHidden) return "none";
  std::string name(each.name);
  std::erase(name, ',');
  return name;
}

double MeanAccuracy(const Evidence& evidence, std::string_view data, std::string_view network) {
  return Mean(NumbersOf(PlaneRow(evidence, data, network).values, "accuracy"));
}

}  // namespace

Figure LearningDiagram(const Evidence& evidence) {
  const auto [best, worst] = BestAndWorst(evidence);
  NetworkDiagram figure = {
      .name = "02_1_concepts_network",
      .title = fmt::format("One rule of learning, two starts: from one the network comes to {:.0f} "
                           "% right answers, from the other to {:.0f} %",
                           100.0 * best.values.Number("after_accuracy"),
                           100.0 * worst.values.Number("after_accuracy")),
      .subtitle =
          "2-2-1 on xor, tanh in the hidden layer; the best and the worst of all starts; a line is "
          "as thick as its weight is large, a disc is coloured by its bias",
      .panels = {}};
  for (const Measurement& row : {best, worst}) {
    for (const char* when : {"before", "after"}) figure.panels.push_back(PanelOf(row, when));
  }
  return figure;
}

Figure UnitFigure(const Evidence& evidence) {
  const auto [best, worst] = BestAndWorst(evidence);
  ImageFigure figure = PlaneFigure("02_1_concepts_units", 3);
  figure.title = fmt::format(
      "Two hidden units are two steps across the plane: from one start they come to tell {:.0f} % "
      "of "
      "the points, from another {:.0f} %",
      100.0 * best.values.Number("after_accuracy"), 100.0 * worst.values.Number("after_accuracy"));
  figure.subtitle =
      "the same two networks after learning: what each unit answers at each point of the plane "
      "(the output from 0 to 1 is drawn from -1 to 1), and some of the points learned";
  for (const Measurement& row : {best, worst}) {
    const Network network = NetworkOf(row, "after");
    for (std::size_t unit = 0; unit < 2; ++unit) {
      figure.panels.push_back(
          {.title = fmt::format("start {}: hidden unit h{}", row.seed, unit + 1),
           .rows = kConceptGrid.side,
           .columns = kConceptGrid.side,
           .values = UnitOverPlane(network, kConceptGrid, 0, unit)});
    }
    figure.panels.push_back({.title = fmt::format("start {}: output", row.seed),
                             .rows = kConceptGrid.side,
                             .columns = kConceptGrid.side,
                             .values = AnswerOverPlane(network, kConceptGrid),
                             .points = PointsOver(kConceptSets[2])});
  }
  return figure;
}

Figure RegionFigure(const Evidence& evidence) {
  ImageFigure figure = PlaneFigure("02_1_concepts_regions", 4);
  figure.title = fmt::format(
      "Two hidden layers without activation answer {:.0f} % of the spirals rightly, one with "
      "activation {:.0f} %",
      100.0 * MeanAccuracy(evidence, "spirals", "16-16, identity"),
      100.0 * MeanAccuracy(evidence, "spirals", kOneHidden));
  figure.subtitle =
      "what a network answers at each point: blue one class, red the other, pale undecided (blobs: "
      "a shade a class); the network of seed 1, with some of its points; above each picture the "
      "mean "
      "accuracy of all seeds on fresh points";
  for (const PlaneSet& set : kConceptSets) {
    for (const ConceptNetwork& each : ConceptNetworks()) {
      if (each.name == "16, identity") continue;  // draws what its neighbours draw
      const Measurement row = PlaneRow(evidence, set.data, each.name);
      figure.panels.push_back(
          {.title = fmt::format("{}, {}: {:.0f} %", set.data, ShortName(each),
                                100.0 * Mean(NumbersOf(row.values, "accuracy"))),
           .rows = kConceptGrid.side,
           .columns = kConceptGrid.side,
           .values = Levels(row.values.Text("picture"), -1.0, 1.0),
           .points = PointsOver(set)});
    }
  }
  return figure;
}

NamedTable AccuracyTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "accuracy",
      .table = {.caption = "Right answers on fresh points in per cent, and the best "
                           "that any straight line could do on them",
                .columns = {{"points", false, ""}, {"best line", true, "mean over seeds"}},
                .rows = {}}};
  for (const ConceptNetwork& each : ConceptNetworks()) {
    named.table.columns.push_back(
        {std::string(each.name), true, "mean and half of its 95 % interval"});
  }
  for (const PlaneSet& set : kConceptSets) {
    std::vector<Cell> cells = {{std::string(set.data), 0.0}, {"", 0.0}};
    for (const Measurement& row : evidence.Series("lines")) {
      if (row.settings.Text("data") != set.data) continue;
      const double line = Mean(NumbersOf(row.values, "accuracy"));
      cells[1] = {fmt::format("{:.1f}", 100.0 * line), line};
    }
    for (const ConceptNetwork& each : ConceptNetworks()) {
      const std::vector<double> all =
          NumbersOf(PlaneRow(evidence, set.data, each.name).values, "accuracy");
      const Interval interval = MeanInterval(all);
      cells.push_back(
          {fmt::format("{:.1f} ± {:.1f}", 100.0 * Mean(all), 50.0 * (interval.high - interval.low)),
           Mean(all)});
    }
    named.table.rows.push_back(std::move(cells));
  }
  return named;
}

}  // namespace lanegrad
