/// @file
/// A comparison as people read it: in a terminal, as Markdown, as one HTML file.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_VERDICT_PAGE_H_
#define LANEGRAD_EXPERIMENTS_REPORT_VERDICT_PAGE_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "experiments/report/figure.h"
#include "experiments/report/text_table.h"

namespace lanegrad {

/// What a comparison has to say, in the order in which it should be read.
struct VerdictPage {
  std::string title;                                       ///< What was compared.
  std::vector<std::string> summary;                        ///< The verdict, in sentences.
  std::size_t verdict = 0;                                 ///< Which of them decides.
  std::vector<std::string> warnings;                       ///< What must not be overlooked.
  std::vector<std::pair<std::string, std::string>> facts;  ///< Name and value.
  std::vector<DotFigure> figures;                          ///< For HTML alone.
  std::vector<Table> tables;                               ///< Every row.
  std::vector<std::string> notes;                          ///< How to read it.
};

/// For a terminal: the facts, the warnings after an exclamation mark, the tables, and
/// the verdict last, where the eye is; in so many columns, 0: as wide as it is.
std::string TerminalPage(const VerdictPage& page, std::size_t columns = 0);

/// The summary, the sentence first that decides.
std::vector<std::string> AnswerOf(const VerdictPage& page);

/// As Markdown: the verdict first.
std::string MarkdownPage(const VerdictPage& page);

/// As a self-contained HTML file: the verdict first.
std::string HtmlPage(const VerdictPage& page);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_VERDICT_PAGE_H_
