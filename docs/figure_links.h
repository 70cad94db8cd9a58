/// @file
/// The numbered figures of all chapters: links to them by name, a list of them, and what a page
/// shows of one when one points at such a link.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_FIGURE_LINKS_H_
#define LANEGRAD_DOCS_FIGURE_LINKS_H_

#include <string>
#include <string_view>
#include <vector>

namespace lanegrad {

/// A figure with a number.
struct NumberedFigure {
  std::string name;     ///< "03_5_learning_rates_paths".
  std::string number;   ///< "3.5.2".
  std::string chapter;  ///< Title of its page, as HTML.
  std::string title;    ///< Its own: what it shows.
  std::string address;  ///< "ch_03_5_learning_rates.html#figure-3-5-2".
  std::string drawing;  ///< Its form for a telephone, with its heading.
  /// "figure-3-5-2".
  std::string anchor() const { return address.substr(address.find('#') + 1); }
};

/// The figures of a page that WithCaptions() has numbered, in their order. `name` is the stem of
/// its file, `title` that of the page.
std::vector<NumberedFigure> FiguresOf(std::string_view page, std::string_view name,
                                      std::string_view title);

/// A page in which every `\fig{NAME}`, which Doxygen has set as `<a href="#NAME"
/// class="figure-ref">`, reads "Figure 3.5.2" and leads there. Throws WriteError where there is no
/// such figure.
std::string WithFigureLinks(std::string_view page, const std::vector<NumberedFigure>& figures);

/// All figures by chapter, as HTML: number and title, each a link.
std::string FigureList(const std::vector<NumberedFigure>& figures);

/// The script that a page loads to show a figure: `bookFigure(anchor, html)`.
std::string FigureScript(const NumberedFigure& figure);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_FIGURE_LINKS_H_
