// SPDX-License-Identifier: Apache-2.0
#include "network/named_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <limits>
#include <system_error>

#include "kernels/catalogue.h"
#include "network/settings.h"

namespace lanegrad {
namespace {

bool IsMissing(std::string_view text) {
  constexpr std::string_view kMissing[] = {"",    "NA",   "N/A",  "na",   "n/a", "nan", "NaN",
                                           "NAN", "null", "NULL", "None", "?",   "-",   "."};
  return std::find(std::begin(kMissing), std::end(kMissing), text) != std::end(kMissing);
}

std::optional<char> DelimiterOf(const std::string& text) {
  if (text == "auto") return {};
  if (text == "tab" || text == "\\t") return '\t';
  if (text == "blank" || text == "space") return ' ';
  if (text == "comma") return ',';
  if (text == "semicolon") return ';';
  const bool legal = text.size() == 1 && text != "\"" && text != "\n" && text != "\r" &&
                     text != "." && NumberIn(text) == std::nullopt;
  if (!legal) {
    throw UsageError(fmt::format(
        "delimiter must be one character that is in no number, tab, blank, or auto, not '{}'",
        ShownText(text)));
  }
  return text[0];
}

void CheckWords(const TableFormat& format) {
  const auto check = [](std::string_view what, const std::string& text,
                        std::initializer_list<std::string_view> known) {
    if (std::find(known.begin(), known.end(), text) != known.end()) return;
    throw UsageError(
        fmt::format("{} must be {}, not '{}'", what, fmt::join(known, ", "), ShownText(text)));
  };
  check("task", format.task, {"auto", "classes", "numbers"});
  check("header", format.header, {"auto", "yes", "none", "skip"});
}

}  // namespace

std::optional<double> NumberIn(std::string_view text) {
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size() || text.empty()) return {};
  // "inf" and "nan" are texts here.
  const char last = text.back();
  if (!(last >= '0' && last <= '9') && last != '.') return {};
  if (error == std::errc::result_out_of_range) {
    // Too small for a double is 0; too large is nothing.
    const std::size_t exponent = text.find_first_of("eE");
    const bool small = exponent != text.npos && text.substr(exponent + 1, 1) == "-";
    return small ? 0.0 : std::numeric_limits<double>::infinity();
  }
  return error == std::errc() ? std::optional(value) : std::nullopt;
}

std::string ShownText(std::string_view text) {
  constexpr std::size_t kMost = 40;
  std::string shown;
  for (const char c : text.substr(0, kMost)) shown += static_cast<unsigned char>(c) < 32 ? '?' : c;
  return text.size() > kMost ? shown + "..." : shown;
}

NamedColumns::NamedColumns(std::string_view content, const TableFormat& format,
                           std::string_view file)
    : file_(file) {
  CheckWords(format);
  csv_ = ParseCsv(
      content, {.delimiter = DelimiterOf(format.delimiter), .skip_first = format.header == "skip"},
      file);
  has_header_ = format.header == "yes" || (format.header == "auto" && FirstIsHeader());
  for (std::size_t j = 0; j < csv_.columns; ++j) {
    names_.push_back(has_header_ ? std::string(csv_.At(0, j).text)
                                 : fmt::format("column {}", j + 1));
  }
  if (count() == 0) {
    throw DataError(fmt::format("{}: line {}, column 1: names of columns, but no row below them",
                                file_, first_line()));
  }
}

bool NamedColumns::FirstIsHeader() const {
  for (std::size_t j = 0; j < csv_.columns; ++j) {
    if (NumberIn(csv_.At(0, j).text)) return false;
  }
  // Rows of texts alone have no inputs: then the first is a header, or all is refused later.
  return true;
}

std::optional<std::size_t> NamedColumns::Find(std::string_view text) const {
  const auto named = std::find(names_.begin(), names_.end(), text);
  if (has_header_ && named != names_.end()) {
    return static_cast<std::size_t>(named - names_.begin());
  }
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return number >= 1 && number <= csv_.columns ? std::optional(number - 1) : std::nullopt;
}

std::size_t NamedColumns::Require(std::string_view what, std::string_view text) const {
  if (const std::optional<std::size_t> column = Find(text)) return *column;
  std::vector<std::string_view> known(names_.begin(), names_.end());
  const std::string_view near = has_header_ ? NearestName(text, known) : std::string_view();
  throw DataError(fmt::format(
      "{}: line {}, column 1: no column '{}' for {}; {}", file_, first_line(), ShownText(text),
      what,
      !near.empty() ? fmt::format("did you mean '{}'?", near)
      : has_header_
          ? fmt::format("there are {}", ShownText(fmt::format("{}", fmt::join(names_, ", "))))
          : fmt::format("columns have numbers here, from 1 to {}", csv_.columns)));
}

std::set<std::size_t> NamedColumns::RequireAll(std::string_view what,
                                               const std::string& list) const {
  std::set<std::size_t> columns;
  for (std::size_t begin = 0; begin < list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    columns.insert(Require(what, list.substr(begin, end - begin)));
    begin = end + 1;
  }
  return columns;
}

void NamedColumns::Refuse(std::size_t sample, std::size_t column, std::string_view what) const {
  throw DataError(fmt::format("{}: {}", CsvPlace(file_, At(sample, column)), what));
}

std::set<std::string_view> NamedColumns::Texts(std::size_t column) const {
  std::set<std::string_view> texts;
  for (std::size_t i = 0; i < count(); ++i) {
    const std::string_view text = At(i, column).text;
    if (!IsMissing(text) && !NumberIn(text)) texts.insert(text);
  }
  return texts;
}

std::string_view NamedColumns::Present(std::size_t sample, std::size_t column) const {
  const std::string_view text = At(sample, column).text;
  if (IsMissing(text)) {
    std::size_t others = 0;
    for (std::size_t i = sample + 1; i < count(); ++i) others += IsMissing(At(i, column).text);
    Refuse(
        sample, column,
        fmt::format(
            "'{}' has no value here{}{}; fill {} in, or take the {} out, or the column with "
            "--leave-out",
            ShownText(names_[column]), text.empty() ? "" : fmt::format(" ('{}')", ShownText(text)),
            others == 0 ? ""
                        : fmt::format(", nor in {} more line{}", others, others == 1 ? "" : "s"),
            others == 0 ? "it" : "them", others == 0 ? "line" : "lines"));
  }
  return text;
}

float NamedColumns::Number(std::size_t sample, std::size_t column,
                           const std::function<std::string()>& otherwise) const {
  const std::string_view text = Present(sample, column);
  const std::optional<double> number = NumberIn(text);
  if (!number) {
    const bool comma = text.find(',') != text.npos;
    Refuse(sample, column,
           fmt::format("'{}' of '{}' is no number; {}", ShownText(text), ShownText(names_[column]),
                       comma ? std::string("decimals need a point, not a comma")
                       : sample == 0 && !has_header_
                           ? std::string("--header yes takes the first line for names, --header "
                                         "skip passes over it")
                           : otherwise()));
  }
  const auto value = static_cast<float>(*number);
  if (!std::isfinite(value)) {
    Refuse(sample, column,
           fmt::format("'{}' of '{}' is too large for a float, which ends at 3.4e38",
                       ShownText(text), ShownText(names_[column])));
  }
  return value;
}

}  // namespace lanegrad
