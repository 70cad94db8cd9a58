// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "experiments/axis_ticks.h"
#include "experiments/figure.h"
#include "experiments/svg.h"

namespace lanegrad {
namespace {

constexpr double kLeft = 58, kGap = 26, kPlotHeight = 250, kRight = 16;

bool Drawn(const LinePoint& point) { return !point.diverged && std::isfinite(point.y); }

// The names of all series, in order of appearance: their place is their colour.
std::vector<std::string> Names(const LineFigure& figure) {
  std::vector<std::string> names;
  for (const LinePanel& panel : figure.panels) {
    for (const LineSeries& series : panel.series) {
      if (std::find(names.begin(), names.end(), series.name) == names.end()) {
        names.push_back(series.name);
      }
    }
  }
  return names;
}

// The ends of both axes.
struct Extent {
  double x_low = std::numeric_limits<double>::infinity(), x_high = -x_low;
  double y_low = x_low, y_high = -x_low;
};

Extent Measure(const LineFigure& figure) {
  Extent e;
  for (const LinePanel& panel : figure.panels) {
    for (const LineSeries& series : panel.series) {
      for (const LinePoint& point : series.points) {
        e.x_low = std::min(e.x_low, point.x);
        e.x_high = std::max(e.x_high, point.x);
        if (!Drawn(point)) continue;
        for (const double y : {point.y, point.low, point.high}) {
          if (!std::isfinite(y)) continue;
          e.y_low = std::min(e.y_low, y);
          e.y_high = std::max(e.y_high, y);
        }
      }
    }
  }
  if (!(e.x_low <= e.x_high)) e.x_low = 0.0, e.x_high = 1.0;
  if (!(e.y_low <= e.y_high)) e.y_low = 0.0, e.y_high = 1.0;
  if (e.x_low == e.x_high) e.x_high = figure.x_log ? 10 * e.x_low : e.x_low + 1;
  if (e.y_low == e.y_high) e.y_low -= 0.5, e.y_high += 0.5;
  const double air = 0.04 * (e.y_high - e.y_low);
  e.y_low = std::isnan(figure.y_low) ? e.y_low - air : figure.y_low;
  e.y_high = std::isnan(figure.y_high) ? e.y_high + air : figure.y_high;
  return e;
}

// One panel and its place on the page.
class Plot {
 public:
  Plot(const LineFigure& figure, const Extent& extent, double left, double top, double width)
      : figure_(figure), e_(extent), left_(left), top_(top), width_(width) {}

  double X(double x) const {
    const double t = figure_.x_log ? std::log(x / e_.x_low) / std::log(e_.x_high / e_.x_low)
                                   : (x - e_.x_low) / (e_.x_high - e_.x_low);
    return left_ + 8 + t * (width_ - 16);
  }
  double Y(double y) const {
    const double t = (y - e_.y_low) / (e_.y_high - e_.y_low);
    return top_ + kPlotHeight * (1.0 - std::clamp(t, -0.02, 1.02));
  }
  double bottom() const { return top_ + kPlotHeight; }

  void Axes(Svg& svg, bool first) const {
    for (const Tick& tick : LinearTicks(e_.y_low, e_.y_high, 4, figure_.y_percent)) {
      svg.Line(left_, Y(tick.at), left_ + width_, Y(tick.at), "grid");
      if (first) svg.Text(left_ - 8, Y(tick.at) + 4, tick.label, 11, "end", "mute");
    }
    svg.Line(left_, bottom(), left_ + width_, bottom(), "axis");
    const std::vector<Tick> ticks =
        figure_.x_log ? LogTicks(e_.x_low, e_.x_high) : LinearTicks(e_.x_low, e_.x_high, 5);
    for (const Tick& tick : ticks) {
      svg.Line(X(tick.at), bottom(), X(tick.at), bottom() + 4, "axis");
      svg.Text(X(tick.at), bottom() + 17, tick.label, 11, "middle", "mute", true);
    }
    svg.Text(left_ + width_ / 2, bottom() + 36, figure_.x_label, 11, "middle", "mute");
  }

  void Series(Svg& svg, const LineSeries& series, std::size_t colour) const {
    const std::size_t c = colour % kColours;
    svg.Raw(fmt::format("<g class=\"series\" data-series=\"{}\">\n", Escape(series.name)));
    Band(svg, series, c);
    Curve(svg, series, c, colour >= 4);
    for (std::size_t i = 0; i < series.points.size(); ++i) {
      Mark(svg, series.points[i], c, static_cast<int>(i) == series.best);
    }
    svg.Raw("</g>\n");
  }

 private:
  // Upper ends forwards, lower ends backwards.
  void Band(Svg& svg, const LineSeries& series, std::size_t c) const {
    std::string above, below;
    for (const LinePoint& point : series.points) {
      if (!Drawn(point) || !std::isfinite(point.low) || !std::isfinite(point.high)) continue;
      const std::string x = Coordinate(X(point.x));
      above.append(fmt::format("{},{} ", x, Coordinate(Y(point.high))));
      below.insert(0, fmt::format("{},{} ", x, Coordinate(Y(point.low))));
    }
    if (above.empty()) return;
    svg.Raw(
        fmt::format("<polygon points=\"{}{}\" class=\"f{}\" fill=\"{}\" fill-opacity=\"0.16\"/>\n",
                    above, below, c, Colour(c)));
  }

