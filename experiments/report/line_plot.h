/// @file
/// One panel of curves: axes, bands, lines, marks.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_LINE_PLOT_H_
#define LANEGRAD_EXPERIMENTS_REPORT_LINE_PLOT_H_

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

#include "experiments/report/figure.h"
#include "experiments/report/svg.h"

namespace lanegrad {

/// The ends of both axes, which all panels share.
struct Extent {
  double x_low = std::numeric_limits<double>::infinity();  ///< Left end.
  double x_high = -x_low;                                  ///< Right end.
  double y_low = x_low;                                    ///< Bottom.
  double y_high = -x_low;                                  ///< Top.
};

/// The ends that hold all points of a figure, with a little air; its own where it states
/// them. Never empty.
Extent Measure(const LineFigure& figure);

/// How much a mark says when it is pointed at.
enum class Tips {
  kNone,  ///< Nothing.
  kNote,  ///< Its note; the page's script adds the series and the panel.
  kFull,  ///< Series, panel and note.
};

/// One panel and its place on the page.
class LinePlot {
 public:
  /// A plot of `width` by `height` pixels, whose corner is at (left, top).
  LinePlot(const LineFigure& figure, const Extent& extent, double left, double top, double width,
           double height, Tips tips);

  /// Both axes. `labels`: whether the y axis is labelled.
  void Axes(Svg& svg, bool labels) const;
  /// The marks of a panel.
  void PanelMarks(Svg& svg, const LinePanel& panel) const;
  /// One series of the panel called `panel`. `place` is its place in the legend, or kRest:
  /// drawn thin and grey.
  void Series(Svg& svg, const LineSeries& series, std::size_t place, std::string_view panel) const;

 private:
  double X(double x) const;
  double Y(double y) const;
  bool Cuts() const;            // whether the figure states an end of the y axis
  bool Inside(double y) const;  // of the frame
  std::string Frame() const;    // id of what cuts
  double bottom() const { return top_ + height_; }
  std::string Tip(const LinePoint& point, const LineSeries& series, std::string_view panel) const;
  void Band(Svg& svg, const LineSeries& series, std::size_t place) const;
  void Curve(Svg& svg, const LineSeries& series, std::size_t place) const;
  void Marks(Svg& svg, const LineSeries& series, std::size_t place, std::string_view panel) const;

  const LineFigure& figure_;
  const Extent& e_;
  const double left_, top_, width_, height_;
  const Tips tips_;
};

/// What DrawPieces() draws, with panels that are no wider than a telephone.
std::string DrawNarrowPieces(const LineFigure& figure);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_LINE_PLOT_H_
