// SPDX-License-Identifier: Apache-2.0
//
// Figures that are tables at heart: heat maps, and ranked dots.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "experiments/axis_ticks.h"
#include "experiments/figure.h"
#include "experiments/svg.h"

namespace lanegrad {
namespace {

constexpr double kTitleHeight = 62;

void Title(Svg& svg, const std::string& title, const std::string& subtitle) {
  svg.Text(8, 22, title, 15, "start", "strong");
  svg.Text(8, 42, subtitle, 12, "start", "mute");
}

std::string Tip(const std::string& note) {
  return note.empty() ? std::string() : fmt::format("<title>{}</title>", Escape(note));
}

// Three digits are what a cell has room for.
std::string CellText(double value, bool percent) {
  return percent ? fmt::format("{:.1f}", 100.0 * value) : fmt::format("{:.3g}", value);
}

template <class Rows>
double LabelWidth(const Rows& rows) {
  double widest = 60;
  for (const auto& row : rows) widest = std::max(widest, TextWidth(row.label, 12) + 18);
  return widest;
}

}  // namespace

std::string DrawSvg(const HeatMap& figure) {
  constexpr double kCellHeight = 26, kGroupGap = 8;
  const double left = LabelWidth(figure.rows);
  const double columns = static_cast<double>(std::max<std::size_t>(1, figure.columns.size()));
  const double cell = std::clamp((900 - left) / columns, 38.0, 64.0);
  double low = std::numeric_limits<double>::infinity(), high = -low;
  double height = kTitleHeight;
  for (const HeatRow& row : figure.rows) {
    height += kCellHeight + (row.gap_before ? kGroupGap : 0);
    for (const HeatCell& each : row.cells) {
      if (each.diverged || !std::isfinite(each.value)) continue;
      low = std::min(low, each.value);
      high = std::max(high, each.value);
    }
  }
  if (!(low < high)) high = low + 1.0;
  const double width =
      std::max(left + columns * cell + 10,
               std::max(TextWidth(figure.title, 15), TextWidth(figure.subtitle, 12)) + 24);

  Svg svg(figure.name, width, height + 50, figure.title, figure.subtitle);
  Title(svg, figure.title, figure.subtitle);
  double y = kTitleHeight;
  std::string outlines;
  for (const HeatRow& row : figure.rows) {
    if (row.gap_before) y += kGroupGap;
    svg.Text(left - 8, y + kCellHeight / 2 + 3, row.label, 12, "end");
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const HeatCell& each = row.cells[i];
      const double x = left + static_cast<double>(i) * cell;
      const bool lost = each.diverged || !std::isfinite(each.value);
      const std::string colour = lost ? "#d0d7de" : Viridis((each.value - low) / (high - low));
      svg.Raw(fmt::format(
          "<g class=\"cell\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"2\" "
          "fill=\"{}\"/><text x=\"{}\" y=\"{}\" font-size=\"11\" text-anchor=\"middle\" "
          "fill=\"{}\" font-family=\"sans-serif\">{}</text>{}</g>\n",
          Coordinate(x + 1), Coordinate(y + 1), Coordinate(cell - 2), Coordinate(kCellHeight - 2),
          colour, Coordinate(x + cell / 2), Coordinate(y + kCellHeight / 2 + 4), ReadableOn(colour),
          lost ? "×" : CellText(each.value, figure.percent), Tip(each.note)));
      if (each.best) {
        outlines.append(
            fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\" fill=\"none\" "
                        "stroke=\"#1f2328\" style=\"stroke:var(--ink)\" stroke-width=\"2.2\"/>\n",
                        Coordinate(x), Coordinate(y), Coordinate(cell), Coordinate(kCellHeight)));
      }
    }
    y += kCellHeight;
  }
  svg.Raw(outlines);
  for (std::size_t i = 0; i < figure.columns.size(); ++i) {
    svg.Text(left + (static_cast<double>(i) + 0.5) * cell, y + 16, figure.columns[i], 11, "middle",
             "mute");
  }
  svg.Text(left + columns * cell / 2, y + 36, figure.x_label, 11, "middle", "mute");
  return std::move(svg).Finish();
}

std::string DrawSvg(const DotFigure& figure) {
  constexpr double kRow = 22;
  const double left = LabelWidth(figure.rows);
  const double width = 760, plot = width - left - 90;
  double low = std::numeric_limits<double>::infinity(), high = -low;
  std::vector<std::string> groups;
  for (const DotRow& row : figure.rows) {
    for (const double value : {row.value, row.low, row.high}) {
      if (!std::isfinite(value)) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
    if (std::find(groups.begin(), groups.end(), row.group) == groups.end()) {
      groups.push_back(row.group);
    }
  }
  if (!(low <= high)) low = 0.0, high = 1.0;
  if (low == high) low -= 0.5, high += 0.5;
  const double air = 0.03 * (high - low);
  low -= air, high += air;
  const auto place = [&](double value) { return left + (value - low) / (high - low) * plot; };
  const double bottom = kTitleHeight + kRow * static_cast<double>(figure.rows.size()) + 6;

  Svg svg(figure.name, width, bottom + 46, figure.title, figure.subtitle);
  Title(svg, figure.title, figure.subtitle);
  for (const Tick& tick : LinearTicks(low, high, 4, figure.percent)) {
    svg.Line(place(tick.at), kTitleHeight - 4, place(tick.at), bottom, "grid");
    svg.Text(place(tick.at), bottom + 17, tick.label, 11, "middle", "mute", true);
  }
  svg.Line(left, bottom, left + plot, bottom, "axis");
  svg.Text(left + plot / 2, bottom + 36, figure.x_label, 11, "middle", "mute");
  for (std::size_t i = 0; i < figure.rows.size(); ++i) {
    const DotRow& row = figure.rows[i];
    const double y = kTitleHeight + kRow * (static_cast<double>(i) + 0.5);
    const std::size_t c = static_cast<std::size_t>(
                              std::find(groups.begin(), groups.end(), row.group) - groups.begin()) %
                          kColours;
    svg.Text(left - 10, y + 4, row.label, 12, "end");
    if (!std::isfinite(row.value)) {
      svg.Text(left + 4, y + 4, "× diverged", 11, "start", "mute");
      continue;
    }
    svg.Raw(fmt::format("<g class=\"row\">{}", Tip(row.note)));
    if (std::isfinite(row.low) && std::isfinite(row.high)) {
      svg.Raw(
          fmt::format("<line x1=\"{}\" x2=\"{}\" y1=\"{}\" y2=\"{}\" class=\"s{}\" stroke=\"{}\" "
                      "stroke-width=\"2.5\" stroke-linecap=\"round\" stroke-opacity=\"0.55\"/>",
                      Coordinate(place(row.low)), Coordinate(place(row.high)), Coordinate(y),
                      Coordinate(y), c, Colour(c)));
    }
    svg.Raw(fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"4.5\" class=\"f{}\" fill=\"{}\"/></g>\n",
                        Coordinate(place(row.value)), Coordinate(y), c, Colour(c)));
    svg.Text(left + plot + 10, y + 4,
             figure.percent ? fmt::format("{:.2f} %", 100.0 * row.value) : Short(row.value), 12,
             "start", "mute");
  }
  return std::move(svg).Finish();
}

}  // namespace lanegrad