  // The curve breaks where a point diverged. From the fifth series on it is dashed,
  // so that colour is not the only difference.
  void Curve(Svg& svg, const LineSeries& series, std::size_t c, bool dashed) const {
    std::string path;
    bool down = false;
    for (const LinePoint& point : series.points) {
      if (!Drawn(point)) {
        down = false;
        continue;
      }
      path.append(
          fmt::format("{}{} {}", down ? "L" : "M", Coordinate(X(point.x)), Coordinate(Y(point.y))));
      down = true;
    }
    if (path.empty() || !figure_.joined) return;
    svg.Raw(
        fmt::format("<path d=\"{}\" class=\"s{}\" stroke=\"{}\" fill=\"none\" "
                    "stroke-width=\"1.8\" stroke-linejoin=\"round\"{}/>\n",
                    path, c, Colour(c), dashed ? " stroke-dasharray=\"6 3\"" : ""));
  }

  void Mark(Svg& svg, const LinePoint& point, std::size_t c, bool best) const {
    const std::string tip =
        point.note.empty() ? std::string() : fmt::format("<title>{}</title>", Escape(point.note));
    const std::string x = Coordinate(X(point.x));
    if (!Drawn(point)) {
      const double y = bottom() - 5, at = X(point.x);
      svg.Raw(fmt::format(
          "<path d=\"M{0} {2}L{1} {3}M{0} {3}L{1} {2}\" class=\"s{4} lost\" stroke=\"{5}\" "
          "stroke-width=\"1.6\" fill=\"none\">{6}</path>\n",
          Coordinate(at - 3.5), Coordinate(at + 3.5), Coordinate(y - 3.5), Coordinate(y + 3.5), c,
          Colour(c), tip));
      return;
    }
    const std::string y = Coordinate(Y(point.y));
    if (best) {
      svg.Raw(
          fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"5.5\" class=\"f{} page best\" fill=\"{}\" "
                      "stroke=\"#fff\" stroke-width=\"1.5\">{}</circle>\n",
                      x, y, c, Colour(c), tip));
    } else if (figure_.dots) {
      svg.Raw(fmt::format(
          "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" class=\"f{}\" fill=\"{}\">{}</circle>\n", x, y,
          figure_.joined ? "2.4" : "4", c, Colour(c), tip));
    }
  }

  const LineFigure& figure_;
  const Extent& e_;
  const double left_, top_, width_;
};

// Draws the legend in rows from `top` and returns where it ends; measures only
// where `svg` is null.
double Legend(Svg* svg, const std::vector<std::string>& names, double top, double width) {
  double x = kLeft, y = top;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const double needed = 24 + TextWidth(names[i], 12) + 14;
    if (x + needed > width && x > kLeft) {
      x = kLeft;
      y += 18;
    }
    if (svg != nullptr) {
      svg->Raw(
          fmt::format("<g class=\"key\" data-series=\"{}\" role=\"button\" tabindex=\"0\">"
                      "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"18\" fill=\"transparent\"/>"
                      "<line x1=\"{}\" x2=\"{}\" y1=\"{}\" y2=\"{}\" class=\"s{}\" stroke=\"{}\" "
                      "stroke-width=\"3\"{}/>",
                      Escape(names[i]), Coordinate(x), Coordinate(y - 13), Coordinate(needed - 8),
                      Coordinate(x), Coordinate(x + 18), Coordinate(y - 4), Coordinate(y - 4),
                      i % kColours, Colour(i), i >= 4 ? " stroke-dasharray=\"6 3\"" : ""));
      svg->Text(x + 24, y, names[i], 12);
      svg->Raw("</g>\n");
    }
    x += needed;
  }
  return y;
}

}  // namespace

std::string DrawSvg(const LineFigure& figure) {
  const std::vector<std::string> names = Names(figure);
  const std::size_t panels = std::max<std::size_t>(1, figure.panels.size());
  const double width = panels == 1 ? 720 : 900;
  const double plot = (width - kLeft - kRight - kGap * static_cast<double>(panels - 1)) /
                      static_cast<double>(panels);
  const double legend_top = 66;
  const double legend_end = Legend(nullptr, names, legend_top, width);
  const double top = legend_end + (panels > 1 ? 40 : 26);

  Svg svg(figure.name, width, top + kPlotHeight + 46, figure.title, figure.subtitle);
  svg.Text(kLeft, 22, figure.title, 15, "start", "strong");
  svg.Text(kLeft, 42, figure.subtitle, 12, "start", "mute");
  Legend(&svg, names, legend_top, width);
  svg.Text(kLeft - 50, top - 8, figure.y_label, 11, "start", "mute");
  const Extent extent = Measure(figure);
  for (std::size_t p = 0; p < figure.panels.size(); ++p) {
    const double left = kLeft + static_cast<double>(p) * (plot + kGap);
    const Plot drawn(figure, extent, left, top, plot);
    if (panels > 1) {
      svg.Text(left + plot / 2, top - 8, figure.panels[p].title, 12, "middle", "strong");
    }
    drawn.Axes(svg, p == 0);
    for (const LineSeries& series : figure.panels[p].series) {
      const auto colour = std::find(names.begin(), names.end(), series.name) - names.begin();
      drawn.Series(svg, series, static_cast<std::size_t>(colour));
    }
  }
  return std::move(svg).Finish();
}

}  // namespace lanegrad
