// SPDX-License-Identifier: Apache-2.0
//
// Fields of values as coloured pixels. A pixel is a part of a path, not an image file: no second
// format to encode, sharp at any size, and one path a shade keeps a picture of 784 pixels at a
// few kilobytes.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "experiments/report/figure.h"
#include "experiments/report/svg.h"

namespace lanegrad {
namespace {

constexpr std::size_t kShades = 64;
constexpr std::size_t kGrey = kShades;  // of what is not finite
constexpr double kGap = 14;

struct Scale {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
};

void Widen(Scale& scale, const ImagePanel& panel) {
  for (const double value : panel.values) {
    if (!std::isfinite(value)) continue;
    scale.low = std::min(scale.low, value);
    scale.high = std::max(scale.high, value);
  }
}

// The ends of the shades: stated, or by the data; around zero where the colours part there.
Scale Finished(const ImageFigure& figure, Scale scale) {
  if (std::isfinite(figure.low)) scale.low = figure.low;
  if (std::isfinite(figure.high)) scale.high = figure.high;
  if (!(scale.low <= scale.high)) scale = {0.0, 1.0};
  if (figure.diverging) {
    scale.high = std::max(std::fabs(scale.low), std::fabs(scale.high));
    scale.low = -scale.high;
  }
  if (scale.low == scale.high) {
    scale.low -= 0.5;
    scale.high += 0.5;
  }
  return scale;
}

std::size_t ShadeOf(const Scale& scale, double value) {
  if (!std::isfinite(value)) return kGrey;
  const double t = std::clamp((value - scale.low) / (scale.high - scale.low), 0.0, 1.0);
  return std::min(kShades - 1, static_cast<std::size_t>(t * kShades));
}

// Blue, nearly white, red: equal steps away from zero look equally far on either side, and the
// two ends differ in blue, which those who confuse red and green do see.
// [after ColorBrewer RdBu, Brewer 2003]
std::string Diverging(double t) {
  constexpr std::array<std::array<double, 3>, 5> kStops = {
      {{33, 102, 172}, {146, 197, 222}, {247, 247, 247}, {244, 165, 130}, {178, 24, 43}}};
  const double place = t * 4.0;
  const auto i = std::min<std::size_t>(3, static_cast<std::size_t>(place));
  const double part = place - static_cast<double>(i);
  std::string colour = "#";
  for (std::size_t c = 0; c < 3; ++c) {
    const double level = kStops[i][c] + part * (kStops[i + 1][c] - kStops[i][c]);
    colour += fmt::format("{:02x}", std::lround(level));
  }
  return colour;
}

std::string ShadeColour(const ImageFigure& figure, std::size_t shade) {
  const double t = (static_cast<double>(shade) + 0.5) / kShades;
  return figure.diverging ? Diverging(t) : Viridis(t);
}

// Equal neighbours in a row are one rectangle; all of a shade are one path, in units of pixels.
std::string Pixels(const ImageFigure& figure, const ImagePanel& panel, const Scale& scale) {
  std::array<std::string, kShades + 1> paths;
  for (std::size_t row = 0; row < panel.rows; ++row) {
    for (std::size_t column = 0; column < panel.columns;) {
      const std::size_t at = row * panel.columns;
      const std::size_t shade = ShadeOf(scale, panel.values[at + column]);
      std::size_t end = column + 1;
      while (end < panel.columns && ShadeOf(scale, panel.values[at + end]) == shade) ++end;
      paths[shade] += fmt::format("M{} {}h{}v1h-{}z", column, row, end - column, end - column);
      column = end;
    }
  }
  std::string markup;
  for (std::size_t shade = 0; shade <= kShades; ++shade) {
    if (paths[shade].empty()) continue;
    markup += fmt::format("<path {} d=\"{}\"/>\n",
                          shade == kGrey ? std::string("class=\"lostcell\" fill=\"#d8dee4\"")
                                         : fmt::format("fill=\"{}\"", ShadeColour(figure, shade)),
                          paths[shade]);
  }
  return markup;
}

// A bar of all shades with the values of its ends.
void DrawScale(Svg& svg, const ImageFigure& figure, const Scale& scale, double x, double y,
               double room) {
  constexpr double kBar = 128;
  for (std::size_t i = 0; i < kShades; ++i) {
    svg.Raw(fmt::format("<path d=\"M{} {}h2v9h-2z\" fill=\"{}\"/>",
                        Coordinate(x + 2.0 * static_cast<double>(i)), Coordinate(y),
                        ShadeColour(figure, i)));
  }
  svg.Text(x, y + 22, figure.own_scale ? "least" : Short(scale.low), 11, "start", "mute");
  svg.Text(x + kBar, y + 22, figure.own_scale ? "largest" : Short(scale.high), 11, "end", "mute");
  double line = y + 9;
  for (const std::string& text : WrapText(figure.value_label, 11, room - kBar - 12)) {
    svg.Text(x + kBar + 12, line, text, 11, "start", "mute");
    line += 13;
  }
}

struct Place {
  double left, top, side, height;
};

void DrawEnds(Svg& svg, const ImageFigure& figure, const Place& at, bool first) {
  const auto [left, right] = figure.x_ends;
  const double foot = at.top + at.height + 13;
  if (std::isfinite(left)) svg.Text(at.left, foot, Short(left), 11, "start", "mute");
  if (std::isfinite(right)) svg.Text(at.left + at.side, foot, Short(right), 11, "end", "mute");
  svg.Text(at.left + at.side / 2, foot + (std::isfinite(left) ? 13 : 0), figure.x_label, 11,
           "middle", "mute");
  const auto [low, high] = figure.y_ends;
  if (!first || !std::isfinite(low)) return;
  svg.Text(at.left - 4, at.top + at.height, Short(low), 11, "end", "mute");
  svg.Text(at.left - 4, at.top + 9, Short(high), 11, "end", "mute");
}

void DrawPanel(Svg& svg, const ImageFigure& figure, const ImagePanel& panel, const Scale& scale,
               const Place& at) {
  const double sx = at.side / static_cast<double>(panel.columns);
  const double sy = at.height / static_cast<double>(panel.rows);
  // crispEdges: no hair lines between neighbours.
  svg.Raw(
      fmt::format("<g transform=\"translate({} {}) scale({:.5g} {:.5g})\" "
                  "shape-rendering=\"crispEdges\">{}\n{}</g>\n",
                  Coordinate(at.left), Coordinate(at.top), sx, sy, Tip(panel.note),
                  Pixels(figure, panel, scale)));
  if (panel.points.empty()) return;
  svg.Raw("<g class=\"page\" stroke=\"#fff\" stroke-width=\"0.7\">\n");
  for (const ImagePoint& point : panel.points) {
    svg.Raw(fmt::format("<g class=\"f{}\" fill=\"{}\">{}</g>\n", point.group % kColours,
                        Colour(point.group),
                        Marker(point.group, at.left + sx * point.x, at.top + sy * point.y, 2.6)));
  }
  svg.Raw("</g>\n");
}

double LeftOf(const ImageFigure& figure) { return std::isfinite(figure.y_ends.first) ? 40 : 8; }

// How wide each of so many panels in a row is.
double SideOf(const ImageFigure& figure, double width, std::size_t in_row) {
  return std::min(300.0, (width - LeftOf(figure) - 8 - kGap * static_cast<double>(in_row - 1)) /
                             static_cast<double>(in_row));
}

// Panels side by side on a telephone: two or three, so that rows of the page are cut evenly where
// that can be, and no word of a title is wider than its panel.
std::size_t NarrowInRow(const ImageFigure& figure) {
  const std::size_t whole = std::max<std::size_t>(1, figure.in_row);
  // Five stay together: what stands below each belongs to it.
  std::size_t in_row = whole == 5                         ? 5
                       : whole % 3 == 0 || whole % 2 != 0 ? std::min<std::size_t>(3, whole)
                                                          : 2;
  const auto fits = [&](const ImagePanel& panel) {
    const double side = SideOf(figure, kNarrowWidth, in_row);
    return std::ranges::all_of(WrapText(panel.title, 12, side), [&](const std::string& line) {
      return 1.1 * TextWidth(line, 12) <= side;  // bold
    });
  };
  while (in_row > 1 && !std::ranges::all_of(figure.panels, fits)) --in_row;
  return in_row;
}

}  // namespace

std::string DrawSvg(const ImageFigure& figure, Layout layout) {
  const bool narrow = layout == Layout::kNarrow;
  const std::size_t panels = figure.panels.size();
  const std::size_t in_row = std::clamp<std::size_t>(
      panels, 1, narrow ? NarrowInRow(figure) : std::max<std::size_t>(1, figure.in_row));
  const double width = narrow ? kNarrowWidth : panels <= 2 ? 720 : 900;
  const double left = LeftOf(figure), side = SideOf(figure, width, in_row);
  const FigureHeading heading = WrapHeading(figure.title, figure.subtitle, width - 16);
  const double scale_top = heading.height + 14;

  // Rows of panels, each as high as its highest, under titles in as many lines as they need.
  struct Row {
    double title_lines = 0, height = 0;
  };
  std::vector<Row> rows((panels + in_row - 1) / in_row);
  Scale shared;
  for (std::size_t p = 0; p < panels; ++p) {
    const ImagePanel& panel = figure.panels[p];
    Widen(shared, panel);
    Row& row = rows[p / in_row];
    row.title_lines =
        std::max(row.title_lines, static_cast<double>(WrapText(panel.title, 12, side).size()));
    if (panel.columns == 0) continue;
    row.height = std::max(
        row.height, side * static_cast<double>(panel.rows) / static_cast<double>(panel.columns));
  }
  const double foot =
      (std::isfinite(figure.x_ends.first) ? 14.0 : 0.0) + (figure.x_label.empty() ? 4.0 : 16.0);
  double height = scale_top + 44;
  for (const Row& row : rows) height += 16 * row.title_lines + row.height + foot + 12;

  Svg svg(figure.name, width, height, figure.title, figure.subtitle);
  svg.Heading(heading, 8);
  shared = Finished(figure, shared);
  DrawScale(svg, figure, shared, 8, scale_top, width - 16);
  double top = scale_top + 40;
  if (!figure.y_label.empty()) svg.Text(8, top, figure.y_label, 11, "start", "mute");
  for (std::size_t p = 0; p < panels; ++p) {
    const ImagePanel& panel = figure.panels[p];
    const Row& row = rows[p / in_row];
    if (p > 0 && p % in_row == 0) {
      const Row& above = rows[p / in_row - 1];
      top += 16 * above.title_lines + above.height + foot + 12;
    }
    const double x = left + static_cast<double>(p % in_row) * (side + kGap);
    double y = top;
    for (const std::string& line : WrapText(panel.title, 12, side)) {
      svg.Text(x + side / 2, y += 16, line, 12, "middle", "strong");
    }
    if (panel.rows == 0 || panel.columns == 0) continue;
    const Place at = {x, top + 16 * row.title_lines + 5, side,
                      side * static_cast<double>(panel.rows) / static_cast<double>(panel.columns)};
    Scale scale = shared;
    if (figure.own_scale) {
      scale = {};
      Widen(scale, panel);
      scale = Finished(figure, scale);
    }
    DrawPanel(svg, figure, panel, scale, at);
    DrawEnds(svg, figure, at, p % in_row == 0);
  }
  return std::move(svg).Finish();
}

}  // namespace lanegrad
