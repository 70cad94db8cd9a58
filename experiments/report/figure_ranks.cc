// SPDX-License-Identifier: Apache-2.0
//
// The diagram of the critical difference: ranks on a line, names below it to the left and to
// the right, and a bar over each group between which no difference is shown.
#include <fmt/format.h>

#include <algorithm>

#include "experiments/report/figure.h"
#include "experiments/report/svg.h"

namespace lanegrad {
namespace {

constexpr double kLine = 19, kBar = 7;

// Names in two columns, the better half on the left. On a telephone one column has to do.
struct Sides {
  double width, left, right;  // of the page; where the axis begins and ends
  std::size_t first_half;
};

Sides SidesOf(const RankDiagram& figure, bool narrow) {
  const std::size_t n = figure.entries.size();
  Sides sides = {.width = narrow ? kNarrowWidth : 860, .left = 20, .right = 20, .first_half = n};
  if (!narrow) sides.first_half = (n + 1) / 2;
  double before = 0, after = 0;
  for (std::size_t i = 0; i < n; ++i) {
    double& widest = i < sides.first_half ? before : after;
    widest = std::max(widest, TextWidth(figure.entries[i].label, 12) + 40);
  }
  // The axis lies between the names, but at least over half of the page.
  sides.left = std::min(before + 16, narrow ? 0.62 * sides.width : 0.3 * sides.width);
  sides.right = narrow ? sides.width - 16 : sides.width - std::min(after + 16, 0.3 * sides.width);
  return sides;
}

}  // namespace

std::string DrawSvg(const RankDiagram& figure, Layout layout) {
  const bool narrow = layout == Layout::kNarrow;
  const Sides sides = SidesOf(figure, narrow);
  const std::size_t n = figure.entries.size();
  const double most = std::max(2.0, static_cast<double>(n));
  const auto place = [&](double rank) {
    return sides.left + (rank - 1.0) / (most - 1.0) * (sides.right - sides.left);
  };
  const FigureHeading heading = WrapHeading(figure.title, figure.subtitle, sides.width - 16);
  const double ruler = heading.height + 22, axis = ruler + 34;
  const double names = axis + 16 + kBar * static_cast<double>(figure.groups.size()) + 12;
  const std::size_t lines = std::max(sides.first_half, n - sides.first_half);

  Svg svg(figure.name, sides.width, names + kLine * static_cast<double>(lines) + 6, figure.title,
          figure.subtitle);
  svg.Heading(heading, 8);
  // The ruler: how far apart is far enough. One that is longer than the axis is cut there.
  const double end = std::min(place(1.0 + figure.critical), sides.right);
  svg.Raw(fmt::format(
      "<g class=\"outline\" stroke=\"#1f2328\" stroke-width=\"1.4\">"
      "<path d=\"M{0} {2}v8M{0} {3}H{1}M{1} {2}v8\" fill=\"none\"/></g>\n",
      Coordinate(place(1.0)), Coordinate(end), Coordinate(ruler - 4), Coordinate(ruler)));
  svg.Text(place(1.0), ruler - 8, fmt::format("critical difference {:.2f}", figure.critical), 11,
           "start", "mute");
  svg.Line(sides.left, axis, sides.right, axis, "axis");
  const std::size_t step = n > 12 ? (narrow ? 4 : 2) : 1;
  for (std::size_t rank = 1; rank <= n; rank += step) {
    const double x = place(static_cast<double>(rank));
    svg.Line(x, axis - 4, x, axis, "axis");
    svg.Text(x, axis - 7, fmt::format("{}", rank), 11, "middle", "mute");
  }
  for (std::size_t g = 0; g < figure.groups.size(); ++g) {
    const auto [from, to] = figure.groups[g];
    const double y = axis + 12 + kBar * static_cast<double>(g);
    svg.Raw(
        fmt::format("<line class=\"bar outline\" x1=\"{}\" x2=\"{}\" y1=\"{}\" y2=\"{}\" "
                    "stroke=\"#1f2328\" stroke-width=\"3.5\" stroke-linecap=\"round\"/>\n",
                    Coordinate(place(figure.entries[from].rank) - 3),
                    Coordinate(place(figure.entries[to].rank) + 3), Coordinate(y), Coordinate(y)));
  }
  for (std::size_t i = 0; i < n; ++i) {
    const RankEntry& entry = figure.entries[i];
    const bool before = i < sides.first_half;
    // On the right the worst stands highest, so that no two lines cross.
    const std::size_t line = before ? i : n - 1 - i;
    const double x = place(entry.rank), y = names + kLine * static_cast<double>(line) + 6;
    const double to = before ? sides.left - 6 : sides.right + 6;
    svg.Raw(
        fmt::format("<g class=\"row\">{}<path class=\"axis\" d=\"M{} {}V{}H{}\" "
                    "stroke=\"#8c959f\" fill=\"none\"/>",
                    narrow ? std::string() : Tip(entry.note), Coordinate(x), Coordinate(axis),
                    Coordinate(y), Coordinate(to)));
    const std::string label = fmt::format("{:.1f}", entry.rank);
    svg.Text(before ? to - 4 : to + 4, y + 4,
             before ? fmt::format("{}  {}", entry.label, label)
                    : fmt::format("{}  {}", label, entry.label),
             12, before ? "end" : "start");
    svg.Raw("</g>\n");
  }
  return std::move(svg).Finish();
}

}  // namespace lanegrad
