// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/line_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/report/axis_ticks.h"
#include "experiments/report/figure_legend.h"

namespace lanegrad {
namespace {

bool Drawn(const LinePoint& point) { return !point.diverged && std::isfinite(point.y); }

// At the edge that a point left the frame by.
std::string Arrow(double x, double edge, bool up, const std::string& inside) {
  const double y = up ? edge + 2 : edge - 2, foot = up ? 6 : -6;
  return fmt::format("<path class=\"outside\" d=\"M{} {}l4 {}M{} {}l-4 {}\">{}</path>\n",
                     Coordinate(x), Coordinate(y), foot, Coordinate(x), Coordinate(y), foot,
                     inside);
}

// Ticks of a linear x axis, so many that their labels stand well apart in the room that there is.
std::vector<Tick> TicksApart(double low, double high, bool whole, double room) {
  for (int wanted = 5;; --wanted) {
    std::vector<Tick> ticks =
        whole ? WholeTicks(low, high, wanted) : LinearTicks(low, high, wanted);
    double needed = 0.0;
    for (const Tick& tick : ticks) needed += TextWidth(tick.label, 11) + 12;
    if (needed <= room || wanted == 2) return ticks;
  }
}

// Whether an axis has a place for it.
bool Placed(double x, bool log) { return std::isfinite(x) && (!log || x > 0.0); }

void Widen(Extent& e, const LinePoint& point, bool x_log, bool y_log) {
  if (Placed(point.x, x_log)) {
    e.x_low = std::min(e.x_low, point.x);
    e.x_high = std::max(e.x_high, point.x);
  }
  if (!Drawn(point)) return;
  for (const double y : {point.y, point.low, point.high}) {
    if (!std::isfinite(y) || (y_log && y <= 0.0)) continue;
    e.y_low = std::min(e.y_low, y);
    e.y_high = std::max(e.y_high, y);
  }
}

}  // namespace

Extent Measure(const LineFigure& figure) {
  Extent e;
  for (const LinePanel& panel : figure.panels) {
    for (const LineSeries& series : panel.series) {
      for (const LinePoint& point : series.points) Widen(e, point, figure.x_log, figure.y_log);
    }
  }
  if (!(e.x_low <= e.x_high)) e.x_low = figure.x_log ? 0.1 : 0.0, e.x_high = 1.0;
  if (!(e.y_low <= e.y_high)) e.y_low = figure.y_log ? 0.1 : 0.0, e.y_high = 1.0;
  if (e.x_low == e.x_high) e.x_high = figure.x_log ? 10 * e.x_low : e.x_low + 1;
  for (const LinePanel& panel : figure.panels) {
    for (const LineMark& mark : panel.marks) {
      if (!Placed(mark.x, figure.x_log)) continue;
      e.x_low = std::min(e.x_low, mark.x);
      e.x_high = std::max(e.x_high, mark.x);
    }
  }
  if (figure.y_log) {
    const double air = e.y_low == e.y_high ? 2.0 : std::pow(e.y_high / e.y_low, 0.04);
    e.y_low = figure.y_low > 0.0 ? figure.y_low
                                 : std::max(e.y_low / air, std::numeric_limits<double>::min());
    e.y_high = figure.y_high > e.y_low
                   ? figure.y_high
                   : std::min(e.y_high * air, std::numeric_limits<double>::max());
    return e;
  }
  if (e.y_low == e.y_high) e.y_low -= 0.5, e.y_high += 0.5;
  const double air = 0.04 * (e.y_high - e.y_low);
  e.y_low = std::isnan(figure.y_low) ? e.y_low - air : figure.y_low;
  e.y_high = std::isnan(figure.y_high) ? e.y_high + air : figure.y_high;
  return e;
}

LinePlot::LinePlot(const LineFigure& figure, const Extent& extent, double left, double top,
                   double width, double height, Tips tips)
    : figure_(figure),
      e_(extent),
      left_(left),
      top_(top),
      width_(width),
      height_(height),
      tips_(tips) {}

// What has no place, as 0 on a logarithmic axis, is drawn at the left end and not left out.
double LinePlot::X(double x) const {
  if (!Placed(x, figure_.x_log)) return left_;
  const double t = figure_.x_log ? (std::log(x) - std::log(e_.x_low)) /
                                       (std::log(e_.x_high) - std::log(e_.x_low))
                                 : (x - e_.x_low) / (e_.x_high - e_.x_low);
  return left_ + 8 + t * (width_ - 16);
}

double LinePlot::Y(double y) const {
  const double t =
      !figure_.y_log ? (y - e_.y_low) / (e_.y_high - e_.y_low)
      : y > 0.0 ? (std::log(y) - std::log(e_.y_low)) / (std::log(e_.y_high) - std::log(e_.y_low))
                : -1.0;
  // Far enough outside that a line leaves the frame at the right slope, near enough for any viewer.
  const double reach = Cuts() ? 40.0 : 0.02;
  return top_ + height_ * (1.0 - std::clamp(t, -reach, 1.0 + reach));
}

bool LinePlot::Cuts() const {
  return std::isfinite(figure_.y_low) || std::isfinite(figure_.y_high);
}

bool LinePlot::Inside(double y) const { return y >= e_.y_low && y <= e_.y_high; }

// The frame that cuts is called by where it is: two of one name are one frame.
std::string LinePlot::Frame() const {
  return fmt::format("{}-frame-{}-{}-{}", figure_.name, std::lround(left_), std::lround(top_),
                     std::lround(width_));
}

void LinePlot::PanelMarks(Svg& svg, const LinePanel& panel) const {
  double row = 0;
  for (const LineMark& mark : panel.marks) {
    const double x = X(mark.x);
    svg.Raw(
        fmt::format("<path d=\"M{} {}V{}\" class=\"rest\" stroke=\"#59636e\" fill=\"none\" "
                    "stroke-dasharray=\"2 2\"/>\n",
                    Coordinate(x), Coordinate(top_), Coordinate(bottom())));
    // At the side with more room; one below the other, since marks may be near each other.
    const bool left = x > left_ + width_ / 2;
    // With a border of the page's colour, where another mark's line passes behind it.
    svg.Text(left ? x - 4 : x + 4, top_ + 11 + 13 * row, mark.label, 11, left ? "end" : "start",
             "halo");
    row = row < 3 ? row + 1 : 0;
  }
}

void LinePlot::Axes(Svg& svg, bool labels) const {
  const std::vector<Tick> levels = figure_.y_log
                                       ? LogTicks(e_.y_low, e_.y_high, figure_.y_percent)
                                       : LinearTicks(e_.y_low, e_.y_high, 4, figure_.y_percent);
  for (const Tick& tick : levels) {
    svg.Line(left_, Y(tick.at), left_ + width_, Y(tick.at), "grid");
    if (labels) svg.Text(left_ - 8, Y(tick.at) + 4, tick.label, 11, "end", "mute", true);
  }
  svg.Line(left_, bottom(), left_ + width_, bottom(), "axis");
  const std::vector<Tick> ticks = figure_.x_log
                                      ? LogTicks(e_.x_low, e_.x_high)
                                      : TicksApart(e_.x_low, e_.x_high, figure_.x_whole, width_);
  for (const Tick& tick : ticks) {
    svg.Line(X(tick.at), bottom(), X(tick.at), bottom() + 4, "axis");
    svg.Text(X(tick.at), bottom() + 17, tick.label, 11, "middle", "mute", true);
  }
  svg.Text(left_ + width_ / 2, bottom() + 36, figure_.x_label, 11, "middle", "mute");
}

void LinePlot::Series(Svg& svg, const LineSeries& series, std::size_t place,
                      std::string_view panel) const {
  svg.Raw(fmt::format("<g class=\"series\" data-series=\"{}\">\n",
                      Escape(place == kRest ? kRestName : std::string_view(series.name))));
  if (Cuts()) {
    svg.Raw(
        fmt::format("<clipPath id=\"{0}\"><rect x=\"{1}\" y=\"{2}\" width=\"{3}\" "
                    "height=\"{4}\"/></clipPath>\n<g clip-path=\"url(#{0})\">\n",
                    Escape(Frame()), Coordinate(left_), Coordinate(top_), Coordinate(width_),
                    Coordinate(height_)));
  }
  if (place != kRest) Band(svg, series, place);
  Curve(svg, series, place);
  if (Cuts()) svg.Raw("</g>\n");
  Marks(svg, series, place, panel);
  svg.Raw("</g>\n");
}

std::string LinePlot::Tip(const LinePoint& point, const LineSeries& series,
                          std::string_view panel) const {
  if (tips_ == Tips::kNone || point.note.empty()) return "";
  if (tips_ == Tips::kNote) return lanegrad::Tip(point.note);
  const std::string where = panel.empty() ? "" : fmt::format(" · {}", panel);
  return lanegrad::Tip(fmt::format("{}{}, {}", series.name, where, point.note));
}

// Upper ends forwards, lower ends backwards.
void LinePlot::Band(Svg& svg, const LineSeries& series, std::size_t c) const {
  std::string above, below;
  for (const LinePoint& point : series.points) {
    if (!Drawn(point) || std::isnan(point.low) || std::isnan(point.high)) continue;
    const std::string x = Coordinate(X(point.x));
    above.append(fmt::format("{},{} ", x, Coordinate(Y(point.high))));
    below.insert(0, fmt::format("{},{} ", x, Coordinate(Y(point.low))));
  }
  if (above.empty()) return;
  svg.Raw(
      fmt::format("<polygon points=\"{}{}\" class=\"f{}\" fill=\"{}\" fill-opacity=\"0.13\"/>\n",
                  above, below, c % kColours, Colour(c)));
}

// The curve breaks where a point diverged.
void LinePlot::Curve(Svg& svg, const LineSeries& series, std::size_t place) const {
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
  if (path.empty() || !(figure_.joined || series.theory)) return;
  if (series.theory && place != kRest) {
    svg.Raw(
        fmt::format("<path d=\"{}\" class=\"s{}\" stroke=\"{}\" fill=\"none\" "
                    "stroke-width=\"1.4\"{}/>\n",
                    path, place % kColours, Colour(place), kTheoryDashes));
    return;
  }
  svg.Raw(place == kRest
              ? fmt::format("<path d=\"{}\" class=\"rest\" stroke=\"#8c959f\" fill=\"none\" "
                            "stroke-width=\"1\" stroke-opacity=\"0.5\">{}</path>\n",
                            path, tips_ != Tips::kNone ? lanegrad::Tip(series.name) : std::string())
              : fmt::format("<path d=\"{}\" class=\"s{}\" stroke=\"{}\" fill=\"none\" "
                            "stroke-width=\"1.8\" stroke-linejoin=\"round\"{}/>\n",
                            path, place % kColours, Colour(place), Dashes(place)));
}

// Crosses on the bottom line, marks on the curve, and a large one at the best point. The
// rest has crosses only.
void LinePlot::Marks(Svg& svg, const LineSeries& series, std::size_t place,
                     std::string_view panel) const {
  std::string marks, crosses, best, arrows;
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    const LinePoint& point = series.points[i];
    if (!Drawn(point) || point.partly) {
      crosses.append(
          Cross(X(point.x), bottom() - 5, Drawn(point) ? 2.2 : 3.5, Tip(point, series, panel)));
    }
    if (!Drawn(point) || place == kRest || series.theory) continue;
    if (Cuts() && !Inside(point.y)) {
      // A curve without dots has one where it leaves the frame, and not one a point.
      if (!figure_.dots && i > 0 && Drawn(series.points[i - 1]) &&
          !Inside(series.points[i - 1].y)) {
        continue;
      }
      arrows.append(Arrow(X(point.x), point.y > e_.y_high ? top_ : bottom(), point.y > e_.y_high,
                          Tip(point, series, panel)));
      continue;
    }
    if (static_cast<int>(i) == series.best) {
      best = Marker(place, X(point.x), Y(point.y), 5.5, Tip(point, series, panel));
    } else if (figure_.dots) {
      marks.append(Marker(place, X(point.x), Y(point.y), figure_.joined ? 2.6 : 4,
                          Tip(point, series, panel)));
    }
  }
  const std::string stroke =
      place == kRest ? std::string("class=\"rest\" stroke=\"#8c959f\"")
                     : fmt::format("class=\"s{}\" stroke=\"{}\"", place % kColours, Colour(place));
  if (!crosses.empty() || !arrows.empty()) {
    crosses += arrows;
    svg.Raw(fmt::format("<g {} stroke-width=\"1.6\" fill=\"none\">{}</g>\n", stroke, crosses));
  }
  if (!marks.empty()) {
    svg.Raw(fmt::format("<g class=\"f{0}\" fill=\"{1}\">{2}</g>\n", place % kColours, Colour(place),
                        marks));
  }
  if (!best.empty()) {
    svg.Raw(fmt::format(
        "<g class=\"f{0} page best\" fill=\"{1}\" stroke=\"#fff\" stroke-width=\"1.5\">{2}</g>\n",
        place % kColours, Colour(place), best));
  }
}

}  // namespace lanegrad
