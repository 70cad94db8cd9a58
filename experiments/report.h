/// @file
/// A report: one HTML file that needs nothing else, offline, for ever.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_H_
#define LANEGRAD_EXPERIMENTS_REPORT_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "experiments/figure.h"
#include "experiments/text_table.h"

namespace lanegrad {

/// Builds a report from top to bottom. Text is escaped; it knows nothing of
/// training.
class Report {
 public:
  /// A report with a title and a line below it.
  Report(std::string_view title, std::string_view lead);

  void Fact(std::string_view name, std::string_view value);  ///< A line "name: value".
  void Warning(std::string_view text);                       ///< A box that cannot be overlooked.
  void Heading(std::string_view text);                       ///< Begins a section.
  void Paragraph(std::string_view text);                     ///< A paragraph.
  void Code(std::string_view text);                          ///< Lines of commands.
  void AddTable(const Table& table);                         ///< Sortable by a click on a heading.
  /// A section that is closed until it is clicked.
  void Details(std::string_view summary,
               const std::vector<std::pair<std::string, std::string>>& lines);
  /// A figure, with its data as CSV and as a Vega-Lite specification to download.
  template <class Figure>
  void AddFigure(const Figure& figure) {
    AddDrawing(DrawSvg(figure), figure.name, WriteCsv(figure), VegaLite(figure));
  }

  /// The whole file.
  std::string Html() const;

 private:
  void AddDrawing(std::string_view svg, std::string_view stem, std::string_view csv,
                  std::string_view vega);

  std::string title_, lead_, facts_, body_;
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_H_
