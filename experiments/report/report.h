/// @file
/// A report: one HTML file that needs nothing else, offline, for ever.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_REPORT_H_
#define LANEGRAD_EXPERIMENTS_REPORT_REPORT_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "experiments/report/figure.h"
#include "experiments/report/network_diagram.h"
#include "experiments/report/text_table.h"

namespace lanegrad {

/// A figure as a report and its folder take it: drawn, with its data.
struct Drawing {
  std::string label;    ///< In the choice between several.
  std::string name;     ///< Stem of its files.
  std::string heading;  ///< Title, which is the finding, and subtitle, as HTML.
  std::string svg;      ///< For its file: literal colours, no style sheet.
  std::string plain;    ///< For papers: the same of Plain().
  std::string page;     ///< The same for a page, as HTML.
  std::string narrow;   ///< For a telephone; empty where the page's wraps by itself or scrolls.
  std::string log;      ///< With a logarithmic y axis; empty where that makes no sense.
  std::string csv;      ///< Its data.
  std::string vega;     ///< A Vega-Lite specification over them.
  bool beside = false;  ///< Whether NAME_plain.svg is in the folder beside the page.
};

/// Draws curves; where `log` is set also with a logarithmic y axis.
Drawing MakeDrawing(const LineFigure& figure, std::string_view label = "", bool log = false);
/// Draws a heat map.
Drawing MakeDrawing(const HeatMap& figure, std::string_view label = "");
/// Draws dots.
Drawing MakeDrawing(const DotFigure& figure, std::string_view label = "");
/// Draws ranks.
Drawing MakeDrawing(const RankDiagram& figure, std::string_view label = "");
/// Draws networks.
Drawing MakeDrawing(const NetworkDiagram& figure, std::string_view label = "");
/// Draws pictures.
Drawing MakeDrawing(const ImageFigure& figure, std::string_view label = "");

/// Builds a report from top to bottom. Text is escaped; it knows nothing of
/// training.
class Report {
 public:
  /// A report with a title and a line below it; empty: none.
  Report(std::string_view title, std::string_view lead);

  /// A line "name: value" above everything else.
  void Fact(std::string_view name, std::string_view value);
  /// Such lines where they are said.
  void Facts(const std::vector<std::pair<std::string, std::string>>& facts);
  /// What the report comes to, a paragraph each, the first set large.
  void Answer(const std::vector<std::string>& sentences);
  void Warning(std::string_view text);    ///< A box that cannot be overlooked.
  void Heading(std::string_view text);    ///< Begins a section.
  void Paragraph(std::string_view text);  ///< A paragraph.
  void Code(std::string_view text);       ///< Lines of commands.
  void AddTable(const Table& table);      ///< Sortable by a click on a heading.
  /// A section that is closed until it is clicked.
  void Details(std::string_view summary,
               const std::vector<std::pair<std::string, std::string>>& lines);
  /// A table that is closed until it is clicked.
  void DetailTable(std::string_view summary, const Table& table);
  /// One figure, or several to choose from, with their data to download.
  void AddFigures(const std::vector<Drawing>& choices);

  /// The whole file.
  std::string Html() const;

 private:
  std::string title_, lead_, facts_, body_, contents_;
  int sections_ = 0;
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_REPORT_H_
