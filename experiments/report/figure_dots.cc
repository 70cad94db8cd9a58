// SPDX-License-Identifier: Apache-2.0
//
// Ranked values with their intervals, and the runs behind them.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "experiments/report/axis_ticks.h"
#include "experiments/report/figure.h"
#include "experiments/report/svg.h"

namespace lanegrad {
namespace {

constexpr double kRow = 22;
constexpr double kLine = 13;
constexpr double kNarrowRow = 34;  // a label above its dots

// The x axis of rows.
struct Scale {
  double low, high, left, width;
  bool narrow;  // labels stand above, not at the left
  double At(double value) const { return left + (value - low) / (high - low) * width; }
};

Scale ScaleOf(const DotFigure& figure, double left, double width, bool narrow) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  const auto widen = [&](double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  };
  for (const DotRow& row : figure.rows) {
    for (const double value : {row.value, row.low, row.high}) widen(value);
    for (const double value : row.points) widen(value);
  }
  widen(figure.reference);
  if (!(low <= high)) low = 0.0, high = 1.0;
  if (low == high) low -= 0.5, high += 0.5;
  const double air = 0.03 * (high - low);
  return {low - air, high + air, left, width, narrow};
}

std::string Number(const DotFigure& figure, double value) {
  return figure.percent ? fmt::format("{:.2f} %", 100.0 * value) : Short(value);
}

std::string RowText(const DotFigure& figure, const DotRow& row) {
  if (!row.text.empty()) return row.text;
  return std::isfinite(row.value) ? Number(figure, row.value) : "×";
}

void DrawRow(Svg& svg, const DotFigure& figure, const DotRow& row, const Scale& scale, double y,
             std::size_t c) {
  const bool tips = !scale.narrow;
  const double end = scale.left + scale.width;
  svg.Raw(fmt::format("<g class=\"row\" data-series=\"{}\">{}", Escape(row.group),
                      tips ? Tip(row.note) : std::string()));
  // An invisible bar over the whole row, so that the tooltip need not be aimed at.
  if (tips) {
    svg.Raw(fmt::format("<rect x=\"0\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"transparent\"/>",
                        Coordinate(y - kRow / 2), Coordinate(end + 80), Coordinate(kRow)));
  }
  if (scale.narrow) {
    svg.Text(scale.left, y - 9, row.label, 12, "start");
  } else {
    const std::vector<std::string> lines = WrapText(row.label, 12, scale.left - 17);
    double baseline = y + 4 - 0.5 * kLine * (static_cast<double>(lines.size()) - 1.0);
    for (const std::string& line : lines) {
      svg.Text(scale.left - 10, baseline, line, 12, "end");
      baseline += kLine;
    }
  }
  std::string points, crosses;
  for (const double value : row.points) {
    if (std::isfinite(value)) {
      points.append(Marker(c, scale.At(value), y, 2.4));
    } else {
      crosses.append(Cross(end - 4, y, 3));
    }
  }
  if (!points.empty()) {
    svg.Raw(fmt::format("<g class=\"f{}\" fill=\"{}\" fill-opacity=\"0.45\">{}</g>\n", c, Colour(c),
                        points));
  }
  if (!crosses.empty()) {
    svg.Raw(fmt::format("<g class=\"s{}\" stroke=\"{}\" stroke-width=\"1.4\">{}</g>\n", c,
                        Colour(c), crosses));
  }
  if (std::isfinite(row.low) && std::isfinite(row.high)) {
    svg.Raw(
        fmt::format("<line x1=\"{}\" x2=\"{}\" y1=\"{}\" y2=\"{}\" class=\"s{}\" stroke=\"{}\" "
                    "stroke-width=\"2.5\" stroke-linecap=\"round\" stroke-opacity=\"0.55\"/>",
                    Coordinate(scale.At(row.low)), Coordinate(scale.At(row.high)), Coordinate(y),
                    Coordinate(y), c, Colour(c)));
  }
  if (std::isfinite(row.value)) {
    svg.Raw(fmt::format("<g class=\"f{}\" fill=\"{}\">{}</g>\n", c, Colour(c),
                        Marker(c, scale.At(row.value), y, 4.5)));
  }
  svg.Text(end + 10, y + 4, RowText(figure, row), 12, "start", "mute");
  svg.Raw("</g>\n");
}

// Which mark is which group's, in as many lines as they need. Returns where the last one ends;
// draws nothing without `svg`.
double DrawKeys(Svg* svg, const std::vector<std::string>& groups, double y, double width) {
  KeyPlaces places = {.left = 8, .y = y, .width = width};
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const double x = places.Next(16 + TextWidth(groups[i], 12) + 14);
    if (svg == nullptr) continue;
    const std::size_t c = i % kColours;
    svg->Raw(fmt::format("<g class=\"f{}\" fill=\"{}\">{}</g>", c, Colour(c),
                         Marker(c, x + 5, places.y - 4, 4.5)));
    svg->Text(x + 16, places.y, groups[i], 12);
  }
  return places.y;
}

}  // namespace

