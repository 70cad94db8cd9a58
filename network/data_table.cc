// SPDX-License-Identifier: Apache-2.0
#include "network/data_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <system_error>

#include "kernels/catalogue.h"
#include "network/csv.h"
#include "network/idx.h"
#include "network/settings.h"

namespace lanegrad {
namespace {

// The number that a text is; none where it is something else. Infinite where a double cannot hold
// it.
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

bool IsMissing(std::string_view text) {
  constexpr std::string_view kMissing[] = {"",    "NA",   "N/A",  "na",   "n/a", "nan", "NaN",
                                           "NAN", "null", "NULL", "None", "?",   "-",   "."};
  return std::find(std::begin(kMissing), std::end(kMissing), text) != std::end(kMissing);
}

std::string Shown(std::string_view text) {
  constexpr std::size_t kMost = 40;
  std::string shown;
  for (const char c : text.substr(0, kMost)) shown += static_cast<unsigned char>(c) < 32 ? '?' : c;
  return text.size() > kMost ? shown + "..." : shown;
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
        Shown(text)));
  }
  return text[0];
}

void CheckWords(const TableFormat& format) {
  const auto check = [](std::string_view what, const std::string& text,
                        std::initializer_list<std::string_view> known) {
    if (std::find(known.begin(), known.end(), text) != known.end()) return;
    throw UsageError(
        fmt::format("{} must be {}, not '{}'", what, fmt::join(known, ", "), Shown(text)));
  };
  check("task", format.task, {"auto", "classes", "numbers"});
  check("header", format.header, {"auto", "yes", "none", "skip"});
}

// A file of rows, with the names of its columns.
struct NamedColumns {
  NamedColumns(std::string_view content, const TableFormat& format, std::string_view file)
      : name(file),
        csv(ParseCsv(
            content,
            {.delimiter = DelimiterOf(format.delimiter), .skip_first = format.header == "skip"},
            file)) {
    has_header = format.header == "yes" || (format.header == "auto" && FirstIsHeader());
    for (std::size_t j = 0; j < csv.columns; ++j) {
      names.push_back(has_header ? std::string(csv.At(0, j).text)
                                 : fmt::format("column {}", j + 1));
    }
    if (csv.rows() <= first()) {
      throw DataError(fmt::format("{}: line {}, column 1: names of columns, but no row below them",
                                  name, csv.fields.front().line));
    }
  }

  bool FirstIsHeader() const {
    for (std::size_t j = 0; j < csv.columns; ++j) {
      if (NumberIn(csv.At(0, j).text)) return false;
    }
    // Rows of texts alone have no inputs: then the first is a header, or all is refused later.
    return true;
  }

  // The first row that is a sample.
  std::size_t first() const { return has_header ? 1 : 0; }
  std::size_t count() const { return csv.rows() - first(); }
  const CsvField& At(std::size_t sample, std::size_t column) const {
    return csv.At(first() + sample, column);
  }

  // The column that a text means, by name or number; none where there is none such.
  std::optional<std::size_t> Find(std::string_view text) const {
    const auto named = std::find(names.begin(), names.end(), text);
    if (has_header && named != names.end()) {
      return static_cast<std::size_t>(named - names.begin());
    }
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return number >= 1 && number <= csv.columns ? std::optional(number - 1) : std::nullopt;
  }

  std::size_t Require(std::string_view what, std::string_view text) const {
    if (const std::optional<std::size_t> column = Find(text)) return *column;
    std::vector<std::string_view> known(names.begin(), names.end());
    const std::string_view near = has_header ? NearestName(text, known) : std::string_view();
    throw DataError(fmt::format(
        "{}: line {}, column 1: no column '{}' for {}; {}", name, csv.fields.front().line,
        Shown(text), what,
        !near.empty() ? fmt::format("did you mean '{}'?", near)
        : has_header ? fmt::format("there are {}", Shown(fmt::format("{}", fmt::join(names, ", "))))
                     : fmt::format("columns have numbers here, from 1 to {}", csv.columns)));
  }

  [[noreturn]] void Refuse(std::size_t sample, std::size_t column, std::string_view what) const {
    throw DataError(fmt::format("{}: {}", CsvPlace(name, At(sample, column)), what));
  }

