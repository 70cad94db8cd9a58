// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/text_table.h"

#include <algorithm>
#include <numeric>

namespace lanegrad {
namespace {

// The code point that begins at text[i]; moves i behind it. Damaged UTF-8 counts
// byte by byte.
char32_t NextCodePoint(std::string_view text, std::size_t& i) {
  const auto byte = static_cast<unsigned char>(text[i++]);
  const int more = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc0 ? 1 : 0;
  char32_t point = more == 0 ? byte : byte & (0x3fu >> more);
  for (int k = 0; k < more && i < text.size(); ++k) {
    point = point << 6 | (static_cast<unsigned char>(text[i++]) & 0x3fu);
  }
  return point;
}

// The blocks that terminals draw two columns wide [Unicode East Asian Width]. The C
// library's wcwidth would need a locale to be set.
std::size_t Width(char32_t point) {
  if (point >= 0x300 && point <= 0x36f) return 0;
  const bool wide = (point >= 0x1100 && point <= 0x115f) || (point >= 0x2e80 && point <= 0xa4cf) ||
                    (point >= 0xac00 && point <= 0xd7a3) || (point >= 0xf900 && point <= 0xfaff) ||
                    (point >= 0xfe30 && point <= 0xfe6f) || (point >= 0xff00 && point <= 0xff60) ||
                    (point >= 0x1f300 && point <= 0x1faff) ||
                    (point >= 0x20000 && point <= 0x3fffd);
  return wide ? 2 : 1;
}

void AppendAligned(std::string& out, std::string_view text, std::size_t width, bool right) {
  const std::string blanks(width - DisplayWidth(text), ' ');
  if (right) out.append(blanks);
  out.append(text);
  if (!right) out.append(blanks);
}

std::vector<std::size_t> ColumnWidths(const Table& table) {
  std::vector<std::size_t> widths;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    widths.push_back(DisplayWidth(table.columns[c].name));
    for (const auto& row : table.rows) {
      widths[c] = std::max(widths[c], DisplayWidth(row[c].text));
    }
  }
  return widths;
}

}  // namespace

std::size_t DisplayWidth(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) width += Width(NextCodePoint(text, i));
  return width;
}

namespace {

// Whether a line must not end between two words: "85.03 %", "5 seeds".
bool BelongTogether(std::string_view number, std::string_view unit) {
  if (number.empty() || number.back() < '0' || number.back() > '9') return false;
  while (!unit.empty() && std::string_view(".,;:)").find(unit.back()) != unit.npos) {
    unit.remove_suffix(1);
  }
  constexpr std::string_view kUnits[] = {
      "%",    "s",     "ms",     "min",  "h",     "point", "points", "seed",   "seeds",  "run",
      "runs", "epoch", "epochs", "step", "steps", "cell",  "cells",  "sample", "samples"};
  return std::find(std::begin(kUnits), std::end(kUnits), unit) != std::end(kUnits);
}

// The length of the first words of a text that stay on one line; at least one.
std::size_t Unbroken(std::string_view text) {
  std::size_t begin = 0;
  std::size_t end = std::min(text.find(' '), text.size());
  while (end < text.size()) {
    const std::size_t next = std::min(text.find(' ', end + 1), text.size());
    if (!BelongTogether(text.substr(begin, end - begin), text.substr(end + 1, next - end - 1))) {
      break;
    }
    begin = end + 1;
    end = next;
  }
  return end;
}

}  // namespace

std::string WrapText(std::string_view text, std::string_view indent, std::size_t width) {
  std::string lines;
  std::size_t column = 0;
  while (!text.empty()) {
    const std::size_t end = Unbroken(text);
    const std::string_view word = text.substr(0, end);
    text = end == text.size() ? std::string_view() : text.substr(end + 1);
    if (word.empty()) continue;
    const std::size_t length = DisplayWidth(word);
    if (column > 0 && column + 1 + length > width) {
      lines.append("\n");
      column = 0;
    }
    lines.append(column == 0 ? indent : " ").append(word);
    column += length + (column == 0 ? indent.size() : 1);
  }
  return lines.append("\n");
}

std::size_t TableWidth(const Table& table) {
  const std::vector<std::size_t> widths = ColumnWidths(table);
  const std::size_t gaps = widths.empty() ? 0 : 2 * (widths.size() - 1);
  return std::accumulate(widths.begin(), widths.end(), gaps);
}

std::string TerminalTable(const Table& table) {
  const std::vector<std::size_t> widths = ColumnWidths(table);
  std::string out;
  const auto line = [&](auto&& text_of) {
    std::string text;
    for (std::size_t c = 0; c < widths.size(); ++c) {
      if (c > 0) text += "  ";
      AppendAligned(text, text_of(c), widths[c], table.columns[c].numeric);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out.append(text).append("\n");
  };
  line([&](std::size_t c) -> std::string { return table.columns[c].name; });
  line([&](std::size_t c) { return std::string(widths[c], '-'); });
  for (const auto& row : table.rows) {
    line([&](std::size_t c) -> std::string { return row[c].text; });
  }
  return out;
}

std::string MarkdownTable(const Table& table) {
  const auto escape = [](const std::string& text) {
    std::string out;
    for (const char c : text) {
      if (c == '|') out += '\\';
      out += c;
    }
    return out;
  };
  std::string out = "|", rule = "|";
  for (const Column& column : table.columns) {
    out.append(" ").append(escape(column.name)).append(" |");
    rule.append(column.numeric ? " ---: |" : " :--- |");
  }
  out.append("\n").append(rule).append("\n");
  for (const auto& row : table.rows) {
    out += "|";
    for (const Cell& cell : row) {
      const char* mark = cell.strong ? "**" : "";
      out.append(" ").append(mark).append(escape(cell.text)).append(mark).append(" |");
    }
    out += "\n";
  }
  return out;
}

std::string CaptionedMarkdown(const Table& table) {
  std::string text, notes;
  if (!table.caption.empty()) {
    text = "*" + table.caption + (table.caption.ends_with('.') ? "*\n\n" : ".*\n\n");
  }
  for (const Column& column : table.columns) {
    if (column.help.empty()) continue;
    notes.append(notes.empty() ? "\n" : " ").append("*").append(column.name).append("*: ");
    notes.append(column.help).append(column.help.ends_with('.') ? "" : ".");
  }
  if (!notes.empty()) notes += "\n";
  return text + MarkdownTable(table) + notes;
}

std::string UnsignedZero(std::string number) {
  const bool is_signed = number.starts_with('-') || number.starts_with('+');
  const bool is_zero =
      number.find('0') != number.npos && number.find_first_of("123456789") == number.npos;
  if (is_signed && is_zero) number.erase(0, 1);
  return number;
}

std::string CsvCell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == text.npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out.append("\"");
}

std::string CsvTable(const Table& table) {
  std::string out;
  const auto line = [&](auto&& text_of) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      if (c > 0) out += ",";
      out += CsvCell(text_of(c));
    }
    out += "\r\n";
  };
  line([&](std::size_t c) -> std::string { return table.columns[c].name; });
  for (const auto& row : table.rows) {
    line([&](std::size_t c) -> std::string { return row[c].text; });
  }
  return out;
}

}  // namespace lanegrad