std::string DrawSvg(const DotFigure& figure, Layout layout) {
  const bool narrow = layout == Layout::kNarrow;
  const double width = narrow ? kNarrowWidth : 760;
  double left = narrow ? 8 : 60, right = 40;
  for (const DotRow& row : figure.rows) {
    if (!narrow) left = std::max(left, TextWidth(row.label, 12) + 18);
    right = std::max(right, TextWidth(RowText(figure, row), 12) + 24);
  }
  // A label that would take more than its share is wrapped, and all rows are as high as two lines.
  const double row_height = narrow ? kNarrowRow : left > 0.6 * width ? kRow + kLine : kRow;
  left = std::min(left, 0.6 * width);
  std::vector<std::string> groups;
  for (const DotRow& row : figure.rows) {
    if (std::find(groups.begin(), groups.end(), row.group) == groups.end()) {
      groups.push_back(row.group);
    }
  }
  const FigureHeading heading = WrapHeading(figure.title, figure.subtitle, width - 16);
  const bool keys = figure.keys && groups.size() > 1;
  const double keys_top = heading.height + 20;
  const double top = (keys ? DrawKeys(nullptr, groups, keys_top, width) : heading.height) + 14;
  const double bottom = top + row_height * static_cast<double>(figure.rows.size()) + 6;
  const Scale scale = ScaleOf(figure, left, width - left - right, narrow);

  Svg svg(figure.name, width, bottom + 46, figure.title, figure.subtitle);
  svg.Heading(heading, 8);
  if (keys) DrawKeys(&svg, groups, keys_top, width);
  for (const Tick& tick : figure.whole ? WholeTicks(scale.low, scale.high, 4)
                                       : LinearTicks(scale.low, scale.high, 4, figure.percent)) {
    svg.Line(scale.At(tick.at), top - 4, scale.At(tick.at), bottom, "grid");
    svg.Text(scale.At(tick.at), bottom + 17, tick.label, 11, "middle", "mute", true);
  }
  svg.Line(left, bottom, left + scale.width, bottom, "axis");
  if (std::isfinite(figure.reference)) {
    svg.Line(scale.At(figure.reference), top - 4, scale.At(figure.reference), bottom, "axis");
  }
  svg.Text(left + scale.width / 2, bottom + 36, figure.x_label, 11, "middle", "mute");
  for (std::size_t i = 0; i < figure.rows.size(); ++i) {
    const auto group = std::find(groups.begin(), groups.end(), figure.rows[i].group);
    const double y = top + row_height * (static_cast<double>(i) + (narrow ? 0.7 : 0.5));
    DrawRow(svg, figure, figure.rows[i], scale, y,
            static_cast<std::size_t>(group - groups.begin()) % kColours);
  }
  return std::move(svg).Finish();
}

}  // namespace lanegrad
