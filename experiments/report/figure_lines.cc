// SPDX-License-Identifier: Apache-2.0
//
// Figures of curves: panels on one page, or one by one for pages that arrange them.
#include <fmt/format.h>

#include <algorithm>

#include "experiments/report/figure.h"
#include "experiments/report/figure_legend.h"
#include "experiments/report/line_plot.h"
#include "experiments/report/svg.h"

namespace lanegrad {
namespace {

constexpr double kLeft = 52, kGap = 26, kRight = 16, kFoot = 44, kHeight = 250;

// Everything of a panel below its title.
void DrawPanel(Svg& svg, const LineFigure& figure, const LinePanel& panel, const LinePlot& plot,
               const Legend& legend, bool labels) {
  plot.Axes(svg, labels);
  plot.PanelMarks(svg, panel);
  // The grey ones first, so that they lie behind.
  for (const bool rest : {true, false}) {
    for (const LineSeries& series : panel.series) {
      const std::size_t place = legend.Place(series.name);
      if ((place == kRest) == rest) {
        plot.Series(svg, series, place, figure.panels.size() > 1 ? panel.title : "");
      }
    }
  }
}

}  // namespace

std::string DrawSvg(const LineFigure& figure) {
  const Legend legend(figure);
  const std::size_t panels = figure.panels.size();
  const std::size_t columns = panels == 4 ? 2 : std::clamp<std::size_t>(panels, 1, 3);
  const std::size_t rows = std::max<std::size_t>(1, (panels + columns - 1) / columns);
  const double width = panels <= 1 ? 720 : 900;
  const double plot = (width - kLeft - kRight - kGap * static_cast<double>(columns - 1)) /
                      static_cast<double>(columns);
  const FigureHeading heading = WrapHeading(figure.title, figure.subtitle, width - 16);
  const double legend_end = legend.Draw(nullptr, 8, heading.height + 22, width);
  const double head = panels > 1 ? 50 : 26, panel_height = head + kHeight + kFoot;

  Svg svg(figure.name, width, legend_end + static_cast<double>(rows) * panel_height + 6,
          figure.title, figure.subtitle);
  svg.Heading(heading, 8);
  legend.Draw(&svg, 8, heading.height + 22, width);
  const Extent extent = Measure(figure);
  for (std::size_t p = 0; p < panels; ++p) {
    const double left = kLeft + static_cast<double>(p % columns) * (plot + kGap);
    const std::size_t row = p / columns;
    const double top = legend_end + head + static_cast<double>(row) * panel_height;
    const bool first = p % columns == 0;
    if (first) svg.Text(8, top - 8, figure.y_label, 11, "start", "mute");
    if (panels > 1) {
      svg.Text(left + plot / 2, top - 24, figure.panels[p].title, 12, "middle", "strong");
    }
    DrawPanel(svg, figure, figure.panels[p],
              LinePlot(figure, extent, left, top, plot, kHeight, Tips::kFull), legend, first);
  }
  return std::move(svg).Finish();
}

namespace {

// A legend, then the panels, each `width` pixels wide.
std::string Pieces(const LineFigure& figure, double width) {
  const Legend legend(figure);
  const std::size_t panels = figure.panels.size();
  const double head = panels > 1 ? 42 : 24;
  const Extent extent = Measure(figure);
  std::string pieces = legend.Html() + "<div class=\"panels\">\n";
  for (std::size_t p = 0; p < panels; ++p) {
    const LinePanel& panel = figure.panels[p];
    const double plot = width - kLeft - kRight;
    Svg svg(fmt::format("{}_{}", figure.name, p + 1), width, head + kHeight + kFoot,
            panels > 1 ? panel.title : figure.title, figure.subtitle);
    if (panels > 1) svg.Text(kLeft + plot / 2, 16, panel.title, 12, "middle", "strong");
    svg.Text(8, head - 8, figure.y_label, 11, "start", "mute");
    DrawPanel(svg, figure, panel, LinePlot(figure, extent, kLeft, head, plot, kHeight, Tips::kNote),
              legend, true);
    pieces.append(fmt::format("<div class=\"panel\" data-panel=\"{}\">{}</div>\n",
                              Escape(panels > 1 ? panel.title : std::string()),
                              WithoutStyle(std::move(svg).Finish())));
  }
  return pieces.append("</div>\n");
}

}  // namespace

std::string DrawPieces(const LineFigure& figure) {
  const std::size_t panels = figure.panels.size();
  return Pieces(figure, panels <= 1 ? 640 : panels == 2 ? 470 : 330);
}

std::string DrawNarrowPieces(const LineFigure& figure) { return Pieces(figure, 372); }

}  // namespace lanegrad
