// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/fitted_table.h"

#include <algorithm>
#include <vector>

namespace lanegrad {
namespace {

// Whether all of at least two rows say the same in a column.
bool IsConstant(const Table& table, std::size_t column) {
  return table.rows.size() > 1 &&
         std::all_of(table.rows.begin(), table.rows.end(), [&](const std::vector<Cell>& row) {
           return row[column].text == table.rows.front()[column].text;
         });
}

// Takes the columns out that say the same in all rows, but for the first and the last; what they
// say.
std::string TakeConstant(Table& table) {
  std::vector<std::string> said;
  for (std::size_t c = table.columns.size(); c-- > 1;) {
    if (c + 1 == table.columns.size() || !IsConstant(table, c)) continue;
    said.push_back(table.columns[c].name + " " + table.rows.front()[c].text);
    const auto at = static_cast<std::ptrdiff_t>(c);
    table.columns.erase(table.columns.begin() + at);
    for (std::vector<Cell>& row : table.rows) row.erase(row.begin() + at);
  }
  std::string all;
  for (auto each = said.rbegin(); each != said.rend(); ++each) {
    all.append(all.empty() ? "" : "; ").append(*each);
  }
  return all;
}

// A name and its number stay in one line: blanks that do not break, until the lines are made.
constexpr std::string_view kGlue = "\u00a0";

std::string Glued(std::string_view text) {
  std::string glued;
  for (const char c : text) {
    if (c == ' ') {
      glued += kGlue;
    } else {
      glued += c;
    }
  }
  return glued;
}

std::string Loosened(std::string text) {
  for (std::size_t at = text.find(kGlue); at != text.npos; at = text.find(kGlue, at)) {
    text.replace(at, kGlue.size(), " ");
  }
  return text;
}

std::size_t LongestWord(std::string_view text) {
  std::size_t longest = 0;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    longest = std::max(longest, DisplayWidth(word));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return longest;
}

std::string Paragraphs(const Table& table, std::size_t columns) {
  std::string text;
  for (const std::vector<Cell>& row : table.rows) {
    // What the row is called: all that stands before its first number.
    std::string head = row.front().text;
    std::size_t c = 1;
    for (; c + 1 < row.size() && !table.columns[c].numeric; ++c) head += " · " + row[c].text;
    if (row.size() > 1) head += ": " + row.back().text;
    std::string rest;
    for (; c + 1 < row.size(); ++c) {
      if (row[c].text.empty() || row[c].text == "-") continue;
      const std::string part = table.columns[c].name + " " + row[c].text;
      rest.append(rest.empty() ? "" : "; ");
      rest.append(DisplayWidth(part) + 3 < columns ? Glued(part) : part);
    }
    text += WrapText(head, "", columns);
    if (!rest.empty()) text += Loosened(WrapText(rest, "  ", columns));
  }
  return text;
}

}  // namespace

std::string FittedTable(const Table& table, std::size_t columns) {
  if (columns == 0 || TableWidth(table) <= columns) return TerminalTable(table);
  Table rest = table;
  const std::string constant = TakeConstant(rest);
  const std::string above =
      constant.empty() ? "" : WrapText("in all rows: " + constant, "", columns) + "\n";
  return above + (TableWidth(rest) <= columns ? TerminalTable(rest) : Paragraphs(rest, columns));
}

std::string CaptionedTable(const Table& table, std::size_t columns) {
  const std::string caption =
      columns == 0 ? table.caption + "\n" : WrapText(table.caption, "", columns);
  return caption + FittedTable(table, columns);
}

std::string HangingText(std::string_view head, std::string_view text, std::size_t columns) {
  const std::size_t before = DisplayWidth(head);
  if (columns == 0) return std::string(head) + std::string(text) + "\n";
  constexpr std::string_view kBelow = "  ";
  if (before > 2 * kBelow.size() &&
      (columns <= before + 20 || before + LongestWord(text) > columns)) {
    return std::string(head.substr(0, head.find_last_not_of(' ') + 1)) + "\n" +
           WrapText(text, kBelow, columns);
  }
  std::string wrapped = WrapText(text, std::string(before, ' '), columns);
  return std::string(head) + wrapped.substr(std::min(before, wrapped.size() - 1));
}

}  // namespace lanegrad
