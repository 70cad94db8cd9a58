// SPDX-License-Identifier: Apache-2.0
//
// Why not a library of Debian's: libcsv calls back with a field but says neither its line nor its
// column, libfccp (fast-cpp-csv-parser) wants the number of columns when it is compiled and knows
// no line break in quotes, and rapidcsv is not packaged for Debian 12. An error without its place
// is of little use in a table of ten thousand lines.
#include "network/csv.h"

#include <fmt/format.h>

#include <algorithm>

#include "network/dataset.h"

namespace lanegrad {
namespace {

// So many lines are looked at where the delimiter is guessed.
constexpr std::size_t kGuessedLines = 20;

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

// What is shown of a field in a message.
std::string Shown(std::string_view text) {
  constexpr std::size_t kMost = 30;
  std::string shown;
  for (const char c : text.substr(0, kMost)) shown += static_cast<unsigned char>(c) < 32 ? '?' : c;
  return text.size() > kMost ? shown + "..." : shown;
}

class CsvReader {
 public:
  CsvReader(std::string_view content, std::string_view name, char delimiter)
      : content_(content), name_(name), delimiter_(delimiter) {}

  // Every field of the next row; none at the end.
  bool Row(std::vector<CsvField>& fields, std::deque<std::string>& quoted) {
    if (at_ == content_.size()) return false;
    if (delimiter_ == ' ') SkipBlanks();
    for (;;) {
      fields.push_back(Field(quoted));
      if (at_ == content_.size()) return true;
      if (EndsLine()) return EndLine();
      ++at_;  // the delimiter
      if (delimiter_ != ' ') continue;
      SkipBlanks();
      if (at_ == content_.size()) return true;
      if (EndsLine()) return EndLine();
    }
  }

 private:
  void SkipBlanks() {
    while (at_ < content_.size() && content_[at_] == ' ') ++at_;
  }

  bool EndsLine() const { return content_[at_] == '\n' || content_[at_] == '\r'; }

  bool EndLine() {
    if (content_[at_] == '\r') {
      if (at_ + 1 == content_.size() || content_[at_ + 1] != '\n') {
        Refuse(at_,
               "a carriage return without a line feed; lines must end in LF or in CR LF: save the "
               "file with line ends of Unix or Windows");
      }
      ++at_;
    }
    ++at_;
    ++line_;
    line_begin_ = at_;
    return true;
  }

  CsvField Field(std::deque<std::string>& quoted) {
    std::size_t begin = at_;
    while (begin < content_.size() && delimiter_ != content_[begin] && IsBlank(content_[begin])) {
      ++begin;
    }
    if (begin < content_.size() && content_[begin] == '"') {
      at_ = begin;
      return Quoted(quoted);
    }
    const CsvField field = {.line = line_, .column = at_ - line_begin_ + 1};
    const std::size_t first = at_;
    for (; at_ < content_.size() && content_[at_] != delimiter_ && !EndsLine(); ++at_) {
      if (content_[at_] == '"') {
        Refuse(at_,
               "a quote within a field that does not begin with one; a field with quotes must "
               "stand in quotes, and each quote in it be doubled");
      }
      RefuseZero();
    }
    return {.text = Trimmed(content_.substr(first, at_ - first)),
            .line = field.line,
            .column = field.column};
  }

  CsvField Quoted(std::deque<std::string>& quoted) {
    CsvField field = {.line = line_, .column = at_ - line_begin_ + 1};
    const std::size_t open = at_++;
    const std::size_t open_line = line_, open_begin = line_begin_;
    std::string text;
    for (;; ++at_) {
      if (at_ == content_.size()) {
        line_ = open_line;
        line_begin_ = open_begin;
        Refuse(open, "this quote is never closed");
      }
      RefuseZero();
      if (content_[at_] == '"') {
        if (at_ + 1 == content_.size() || content_[at_ + 1] != '"') break;
        ++at_;
      }
      if (content_[at_] == '\n') {
        ++line_;
        line_begin_ = at_ + 1;
      }
      text += content_[at_];
    }
    ++at_;
    while (at_ < content_.size() && content_[at_] != delimiter_ && IsBlank(content_[at_])) ++at_;
    if (at_ < content_.size() && content_[at_] != delimiter_ && !EndsLine()) {
      Refuse(at_,
             fmt::format("'{}' follows a closing quote; the delimiter '{}' or the end of the line "
                         "must",
                         Shown(content_.substr(at_, 1)), delimiter_ == '\t' ? ' ' : delimiter_));
    }
    quoted.push_back(std::move(text));
    field.text = quoted.back();
    return field;
  }

