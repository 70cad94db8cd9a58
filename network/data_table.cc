// SPDX-License-Identifier: Apache-2.0
#include "network/data_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <system_error>

#include "network/idx.h"
#include "network/named_columns.h"

namespace lanegrad {
namespace {

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

// What a column of names allows: at most so many different ones; and what is advised where there
// are more, or where one is not among those known.
struct NameRule {
  std::size_t most = 0;
  std::string_view what, advice;
};
constexpr NameRule kClassRule = {
    kMostClassesOfTable, "class",
    "is it a number (--task numbers), or the wrong column (--target-column)?"};
constexpr NameRule kKindRule = {kMostKinds, "kind",
                                "is it a number, or should the column be left out (--leave-out)?"};

// A column of names of classes or kinds: which there are, and which each sample has.
struct NamesOfColumn {
  std::vector<std::string> names;
  std::vector<std::size_t> of_samples;
};

// Those of `known`, where not null, and no others.
NamesOfColumn ReadNames(const NamedColumns& table, std::size_t column, const NameRule& rule,
                        const std::vector<std::string>* known) {
  std::vector<std::string> texts;
  std::set<std::string> different;
  for (std::size_t i = 0; i < table.count(); ++i) {
    texts.push_back(ClassText(table.Present(i, column)));
    if (different.insert(texts.back()).second && different.size() > rule.most) {
      table.Refuse(i, column,
                   fmt::format("'{}' is {} number {} of '{}', and there may be {}: {}",
                               ShownText(texts.back()), rule.what, different.size(),
                               ShownText(table.names()[column]), rule.most, rule.advice));
    }
  }
  NamesOfColumn column_names = {.names = known != nullptr ? *known : InOrder(different),
                                .of_samples = {}};
  std::map<std::string, std::size_t, std::less<>> numbers;
  for (const std::string& each : column_names.names) numbers.emplace(each, numbers.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto number = numbers.find(texts[i]);
    if (number == numbers.end()) {
      table.Refuse(i, column,
                   fmt::format("{} '{}' is not among those of the training samples: {}", rule.what,
                               ShownText(texts[i]),
                               ShownText(fmt::format("{}", fmt::join(column_names.names, ", ")))));
    }
    column_names.of_samples.push_back(number->second);
  }
  return column_names;
}

void ReadClasses(const NamedColumns& table, std::size_t column, const DataTable* like,
                 DataTable& data) {
  const NamesOfColumn read =
      ReadNames(table, column, kClassRule, like != nullptr ? &like->class_names : nullptr);
  data.class_names = read.names;
  data.classes = data.class_names.size();
  std::transform(read.of_samples.begin(), read.of_samples.end(),
                 std::back_inserter(data.samples.labels),
                 [](std::size_t label) { return static_cast<std::uint8_t>(label); });
}

void ReadNumbers(const NamedColumns& table, std::size_t column, DataTable& data) {
  data.classes = 1;
  data.samples.labels.assign(table.count(), 0);
  for (std::size_t i = 0; i < table.count(); ++i) {
    data.samples.targets.push_back(
        table.Number(i, column, [] { return "a target of texts is a class (--task classes)"; }));
  }
}

void RefuseOthers(const NamedColumns& table, const DataTable& like) {
  throw DataError(fmt::format(
      "{}: line {}, column 1: its columns must be those of the training samples ({} of them: {})",
      table.file(), table.first_line(), like.columns,
      ShownText(fmt::format("{}", fmt::join(like.inputs, ", ")))));
}

// The columns of kinds, which must be inputs.
std::set<std::size_t> KindColumns(const NamedColumns& table, const TableFormat& format,
                                  const std::vector<std::size_t>& inputs) {
  std::set<std::size_t> columns = table.RequireAll("--one-hot", format.one_hot);
  for (const std::size_t column : columns) {
    if (std::find(inputs.begin(), inputs.end(), column) != inputs.end()) continue;
    throw DataError(fmt::format(
        "{}: line {}, column 1: '{}' of --one-hot is no input: it is the target, or left out",
        table.file(), table.first_line(), ShownText(table.names()[column])));
  }
  return columns;
}

// What to do with the inputs that have texts: with all of them, lest they be met one by one.
std::string AdviceOnTexts(const NamedColumns& table, const std::vector<std::size_t>& inputs,
                          const std::set<std::size_t>& of_kinds) {
  std::vector<std::string> kinds, many;
  for (const std::size_t column : inputs) {
    const std::size_t different = table.Texts(column).size();
    if (of_kinds.count(column) > 0 || different == 0) continue;
    const std::string& name = table.names()[column];
    // A name with a comma would be two in a list.
    const bool plain = table.has_header() && name.find(',') == name.npos && !name.empty();
    (different <= kMostKinds ? kinds : many)
        .push_back(plain ? name : fmt::format("{}", column + 1));
  }
  std::string advice = "inputs are numbers: ";
  if (!kinds.empty()) {
    const std::string list = fmt::format("{}", fmt::join(kinds, ","));
    advice += fmt::format(
        "--one-hot {} makes an input of each name, --leave-out in its place passes over {}", list,
        kinds.size() == 1 ? "the column" : "these columns");
  }
  if (!many.empty()) {
    advice += fmt::format("{}--leave-out {} passes over {}, with too many different texts",
                          kinds.empty() ? "" : "; ", fmt::join(many, ","),
                          many.size() == 1 ? "a column" : "columns");
  }
  return advice;
}

void ReadInputs(const NamedColumns& table, const std::vector<std::size_t>& inputs,
                const std::set<std::size_t>& of_kinds, const DataTable* like, DataTable& data) {
  std::vector<std::vector<std::size_t>> kinds_of_samples(inputs.size());
  for (std::size_t j = 0; j < inputs.size(); ++j) {
    data.kinds.emplace_back();
    const std::string& name = table.names()[inputs[j]];
    if (of_kinds.count(inputs[j]) == 0) {
      data.inputs.push_back(name);
      continue;
    }
    NamesOfColumn read =
        ReadNames(table, inputs[j], kKindRule, like != nullptr ? &like->kinds[j] : nullptr);
    for (const std::string& kind : read.names) {
      data.inputs.push_back(fmt::format("{}={}", name, kind));
    }
    data.kinds.back() = std::move(read.names);
    kinds_of_samples[j] = std::move(read.of_samples);
  }
  data.samples.count = table.count();
  data.samples.features = data.inputs.size();
  for (std::size_t i = 0; i < table.count(); ++i) {
    for (std::size_t j = 0; j < inputs.size(); ++j) {
      if (kinds_of_samples[j].empty()) {
        data.samples.values.push_back(
            table.Number(i, inputs[j], [&] { return AdviceOnTexts(table, inputs, of_kinds); }));
        continue;
      }
      for (std::size_t kind = 0; kind < data.kinds[j].size(); ++kind) {
        data.samples.values.push_back(kind == kinds_of_samples[j][i] ? 1.0f : 0.0f);
      }
    }
  }
}

}  // namespace

DataTable ParseTable(std::string_view content, const TableFormat& format, std::string_view name,
                     const DataTable* like, std::string_view targets) {
  const NamedColumns table(content, format, name);
  std::optional<NamedColumns> apart;
  if (!targets.empty()) {
    apart.emplace(targets, format, format.target);
    if (apart->columns() != 1 || apart->count() != table.count()) {
      throw DataError(fmt::format(
          "{}: {} columns of {} lines; targets of {} must be one column of {}", format.target,
          apart->columns(), apart->count(), table.file(), table.count()));
    }
  }
  const std::size_t target = apart ? 0
                             : format.target.empty()
                                 ? table.columns() - 1
                                 : table.Require("--target-column", format.target);
  std::set<std::size_t> left_out = table.RequireAll("--leave-out", format.leave_out);
  if (!apart) left_out.insert(target);

  DataTable data;
  data.columns = table.columns();
  data.target =
      apart && !apart->has_header() ? format.target : (apart ? *apart : table).names()[target];
  std::vector<std::size_t> inputs;
  for (std::size_t j = 0; j < table.columns(); ++j) {
    if (left_out.count(j) > 0) continue;
    inputs.push_back(j);
  }
  const std::set<std::size_t> of_kinds = KindColumns(table, format, inputs);
  if (like != nullptr && (data.columns != like->columns || inputs.size() != like->kinds.size())) {
    RefuseOthers(table, *like);
  }
  if (inputs.empty()) {
    throw DataError(
        fmt::format("{}: line {}, column 1: {} column{} and none of them an input to learn '{}' "
                    "from; is the delimiter another (--delimiter)?",
                    name, table.first_line(), table.columns(), table.columns() == 1 ? "" : "s",
                    ShownText(data.target)));
  }
  ReadInputs(table, inputs, of_kinds, like, data);
  if (like != nullptr && data.inputs != like->inputs) RefuseOthers(table, *like);
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
