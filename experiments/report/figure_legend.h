/// @file
/// The legend of curves: which series is which; on a page, also a button for each to switch
/// it off.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_FIGURE_LEGEND_H_
#define LANEGRAD_EXPERIMENTS_REPORT_FIGURE_LEGEND_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/report/figure.h"
#include "experiments/report/svg.h"

namespace lanegrad {

/// The place of a series that has no colour of its own.
inline constexpr std::size_t kRest = static_cast<std::size_t>(-1);

/// What such series are called together.
inline constexpr std::string_view kRestName = "others";

/// The dashes of what a formula says.
inline constexpr std::string_view kTheoryDashes = " stroke-dasharray=\"4 3\"";

/// The series of a figure in order of appearance; of more than kColours, the best only.
class Legend {
 public:
  /// The legend of a figure.
  explicit Legend(const LineFigure& figure);
  /// The colour, dashes and mark of a series, or kRest.
  std::size_t Place(std::string_view name) const;
  /// Draws it in rows from `top` and returns where it ends; only measures where `svg` is
  /// null.
  double Draw(Svg* svg, double left, double top, double width) const;
  /// The same as HTML, which wraps by itself.
  std::string Html() const;

 private:
  // The sample of line and mark that begins a key, from (x, y) on, 24 pixels wide.
  std::string Sample(std::size_t place, double x, double y) const;

  bool Theory(std::string_view name) const;

  std::vector<std::string> names_;
  std::vector<std::string> theory_;  // of names_, those that a formula says
  std::size_t rest_ = 0;             // how many have no colour
  bool marks_ = true;
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_FIGURE_LEGEND_H_