  // A value that must be there.
  std::string_view Present(std::size_t sample, std::size_t column) const {
    const std::string_view text = At(sample, column).text;
    if (IsMissing(text)) {
      Refuse(sample, column,
             fmt::format(
                 "'{}' has no value here{}; fill it in, or take the line out, or the column "
                 "with --leave-out",
                 Shown(names[column]), text.empty() ? "" : fmt::format(" ('{}')", Shown(text))));
    }
    return text;
  }

  // A number that must be one that a float holds.
  float Number(std::size_t sample, std::size_t column, std::string_view otherwise) const {
    const std::string_view text = Present(sample, column);
    const std::optional<double> number = NumberIn(text);
    if (!number) {
      const bool comma = text.find(',') != text.npos;
      Refuse(sample, column,
             fmt::format("'{}' of '{}' is no number; {}", Shown(text), Shown(names[column]),
                         comma ? "decimals need a point, not a comma"
                         : sample == 0 && !has_header
                             ? "--header yes takes the first line for names, --header skip passes "
                               "over it"
                             : otherwise));
    }
    const auto value = static_cast<float>(*number);
    if (!std::isfinite(value)) {
      Refuse(sample, column,
             fmt::format("'{}' of '{}' is too large for a float, which ends at 3.4e38", Shown(text),
                         Shown(names[column])));
    }
    return value;
  }

  std::string name;
  Csv csv;
  bool has_header = false;
  std::vector<std::string> names;
};

// Whether a target is a class.
bool IsClass(const NamedColumns& table, std::size_t column, const TableFormat& format,
             const DataTable* like) {
  if (like != nullptr) return like->samples.targets.empty();
  if (format.task != "auto") return format.task == "classes";
  std::set<double> different;
  for (std::size_t i = 0; i < table.count(); ++i) {
    const std::optional<double> number = NumberIn(table.Present(i, column));
    if (!number) return true;
    if (*number != std::floor(*number)) return false;
    if (different.size() <= kMostGuessedClasses) different.insert(*number);
  }
  return different.size() <= kMostGuessedClasses;
}

// What a class is called: a number by its shortest text, so that "1" and "1.0" are one.
std::string ClassText(std::string_view text) {
  const std::optional<double> number = NumberIn(text);
  return number && std::isfinite(*number) ? fmt::format("{}", *number + 0.0) : std::string(text);
}

// Numbers by value, then texts in the order of bytes; where one is a text, all are.
std::vector<std::string> InOrder(const std::set<std::string>& names) {
  std::vector<std::string> order(names.begin(), names.end());
  const bool numbers = std::all_of(order.begin(), order.end(), [](const std::string& each) {
    return NumberIn(each).has_value();
  });
  if (!numbers) return order;
  std::stable_sort(order.begin(), order.end(), [](const std::string& a, const std::string& b) {
    return NumberIn(a).value() < NumberIn(b).value();
  });
  return order;
}

void ReadClasses(const NamedColumns& table, std::size_t column, const DataTable* like,
                 DataTable& data) {
  std::vector<std::string> texts;
  std::set<std::string> different;
  for (std::size_t i = 0; i < table.count(); ++i) {
    texts.push_back(ClassText(table.Present(i, column)));
    if (different.insert(texts.back()).second && different.size() > kMostClassesOfTable) {
      table.Refuse(i, column,
                   fmt::format("'{}' is class number {} of '{}', and there may be {}: is it a "
                               "number (--task numbers), or the wrong column (--target-column)?",
                               Shown(texts.back()), different.size(), Shown(table.names[column]),
                               kMostClassesOfTable));
    }
  }
  data.class_names = like != nullptr ? like->class_names : InOrder(different);
  data.classes = data.class_names.size();
  std::map<std::string, std::size_t, std::less<>> labels;
  for (const std::string& each : data.class_names) labels.emplace(each, labels.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto label = labels.find(texts[i]);
    if (label == labels.end()) {
      table.Refuse(
          i, column,
          fmt::format("class '{}' is not among those of the training samples: {}", Shown(texts[i]),
                      Shown(fmt::format("{}", fmt::join(data.class_names, ", ")))));
    }
    data.samples.labels.push_back(static_cast<std::uint8_t>(label->second));
  }
}

