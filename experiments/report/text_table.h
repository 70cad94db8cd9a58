/// @file
/// Tables: for the terminal, for Markdown, as CSV.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_TEXT_TABLE_H_
#define LANEGRAD_EXPERIMENTS_REPORT_TEXT_TABLE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lanegrad {

/// One column.
struct Column {
  std::string name;      ///< Its heading.
  bool numeric = false;  ///< Aligned to the right, sorted as numbers.
  std::string help;      ///< What it means, in a sentence; may be empty.
  bool prose = false;    ///< Its cells are sentences, which a page may break into lines.
};

/// One cell.
struct Cell {
  std::string text;     ///< As shown.
  double sort = 0.0;    ///< What a numeric column is sorted by.
  bool strong = false;  ///< Set in bold.
};

/// A table.
struct Table {
  std::string caption;                  ///< What it shows.
  std::vector<Column> columns;          ///< From left to right.
  std::vector<std::vector<Cell>> rows;  ///< As many cells as columns.
};

/// A number as it was formatted, without its sign where all its digits are 0: "-0.0 %" is "0.0 %".
std::string UnsignedZero(std::string number);

/// How many columns of a terminal a text takes: wide characters two, marks none.
std::size_t DisplayWidth(std::string_view text);

/// Words of `text` in lines of at most `width` characters, each after `indent`; a word that is
/// longer has a line of its own. Ends with a line break.
std::string WrapText(std::string_view text, std::string_view indent, std::size_t width);

/// How many columns of a terminal TerminalTable() takes.
std::size_t TableWidth(const Table& table);

/// The table for a terminal, columns aligned.
std::string TerminalTable(const Table& table);

/// The table as Markdown; '|' inside cells is escaped.
std::string MarkdownTable(const Table& table);

/// The same below its caption, in italics, and above what its columns mean, where it has them.
std::string CaptionedMarkdown(const Table& table);

/// The table as CSV (RFC 4180), headings first.
std::string CsvTable(const Table& table);

/// One cell of CSV: quoted where it holds a comma, a quote or a line break.
std::string CsvCell(std::string_view text);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_TEXT_TABLE_H_
