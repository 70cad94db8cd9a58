/// @file
/// The figures of reports and of the book: plain data in, SVG out, with the same
/// data as CSV and as a Vega-Lite specification for those who re-plot.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_FIGURE_H_
#define LANEGRAD_EXPERIMENTS_REPORT_FIGURE_H_

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "experiments/report/svg.h"

namespace lanegrad {

/// One point of a curve. Not finite y, or `diverged`: drawn as a cross on the
/// bottom line, never left out.
struct LinePoint {
  double x = 0.0;         ///< Place.
  double y = 0.0;         ///< Value.
  double low = NAN;       ///< Lower end of its interval; NaN: none.
  double high = NAN;      ///< Upper end of its interval.
  bool diverged = false;  ///< Whether all runs behind it diverged: a cross, and no point.
  bool partly = false;    ///< Whether some did: a cross besides.
  std::string note;       ///< What a tooltip says, besides the series and the panel.
};

/// One curve.
struct LineSeries {
  std::string name;               ///< In the legend.
  std::vector<LinePoint> points;  ///< By growing x.
  int best = -1;                  ///< The point to mark; -1: none.
  bool theory = false;            ///< What a formula says: thin, dashed, without dots.
};

/// A line from top to bottom at a place that matters, such as a limit of stability.
struct LineMark {
  double x = 0.0;     ///< Place.
  std::string label;  ///< Beside its upper end.
};

/// One of several small multiples.
struct LinePanel {
  std::string title;                 ///< Above it.
  std::vector<LineSeries> series;    ///< Same names in every panel get the same colour.
  std::vector<LineMark> marks = {};  ///< In this panel.
};

/// Curves, in panels side by side that share the y axis, three in a row. Of more than eight
/// series the eight best are coloured and the rest drawn thin and grey behind them, unless all
/// are to be coloured. What lies outside stated ends of the y axis is cut by the frame: a curve
/// runs out of it, and a point has an arrow at the edge that it left by.
struct LineFigure {
  std::string name;               ///< Id and file stem: letters, digits, _ and -.
  std::string title;              ///< What it shows: the finding.
  std::string subtitle;           ///< How many seeds, which interval.
  std::string x_label;            ///< With unit.
  std::string y_label;            ///< With unit.
  bool x_log = false;             ///< Logarithmic x.
  bool y_log = false;             ///< Logarithmic y.
  bool y_percent = false;         ///< y is a share, to be shown hundredfold.
  bool x_whole = false;           ///< x counts something: ticks at whole numbers.
  bool dots = true;               ///< A dot a point.
  bool joined = true;             ///< A line through the points of a series.
  bool all_coloured = false;      ///< Every series has a colour; colours may repeat.
  double y_low = NAN;             ///< Bottom of the y axis; NaN: by the data.
  double y_high = NAN;            ///< Top of the y axis; NaN: by the data.
  std::vector<LinePanel> panels;  ///< At least one.
};

/// One cell of a heat map.
struct HeatCell {
  double value = 0.0;     ///< Coloured and written; not finite and not diverged: left empty.
  bool diverged = false;  ///< Drawn as a cross.
  bool best = false;      ///< Outlined.
  std::string note;       ///< What a tooltip says.
};

/// One row of a heat map.
struct HeatRow {
  std::string label;            ///< At its left.
  std::vector<HeatCell> cells;  ///< As many as columns.
  bool gap_before = false;      ///< Begins a group.
};

/// A table of coloured cells.
struct HeatMap {
  std::string name;                  ///< Id and file stem.
  std::string title;                 ///< What it shows.
  std::string subtitle;              ///< How to read it.
  std::string x_label;               ///< Below the columns.
  std::string value_label;           ///< What a cell is.
  bool percent = false;              ///< Values are shares, to be large; else losses.
  bool large = false;                ///< Values are to be large, though they may be no shares.
  bool log = false;                  ///< Colours by the logarithm.
  std::vector<std::string> columns;  ///< Labels.
  std::vector<HeatRow> rows;         ///< From top to bottom.
};

/// One row of a dot figure.
struct DotRow {
  std::string label;                ///< At its left.
  std::string group;                ///< Rows of one group share a colour.
  double value = 0.0;               ///< The dot.
  double low = NAN;                 ///< Lower end of the interval.
  double high = NAN;                ///< Upper end of the interval.
  std::vector<double> points = {};  ///< What is behind it, a pale dot each; not finite: a cross.
  std::string text = {};            ///< What to write at its right; empty: the value.
  std::string note;                 ///< What a tooltip says.
};

/// Ranked values with intervals.
struct DotFigure {
  std::string name;          ///< Id and file stem.
  std::string title;         ///< What it shows.
  std::string subtitle;      ///< How many seeds, which interval.
  std::string x_label;       ///< With unit.
  bool percent = false;      ///< Values are shares.
  bool whole = false;        ///< Values count something: ticks at whole numbers.
  double reference = NAN;    ///< A value to compare with, drawn as a line from top to bottom.
  bool keys = false;         ///< Says which mark is which group's, where labels do not.
  std::vector<DotRow> rows;  ///< From top to bottom.
};

/// One setting in a diagram of ranks.
struct RankEntry {
  std::string label;  ///< Beside its tick.
  double rank = 0.0;  ///< Mean rank; 1 is best.
  std::string note;   ///< What a tooltip says.
};

/// Mean ranks on a line, with bars over those between which no difference is shown.
/// [Demsar 2006, figure 1]
struct RankDiagram {
  std::string name;                ///< Id and file stem.
  std::string title;               ///< What it shows.
  std::string subtitle;            ///< Of which test.
  double critical = 0.0;           ///< The critical difference, drawn as a ruler.
  std::vector<RankEntry> entries;  ///< By growing rank.
  std::vector<std::pair<std::size_t, std::size_t>> groups;  ///< First and last of each bar.
};

/// A point over a picture.
struct ImagePoint {
  double x = 0.0;         ///< Columns from the left edge; 0.5 is the middle of the first.
  double y = 0.0;         ///< Rows from the upper edge.
  std::size_t group = 0;  ///< Points of one group share a colour and a mark.
};

/// One picture: a field of values.
struct ImagePanel {
  std::string title;                 ///< Above it.
  std::size_t rows = 0;              ///< Pixels from top to bottom.
  std::size_t columns = 0;           ///< Pixels from left to right.
  std::vector<double> values;        ///< rows * columns, row by row from the top; not finite: grey.
  std::vector<ImagePoint> points{};  ///< Over it.
  std::string note{};                ///< What a tooltip says.
};

/// Fields of values as coloured pixels, several in a row: weights as pictures, regions of
/// decision, planes of settings. All panels share one scale, in 64 shades.
struct ImageFigure {
  std::string name;         ///< Id and file stem.
  std::string title;        ///< What it shows.
  std::string subtitle;     ///< How to read it.
  std::string value_label;  ///< What a value is, at the scale.
  std::string x_label{};    ///< Of the columns, below each panel of the last row.
  std::string y_label{};    ///< Of the rows, above the first panel of a row.
  bool diverging = false;   ///< Blue below zero, red above; else viridis.
  bool own_scale = false;   ///< Each panel from its least to its largest value.
  double low = NAN;         ///< Value of the first shade; NaN: by the data.
  double high = NAN;        ///< Value of the last shade; NaN: by the data.
  std::pair<double, double> x_ends{NAN, NAN};  ///< What the left and right edges are.
  std::pair<double, double> y_ends{NAN, NAN};  ///< What the lower and upper edges are.
  std::size_t in_row = 5;                      ///< Panels side by side at most.
  std::vector<ImagePanel> panels;              ///< At least one.
};

/// The drawing.
std::string DrawSvg(const LineFigure& figure);
/// The same as HTML for a page with the style sheet of drawings: a legend, then a drawing a
/// panel, which the page may put beside or below each other. Without title and subtitle.
std::string DrawPieces(const LineFigure& figure);
/// The drawing.
std::string DrawSvg(const HeatMap& figure);
/// The drawing.
std::string DrawSvg(const DotFigure& figure, Layout layout = Layout::kWide);
/// The drawing.
std::string DrawSvg(const RankDiagram& figure, Layout layout = Layout::kWide);
/// The drawing.
std::string DrawSvg(const ImageFigure& figure, Layout layout = Layout::kWide);

std::string WriteCsv(const LineFigure& figure);   ///< Its data, one point a line.
std::string WriteCsv(const HeatMap& figure);      ///< Its data, one cell a line.
std::string WriteCsv(const DotFigure& figure);    ///< Its data, one row a line.
std::string WriteCsv(const RankDiagram& figure);  ///< Its data, one setting a line.
std::string WriteCsv(const ImageFigure& figure);  ///< Its data, one pixel a line.

/// A Vega-Lite 5 specification that redraws it from `name`.csv beside it.
std::string VegaLite(const LineFigure& figure);
/// The same of a heat map.
std::string VegaLite(const HeatMap& figure);
/// The same of dots.
std::string VegaLite(const DotFigure& figure);
/// The same of ranks.
std::string VegaLite(const RankDiagram& figure);
/// The same of pictures, without the points over them.
std::string VegaLite(const ImageFigure& figure);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_FIGURE_H_