void ReadNumbers(const NamedColumns& table, std::size_t column, DataTable& data) {
  data.classes = 1;
  data.samples.labels.assign(table.count(), 0);
  for (std::size_t i = 0; i < table.count(); ++i) {
    data.samples.targets.push_back(
        table.Number(i, column, "a target of texts is a class (--task classes)"));
  }
}

// The columns that a list names.
std::set<std::size_t> LeftOut(const NamedColumns& table, const std::string& list) {
  std::set<std::size_t> columns;
  for (std::size_t begin = 0; begin < list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    columns.insert(table.Require("--leave-out", list.substr(begin, end - begin)));
    begin = end + 1;
  }
  return columns;
}

void CheckLike(const NamedColumns& table, const DataTable& data, const DataTable* like) {
  if (like == nullptr) return;
  if (data.columns != like->columns || data.inputs != like->inputs) {
    throw DataError(fmt::format(
        "{}: line {}, column 1: its columns must be those of the training samples ({} of them: {})",
        table.name, table.csv.fields.front().line, like->columns,
        Shown(fmt::format("{}", fmt::join(like->inputs, ", ")))));
  }
}

}  // namespace

DataTable ParseTable(std::string_view content, const TableFormat& format, std::string_view name,
                     const DataTable* like, std::string_view targets) {
  CheckWords(format);
  const NamedColumns table(content, format, name);
  std::optional<NamedColumns> apart;
  if (!targets.empty()) {
    apart.emplace(targets, format, format.target);
    if (apart->csv.columns != 1 || apart->count() != table.count()) {
      throw DataError(fmt::format(
          "{}: {} columns of {} lines; targets of {} must be one column of {}", format.target,
          apart->csv.columns, apart->count(), table.name, table.count()));
    }
  }
  const std::size_t target = apart ? 0
                             : format.target.empty()
                                 ? table.csv.columns - 1
                                 : table.Require("--target-column", format.target);
  std::set<std::size_t> left_out = LeftOut(table, format.leave_out);
  if (!apart) left_out.insert(target);

  DataTable data;
  data.columns = table.csv.columns;
  data.target =
      apart && !apart->has_header ? format.target : (apart ? *apart : table).names[target];
  std::vector<std::size_t> inputs;
  for (std::size_t j = 0; j < table.csv.columns; ++j) {
    if (left_out.count(j) > 0) continue;
    inputs.push_back(j);
    data.inputs.push_back(table.names[j]);
  }
  CheckLike(table, data, like);
  if (inputs.empty()) {
    throw DataError(
        fmt::format("{}: line {}, column 1: {} column{} and none of them an input to learn '{}' "
                    "from; is the delimiter another (--delimiter)?",
                    name, table.csv.fields.front().line, table.csv.columns,
                    table.csv.columns == 1 ? "" : "s", Shown(data.target)));
  }
  data.samples.count = table.count();
  data.samples.features = inputs.size();
  for (std::size_t i = 0; i < table.count(); ++i) {
    for (const std::size_t j : inputs) {
      data.samples.values.push_back(table.Number(
          i, j, "inputs are numbers: encode it as one, or leave the column out with --leave-out"));
    }
  }
  const NamedColumns& of_target = apart ? *apart : table;
  if (IsClass(of_target, target, format, like)) {
    ReadClasses(of_target, target, like, data);
  } else {
    ReadNumbers(of_target, target, data);
  }
  return data;
}

DataTable ReadTable(const std::filesystem::path& path, const TableFormat& format,
                    const DataTable* like) {
  const auto text = [](const std::vector<std::uint8_t>& bytes) {
    return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  };
  const std::vector<std::uint8_t> content = ReadMaybeGzip(path);
  // A column may be called as a file is; a path with a folder in it, or that ends in .csv, is a
  // file.
  std::error_code ignored;
  std::vector<std::uint8_t> targets;
  const bool file = format.target.find(".csv") != std::string::npos &&
                    std::filesystem::is_regular_file(format.target, ignored);
  if (file) targets = ReadMaybeGzip(format.target);
  return ParseTable(text(content), format, path.string(), like, text(targets));
}

}  // namespace lanegrad