  void RefuseZero() const {
    if (content_[at_] == '\0') Refuse(at_, "a zero byte: this is no table in UTF-8");
  }

  [[noreturn]] void Refuse(std::size_t at, std::string_view what) const {
    throw DataError(fmt::format(
        "{}: {}", CsvPlace(name_, {.line = line_, .column = at - line_begin_ + 1}), what));
  }

  std::string_view content_, name_;
  char delimiter_;
  std::size_t at_ = 0, line_ = 1, line_begin_ = 0;
};

// How often a delimiter stands in each of the first lines, outside quotes; 0 where lines differ.
std::size_t TimesInEachLine(std::string_view content, char delimiter, bool skip_first) {
  std::size_t lines = 0, times = 0, common = 0;
  bool inside = false, any = false, before = true;  // before: nothing but blanks yet
  for (std::size_t i = 0; i <= content.size() && lines < kGuessedLines; ++i) {
    const bool end = i == content.size();
    if (!end && content[i] == '"') inside = !inside;
    if (end || (content[i] == '\n' && !inside)) {
      if (any && !(skip_first && lines == 0)) {
        if (common != 0 && times != common) return 0;
        if (times == 0) return 0;
        common = times;
      }
      lines += any;
      times = 0;
      any = false;
      before = true;
      continue;
    }
    if (content[i] == '\r') continue;
    any = true;
    if (delimiter == ' ') {
      // Runs of blanks, but not those at the ends of a line.
      const bool last = i + 1 == content.size() || content[i + 1] == '\n' || content[i + 1] == '\r';
      const bool run_ends = !last && content[i] == ' ' && content[i + 1] != ' ';
      if (content[i] != ' ') before = false;
      times += run_ends && !before && !inside;
    } else {
      times += content[i] == delimiter && !inside;
    }
  }
  return common;
}

char GuessDelimiter(std::string_view content, bool skip_first) {
  for (const char delimiter : {',', ';', '\t', '|', ' '}) {
    if (TimesInEachLine(content, delimiter, skip_first) > 0) return delimiter;
  }
  return ',';  // one column, or lines that differ, which will be told
}

}  // namespace

std::string CsvPlace(std::string_view name, const CsvField& field) {
  return fmt::format("{}: line {}, column {}", name, field.line, field.column);
}

Csv ParseCsv(std::string_view content, const CsvFormat& format, std::string_view name) {
  for (const std::string_view mark : {"\xff\xfe", "\xfe\xff"}) {
    if (content.substr(0, 2) != mark) continue;
    throw DataError(
        fmt::format("{}: line 1, column 1: UTF-16, which must be UTF-8: save the file "
                    "as that",
                    name));
  }
  if (content.substr(0, 3) == "\xef\xbb\xbf") content.remove_prefix(3);
  Csv csv;
  csv.delimiter = format.delimiter.value_or(GuessDelimiter(content, format.skip_first));
  CsvReader reader(content, name, csv.delimiter);
  std::vector<CsvField> row;
  const CsvField* blank = nullptr;  // the first empty line of those that may be the last ones
  CsvField blank_at;
  bool first = format.skip_first;
  while (row.clear(), reader.Row(row, csv.quoted)) {
    if (first) {
      first = false;
      continue;
    }
    if (row.size() == 1 && row[0].text.empty()) {
      if (blank == nullptr) blank_at = row[0], blank = &blank_at;
      continue;
    }
    if (blank != nullptr) {
      throw DataError(
          fmt::format("{}: an empty line between others; take it out", CsvPlace(name, *blank)));
    }
    if (csv.columns == 0) csv.columns = row.size();
    if (row.size() != csv.columns) {
      const CsvField& at = row.size() > csv.columns ? row[csv.columns] : row.back();
      throw DataError(fmt::format(
          "{}: {} field{} in this line, but {} in the first one (line {}), parted by {}",
          CsvPlace(name, at), row.size(), row.size() == 1 ? "" : "s", csv.columns,
          csv.fields.front().line,
          csv.delimiter == '\t'  ? "tabs"
          : csv.delimiter == ' ' ? "blanks"
                                 : fmt::format("'{}'", csv.delimiter)));
    }
    csv.fields.insert(csv.fields.end(), row.begin(), row.end());
  }
  if (csv.columns == 0) throw DataError(fmt::format("{}: line 1, column 1: no row in it", name));
  return csv;
}

}  // namespace lanegrad
