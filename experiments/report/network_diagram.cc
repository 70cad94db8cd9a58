// SPDX-License-Identifier: Apache-2.0
//
// Networks drawn from their weights.
#include "experiments/report/network_diagram.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lanegrad {
namespace {

constexpr double kTitle = 22, kLabel = 26, kUnit = 52, kThickest = 7.5;

// The largest weight and bias of all panels, that they can be compared.
struct Scale {
  double weight = 0.0, bias = 0.0;
};

double LargestFinite(const std::vector<double>& values, double least) {
  for (const double value : values) {
    if (std::isfinite(value)) least = std::max(least, std::fabs(value));
  }
  return least;
}

Scale ScaleOf(const NetworkDiagram& figure) {
  Scale scale;
  for (const DiagramPanel& panel : figure.panels) {
    for (const DiagramLayer& layer : panel.layers) {
      scale.weight = LargestFinite(layer.weights, scale.weight);
      scale.bias = LargestFinite(layer.biases, scale.bias);
    }
  }
  return scale;
}

double Share(double value, double largest) {
  return largest > 0.0 ? std::fabs(value) / largest : 0;
}

std::size_t MostUnits(const NetworkDiagram& figure) {
  std::size_t most = 1;
  for (const DiagramPanel& panel : figure.panels) {
    for (const DiagramLayer& layer : panel.layers) most = std::max(most, layer.units.size());
  }
  return most;
}

// Where things stand in one panel.
struct Places {
  double x, y, width, height, radius;  // of the panel, below its title; of a disc
  const DiagramPanel& panel;

  double Across(std::size_t layer) const {
    const std::size_t last = panel.layers.size() - 1;
    const double side = 62;
    return last == 0
               ? x + width / 2
               : x + side +
                     (width - 2 * side) * static_cast<double>(layer) / static_cast<double>(last);
  }
  double Down(std::size_t layer, std::size_t unit) const {
    const double units = static_cast<double>(panel.layers[layer].units.size());
    return y + height * (static_cast<double>(unit) + 0.5) / units;
  }
};

std::string Stroke(double value) {
  return !std::isfinite(value) ? "class=\"axis\" stroke=\"#8c959f\" stroke-dasharray=\"1 4\""
         : value >= 0.0
             ? fmt::format("class=\"s1\" stroke=\"{}\"", Colour(1))
             : fmt::format("class=\"s0\" stroke=\"{}\" stroke-dasharray=\"7 4\"", Colour(0));
}

double Thickness(double value, const Scale& scale) {
  return std::isfinite(value) ? 0.5 + (kThickest - 0.5) * Share(value, scale.weight) : 1.0;
}

void DrawWeights(Svg& svg, const Places& at, std::size_t l, const Scale& scale, bool tips) {
  const DiagramLayer& from = at.panel.layers[l - 1];
  const DiagramLayer& to = at.panel.layers[l];
  for (std::size_t k = 0; k < std::min(to.weights.size(), from.units.size() * to.units.size());
       ++k) {
    const std::size_t i = k / to.units.size(), j = k % to.units.size();
    const double w = to.weights[k];
    svg.Raw(
        fmt::format("<path d=\"M{} {}L{} {}\" fill=\"none\" stroke-opacity=\"0.8\" "
                    "stroke-width=\"{:.2f}\" {}>{}</path>\n",
                    Coordinate(at.Across(l - 1)), Coordinate(at.Down(l - 1, i)),
                    Coordinate(at.Across(l)), Coordinate(at.Down(l, j)), Thickness(w, scale),
                    Stroke(w), tips ? Tip(fmt::format("weight {:.3g}", w)) : std::string()));
  }
}

void DrawUnits(Svg& svg, const Places& at, std::size_t l, const Scale& scale, bool tips) {
  const DiagramLayer& layer = at.panel.layers[l];
  for (std::size_t j = 0; j < layer.units.size(); ++j) {
    const bool biased = j < layer.biases.size() && std::isfinite(layer.biases[j]);
    const double bias = biased ? layer.biases[j] : 0.0;
    const double x = at.Across(l), y = at.Down(l, j);
    // A blank disc first, that the lines end at its edge; then the colour of the bias.
    svg.Raw(
        fmt::format("<circle cx=\"{0}\" cy=\"{1}\" r=\"{2}\" class=\"blank\" fill=\"#ffffff\"/>"
                    "<circle cx=\"{0}\" cy=\"{1}\" r=\"{2}\" class=\"f{3} outline\" "
                    "fill=\"{4}\" fill-opacity=\"{5:.2f}\" stroke=\"#1f2328\" "
                    "stroke-width=\"1.3\">{6}</circle>\n",
                    Coordinate(x), Coordinate(y), Coordinate(at.radius), bias >= 0.0 ? 1 : 0,
                    Colour(bias >= 0.0 ? 1 : 0), 0.55 * Share(bias, scale.bias),
                    tips && biased ? Tip(fmt::format("bias {:.3g}", bias)) : std::string()));
    if (at.radius >= 11) svg.Text(x, y + 4, layer.units[j], 11, "middle");
  }
  svg.Text(at.Across(l), at.y + at.height + 16, layer.label, 11, "middle", "mute");
}

// What line and disc mean, in as many lines as fit.
double DrawKey(Svg& svg, double y, double width, const Scale& scale) {
  double x = 8;
  const auto place = [&](std::string_view text) {
    const double needed = 40 + TextWidth(text, 11) + 22;
    if (x > 8 && x + needed > width) {
      x = 8;
      y += 18;
    }
    const double begin = x;
    x += needed;
    svg.Text(begin + 36, y + 4, text, 11, "start", "mute");
    return begin;
  };
  for (const double sign : {1.0, -1.0}) {
    const double begin = place(fmt::format(
        "{} weight; this thick: {:.2g}", sign > 0 ? "positive" : "negative", sign * scale.weight));
    svg.Raw(fmt::format("<path d=\"M{} {}h28\" stroke-width=\"{}\" {}/>\n", Coordinate(begin),
                        Coordinate(y), kThickest, Stroke(sign)));
  }
  if (scale.bias > 0.0) {
    if (width < 500) x = width;  // begin a line with them
    for (const double sign : {1.0, -1.0}) {
      const double begin = place(fmt::format("bias {:.2g}", sign * scale.bias));
      svg.Raw(fmt::format(
          "<circle cx=\"{}\" cy=\"{}\" r=\"7\" class=\"f{} outline\" fill=\"{}\" "
          "fill-opacity=\"0.55\" stroke=\"#1f2328\"/>\n",
          Coordinate(begin + 20), Coordinate(y), sign > 0 ? 1 : 0, Colour(sign > 0 ? 1 : 0)));
    }
  }
  return y + 16;
}

}  // namespace

