// SPDX-License-Identifier: Apache-2.0
//
// Tables of coloured cells.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "experiments/report/figure.h"
#include "experiments/report/svg.h"

namespace lanegrad {
namespace {

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

// Where on the scale of colours a value lies: the better, the brighter.
double Shade(const HeatMap& figure, double value, double low, double high) {
  const double t = figure.log && low > 0.0 ? std::log(value / low) / std::log(high / low)
                                           : (value - low) / (high - low);
  return figure.percent || figure.large ? t : 1.0 - t;
}

}  // namespace

std::string DrawSvg(const HeatMap& figure) {
  constexpr double kCellHeight = 26, kGroupGap = 8;
  constexpr std::size_t kTall = 16;
  const double left = LabelWidth(figure.rows);
  const double columns = static_cast<double>(std::max<std::size_t>(1, figure.columns.size()));
  double widest = 64;
  for (const std::string& column : figure.columns) {
    widest = std::max(widest, TextWidth(column, 11) + 14);
  }
  const double cell = std::clamp((900 - left) / columns, 38.0, widest);
  double low = std::numeric_limits<double>::infinity(), high = -low;
  double height = 0;
  for (const HeatRow& row : figure.rows) {
    height += kCellHeight + (row.gap_before ? kGroupGap : 0);
    for (const HeatCell& each : row.cells) {
      if (each.diverged || !std::isfinite(each.value)) continue;
      low = std::min(low, each.value);
      high = std::max(high, each.value);
    }
  }
  if (!(low < high)) high = low + 1.0;
  const double width = std::max(560.0, left + columns * cell + 10);
  const FigureHeading heading = WrapHeading(figure.title, figure.subtitle, width - 16);
  // Labels that would run into each other stand on two lines in turn.
  const bool crowded = std::ranges::any_of(
      figure.columns, [&](const std::string& label) { return TextWidth(label, 11) + 6 > cell; });
  const double second_line = crowded ? 13 : 0;
  // Of a tall map one sees only a part, perhaps without its foot: its columns are named above as
  // well.
  const double named_above = figure.rows.size() > kTall ? 18 + second_line : 0;
  const double top = heading.height + 12 + named_above;

  Svg svg(figure.name, width, top + height + second_line + 50, figure.title, figure.subtitle);
  svg.Heading(heading, 8);
  double y = top;
  std::string outlines;
  for (const HeatRow& row : figure.rows) {
    if (row.gap_before) y += kGroupGap;
    svg.Text(left - 8, y + kCellHeight / 2 + 3, row.label, 12, "end");
    svg.Raw("<g font-size=\"11\" text-anchor=\"middle\">\n");
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const HeatCell& each = row.cells[i];
      const double x = left + static_cast<double>(i) * cell;
      const bool lost = each.diverged || !std::isfinite(each.value);
      const std::string colour = Viridis(Shade(figure, each.value, low, high));
      svg.Raw(fmt::format(
          "<g class=\"cell\"><path d=\"M{} {}h{}v{}h-{}z\" {}/><text x=\"{}\" y=\"{}\" {}>{}</text>"
          "{}</g>\n",
          Coordinate(x + 1), Coordinate(y + 1), Coordinate(cell - 2), Coordinate(kCellHeight - 2),
          Coordinate(cell - 2),
          lost ? "class=\"lostcell\" fill=\"#d8dee4\"" : fmt::format("fill=\"{}\"", colour),
          Coordinate(x + cell / 2), Coordinate(y + kCellHeight / 2 + 4),
          lost ? "class=\"lostmark\" fill=\"#1f2328\""
               : fmt::format("fill=\"{}\"", ReadableOn(colour)),
          !lost           ? CellText(each.value, figure.percent)
          : each.diverged ? "×"
                          : "",
          Tip(each.note)));
      if (each.best) {
        outlines.append(
            fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\" fill=\"none\" "
                        "class=\"outline\" stroke=\"#1f2328\" stroke-width=\"2.2\"/>\n",
                        Coordinate(x), Coordinate(y), Coordinate(cell), Coordinate(kCellHeight)));
      }
    }
    svg.Raw("</g>\n");
    y += kCellHeight;
  }
  svg.Raw(outlines);
  const auto name_columns = [&](double at) {
    for (std::size_t i = 0; i < figure.columns.size(); ++i) {
      svg.Text(left + (static_cast<double>(i) + 0.5) * cell, at + (i % 2 == 1 ? second_line : 0),
               figure.columns[i], 11, "middle", "mute");
    }
  };
  name_columns(y + 16);
  if (named_above > 0) name_columns(top - named_above + 12);
  svg.Text(left + columns * cell / 2, y + second_line + 36, figure.x_label, 11, "middle", "mute");
  return std::move(svg).Finish();
}

}  // namespace lanegrad
