// SPDX-License-Identifier: Apache-2.0
// Figures that show pictures: weights, maps, prototypes, mistakes, neighbours.
#include <fmt/format.h>

#include "experiments/explanations/explanation_figures.h"
#include "experiments/explanations/findings.h"
#include "experiments/explanations/measures.h"
#include "experiments/explanations/picture_letters.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

constexpr std::size_t kSide = 28;

ImagePanel PanelOf(const Measurement& row, const std::string& name, std::string title, double low) {
  return {.title = std::move(title),
          .rows = kSide,
          .columns = kSide,
          .values = ValuesOfLetters(row.values.Text(name), low, 1.0)};
}

std::string Percent(double share) { return fmt::format("{:.0f} %", 100.0 * share); }

double MeanOf(const Measurement& row, const char* stem) {
  return Mean(NumbersOf(row.values, stem));
}

}  // namespace

Figure WeightFigure(const Evidence& evidence) {
  const Measurement rows[] = {NamedRow(evidence, "training", "plain"),
                              NamedRow(evidence, "training", "decayed")};
  ImageFigure figure = {
      .name = "05_4_interpretability_weights",
      .title = fmt::format("Neighbouring weights of the first layer correlate by {:.2f}; with "
                           "weight decay by {:.2f}",
                           MeanOf(rows[0], "smoothness"), MeanOf(rows[1], "smoothness")),
      .subtitle =
          "the eight units that count most, each over its largest weight; above without, below "
          "with weight decay",
      .value_label = "weight, over the largest of the unit",
      .diverging = true,
      .low = -1.0,
      .high = 1.0,
      .in_row = kShownUnits,
      .panels = {}};
  for (const Measurement& row : rows) {
    for (std::size_t k = 1; k <= kShownUnits; ++k) {
      figure.panels.push_back(
          PanelOf(row, fmt::format("unit_{}", k),
                  fmt::format("unit {}{}", k, &row == &rows[0] ? "" : ", decayed"), -1.0));
    }
  }
  return figure;
}

Figure MapFigure(const Evidence& evidence) {
  const Measurement row = NamedRow(evidence, "maps", "plain");
  const std::vector<double> gradient = ListOf(evidence, "likeness", "gradient", "twin");
  const std::vector<double> occlusion = ListOf(evidence, "likeness", "occlusion", "twin");
  ImageFigure figure = {
      .name = "05_4_interpretability_maps",
      .title = fmt::format("Two networks, the same decisions, and maps that correlate by {:.2f} "
                           "(gradient) to {:.2f} (occlusion)",
                           Mean(gradient), Mean(occlusion)),
      .subtitle =
          "each picture twice: above by a network, below by its twin from another seed; red speaks "
          "for the decision, blue against it; a gradient has no sign here",
      .value_label = "brightness of a picture; value of a map, over its largest",
      .diverging = true,
      .low = -1.0,
      .high = 1.0,
      .in_row = 5,
      .panels = {}};
  for (std::size_t p = 1; p <= kShownPictures; ++p) {
    for (std::size_t which = 1; which <= 2; ++which) {
      figure.panels.push_back(PanelOf(
          row, fmt::format("picture_{}", p),
          row.values.Text(fmt::format("decision_{}", p)) + (which == 2 ? " (twin)" : ""), 0.0));
      for (const MapKindInfo& kind : kMapKinds) {
        if (kind.kind == MapKind::kContrast) continue;
        figure.panels.push_back(PanelOf(row, fmt::format("{}_{}_{}", kind.name, which, p),
                                        std::string(kind.text), -1.0));
      }
    }
  }
  return figure;
}

Figure PrototypeFigure(const Evidence& evidence) {
  const Measurement plain = NamedRow(evidence, "prototype", "plain");
  const Measurement smooth = NamedRow(evidence, "prototype", "smooth");
  ImageFigure figure = {
      .name = "05_4_interpretability_prototypes",
      .title =
          fmt::format("A twin names {} of the plain prototypes rightly; {} of them are most like "
                      "their own class, of the smooth ones {}",
                      Percent(MeanOf(plain, "twin")), Percent(MeanOf(plain, "like_class")),
                      Percent(MeanOf(smooth, "like_class"))),
      .subtitle =
          "what the first network most wants to see; above by plain ascent, in the middle by "
          "ascent with a penalty and blurs, below the mean pictures",
      .value_label = "brightness",
      .low = 0.0,
      .high = 1.0,
      .in_row = 10,
      .panels = {}};
  const auto add = [&](const Measurement& row, const char* stem) {
    for (std::size_t c = 1; c <= 10; ++c) {
      figure.panels.push_back(PanelOf(row, fmt::format("{}_{}", stem, c),
                                      row.values.Text(fmt::format("class_{}", c)), 0.0));
    }
  };
  add(plain, "prototype");
  add(smooth, "prototype");
  add(plain, "mean");
  return figure;
}

Figure MistakeFigure(const Evidence& evidence) {
  const Measurement row = NamedRow(evidence, "mistakes", "plain");
  ImageFigure figure = {
      .name = "05_4_interpretability_mistakes",
      .title =
          fmt::format("{} of a network's mistakes are its twin's as well; by chance it would "
                      "be {}",
                      Percent(MeanOf(row, "shared")), Percent(MeanOf(row, "shared_by_chance"))),
      .subtitle = "the worst mistakes of the first network: what it says, and what would be right",
      .value_label = "brightness",
      .low = 0.0,
      .high = 1.0,
      .in_row = 5,
      .panels = {}};
  for (std::size_t k = 1; k <= kShownMistakes && row.values.Has(fmt::format("picture_{}", k));
       ++k) {
    figure.panels.push_back(
        PanelOf(row, fmt::format("picture_{}", k),
                fmt::format("{}, not {}", row.values.Text(fmt::format("named_{}", k)),
                            row.values.Text(fmt::format("label_{}", k))),
                0.0));
  }
  return figure;
}

Figure NeighbourFigure(const Evidence& evidence) {
  const Measurement row = NamedRow(evidence, "neighbours", "plain");
  ImageFigure figure = {
      .name = "05_4_interpretability_neighbours",
      .title = fmt::format("Neighbours in the last hidden layer decide as the network in {} of "
                           "the cases",
                           Percent(MeanOf(row, "agrees"))),
      .subtitle =
          "first test pictures and what the network says; beside each the four nearest training "
          "pictures; above a right decision, below a mistake",
      .value_label = "brightness",
      .low = 0.0,
      .high = 1.0,
      .in_row = 5,
      .panels = {}};
  for (const std::string stem : {"right", "wrong"}) {
    const std::string named = row.values.Text(stem + "_named");
    figure.panels.push_back(PanelOf(
        row, stem + "_picture",
        stem == "right" ? named
                        : fmt::format("{}, not {}", named, row.values.Text(stem + "_label")),
        0.0));
    for (std::size_t k = 1; k <= 4; ++k) {
      figure.panels.push_back(
          PanelOf(row, fmt::format("{}_neighbour_{}", stem, k),
                  row.values.Text(fmt::format("{}_neighbour_label_{}", stem, k)), 0.0));
    }
  }
  return figure;
}

}  // namespace lanegrad