std::string DrawSvg(const NetworkDiagram& figure, Layout layout) {
  const bool narrow = layout == Layout::kNarrow;
  const std::size_t across = narrow || figure.panels.size() < 2 ? 1 : 2;
  const double width = narrow ? kNarrowWidth : across == 1 ? 520 : 860;
  const double cell = width / static_cast<double>(across);
  const std::size_t most = MostUnits(figure);
  const double height = std::max(2 * kUnit, std::min(480.0, kUnit * static_cast<double>(most)));
  const double radius = std::min(15.0, 0.42 * height / static_cast<double>(most));
  const FigureHeading heading = WrapHeading(figure.title, figure.subtitle, width - 16);
  const std::size_t lines = (figure.panels.size() + across - 1) / across;
  const double one = kTitle + height + kLabel + 8, top = heading.height + 14;
  const double key = top + one * static_cast<double>(lines) + 12;

  Svg svg(figure.name, width, key + (narrow ? 62 : 34), figure.title, figure.subtitle);
  svg.Heading(heading, 8);
  const Scale scale = ScaleOf(figure);
  for (std::size_t p = 0; p < figure.panels.size(); ++p) {
    const DiagramPanel& panel = figure.panels[p];
    const std::size_t row = p / across;
    const Places at = {.x = cell * static_cast<double>(p % across),
                       .y = top + one * static_cast<double>(row) + kTitle,
                       .width = cell,
                       .height = height,
                       .radius = radius,
                       .panel = panel};
    svg.Text(at.x + 8, at.y - 8, panel.title, 12, "start", "strong");
    for (std::size_t l = 1; l < panel.layers.size(); ++l) DrawWeights(svg, at, l, scale, !narrow);
    for (std::size_t l = 0; l < panel.layers.size(); ++l) DrawUnits(svg, at, l, scale, !narrow);
  }
  DrawKey(svg, key, width, scale);
  return std::move(svg).Finish();
}

}  // namespace lanegrad
