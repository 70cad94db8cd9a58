// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/figure_legend.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace lanegrad {
namespace {

// How good a series gets, larger is better: shares want to be large, losses small.
double Score(const LineFigure& figure, std::string_view name) {
  double best = -std::numeric_limits<double>::infinity();
  for (const LinePanel& panel : figure.panels) {
    for (const LineSeries& series : panel.series) {
      if (series.name != name) continue;
      for (const LinePoint& point : series.points) {
        if (point.diverged || !std::isfinite(point.y)) continue;
        best = std::max(best, figure.y_percent ? point.y : -point.y);
      }
    }
  }
  return best;
}

}  // namespace

Legend::Legend(const LineFigure& figure) : marks_(figure.dots) {
  std::vector<std::string> all;
  for (const LinePanel& panel : figure.panels) {
    for (const LineSeries& series : panel.series) {
      if (std::find(all.begin(), all.end(), series.name) == all.end()) all.push_back(series.name);
      if (series.theory) theory_.push_back(series.name);
    }
  }
  names_ = all;
  if (all.size() <= kColours || figure.all_coloured) return;
  std::stable_sort(names_.begin(), names_.end(), [&](const std::string& a, const std::string& b) {
    return Score(figure, a) > Score(figure, b);
  });
  names_.resize(kColours);
  rest_ = all.size() - kColours;
}

std::size_t Legend::Place(std::string_view name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  return found == names_.end() ? kRest : static_cast<std::size_t>(found - names_.begin());
}

bool Legend::Theory(std::string_view name) const {
  return std::find(theory_.begin(), theory_.end(), name) != theory_.end();
}

std::string Legend::Sample(std::size_t place, double x, double y) const {
  const bool theory = place != kRest && Theory(names_[place]);
  const std::string paint =
      theory ? fmt::format("class=\"s{}\" stroke=\"{}\" stroke-width=\"1.4\"{}", place % kColours,
                           Colour(place), kTheoryDashes)
      : place == kRest ? std::string("class=\"rest\" stroke=\"#8c959f\" stroke-width=\"1\"")
                       : fmt::format("class=\"s{}\" stroke=\"{}\" stroke-width=\"2.4\"{}",
                                     place % kColours, Colour(place), Dashes(place));
  std::string sample =
      fmt::format("<path d=\"M{} {}h24\" {}/>", Coordinate(x), Coordinate(y), paint);
  if (place != kRest && marks_ && !theory) {
    sample.append(fmt::format("<g class=\"f{}\" fill=\"{}\">{}</g>", place % kColours,
                              Colour(place), Marker(place, x + 12, y, 4)));
  }
  return sample;
}

double Legend::Draw(Svg* svg, double left, double top, double width) const {
  KeyPlaces places = {.left = left, .y = top, .width = width};
  const auto key = [&](const std::string& label, std::size_t place) {
    const double x = places.Next(30 + TextWidth(label, 12) + 12);
    if (svg == nullptr) return;
    svg->Raw("<g class=\"key\">" + Sample(place, x, places.y - 4));
    svg->Text(x + 30, places.y, label, 12);
    svg->Raw("</g>\n");
  };
  for (std::size_t i = 0; i < names_.size(); ++i) key(names_[i], i);
  if (rest_ > 0) key(fmt::format("{} {}", rest_, kRestName), kRest);
  return places.y;
}

std::string Legend::Html() const {
  std::string html = "<div class=\"legend\">\n";
  const auto key = [&](std::string_view series, const std::string& label, std::size_t place) {
    html.append(fmt::format(
        "<button class=\"key\" data-series=\"{}\" aria-pressed=\"true\"><svg class=\"figure\" "
        "width=\"24\" height=\"14\" aria-hidden=\"true\">{}</svg>{}</button>\n",
        Escape(series), Sample(place, 0, 7), Escape(label)));
  };
  // Of a single series there is nothing to tell apart.
  if (names_.size() == 1 && rest_ == 0) return "";
  for (std::size_t i = 0; i < names_.size(); ++i) key(names_[i], names_[i], i);
  if (rest_ > 0) key(kRestName, fmt::format("{} {}", rest_, kRestName), kRest);
  return html.append("</div>\n");
}

}  // namespace lanegrad
