// SPDX-License-Identifier: Apache-2.0
#include "experiments/records/record_table.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_map>
#include <vector>

#include "experiments/records/confusion_json.h"
#include "experiments/report/text_table.h"

namespace lanegrad {
namespace {

// The columns of a table, in the order in which they were first met.
class Columns {
 public:
  explicit Columns(const std::vector<std::string>& first) {
    for (const std::string& name : first) Of(name);
  }
  std::size_t Of(const std::string& name) {
    const auto [place, added] = places_.try_emplace(name, names_.size());
    if (added) names_.push_back(name);
    return place->second;
  }
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::size_t> places_;
};

// A row: the texts of its columns, as many as it reaches; none: NA.
using Row = std::vector<std::optional<std::string>>;

// "output-activation" is a name in no language that reads tables.
std::string Heading(std::string_view prefix, std::string_view name) {
  std::string heading =
      prefix.empty() ? std::string(name) : std::string(prefix).append("_").append(name);
  std::replace(heading.begin(), heading.end(), '-', '_');
  return heading;
}

std::string Text(const Json& value) {
  if (value.is_null()) return "NA";
  if (!value.is_string()) return JsonText(value);
  std::string text = value.get<std::string>();
  // As ToJson() writes what JSON lacks.
  if (text == "nan") return "NaN";
  if (text == "inf") return "Inf";
  if (text == "-inf") return "-Inf";
  return FromTextBesideNumbers(text);
}

void Put(Row& row, Columns& columns, const std::string& heading, std::string text) {
  const std::size_t place = columns.Of(heading);
  if (place >= row.size()) row.resize(place + 1);
  row[place] = std::move(text);
}

// Adds the members of an object. Settings and provenance are unfolded without their own
// name before them; lists have a table of their own or, like layers' health, one column
// an element.
void Unfold(const Json& object, const std::string& prefix, Row& row, Columns& columns) {
  for (const auto& [name, value] : object.items()) {
    if (prefix.empty() && name == kConfusionMember) continue;  // a table of its own
    if (prefix.empty() && name == "epochs" && value.is_array()) {
      Put(row, columns, "epochs_run", std::to_string(value.size()));
      if (!value.empty()) Unfold(value.back(), "last", row, columns);
    } else if (value.is_object()) {
      const bool bare = prefix.empty() && (name == "settings" || name == "provenance");
      Unfold(value, bare ? std::string() : Heading(prefix, name), row, columns);
    } else if (value.is_array()) {
      for (std::size_t i = 0; i < value.size(); ++i) {
        const std::string heading = Heading(Heading(prefix, name), std::to_string(i + 1));
        if (value[i].is_object()) {
          Unfold(value[i], heading, row, columns);
        } else {
          Put(row, columns, heading, Text(value[i]));
        }
      }
    } else {
      Put(row, columns, Heading(prefix, name), Text(value));
    }
  }
}

void AddLine(std::string& csv, const Row& row, std::size_t columns) {
  for (std::size_t i = 0; i < columns; ++i) {
    const bool there = i < row.size() && row[i].has_value();
    csv.append(i == 0 ? "" : ",").append(there ? CsvCell(*row[i]) : "NA");
  }
  csv.append("\n");
}

// Twice through the records: once for the columns, once for the lines. A table of 10^5 runs that
// is kept whole before it is written takes a gigabyte.
template <class Each>
std::string Csv(Columns columns, const Each& each) {
  each([](const Row&) {}, columns);
  std::string csv;
  AddLine(csv, Row(columns.names().begin(), columns.names().end()), columns.names().size());
  each([&](const Row& row) { AddLine(csv, row, columns.names().size()); }, columns);
  return csv;
}

}  // namespace

std::string RunsCsv(std::span<const Json* const> records) {
  return Csv(Columns({"key"}), [&](const auto& add, Columns& columns) {
    for (const Json* record : records) {
      Row row;
      Unfold(*record, "", row, columns);
      add(row);
    }
  });
}

std::string EpochsCsv(std::span<const Json* const> records) {
  return Csv(Columns({"key", "epoch"}), [&](const auto& add, Columns& columns) {
    for (const Json* record : records) {
      const auto epochs = record->find("epochs");
      if (epochs == record->end()) continue;
      for (std::size_t i = 0; i < epochs->size(); ++i) {
        Row row;
        Put(row, columns, "key", Text(record->at("key")));
        Put(row, columns, "epoch", std::to_string(i + 1));
        Unfold((*epochs)[i], "", row, columns);
        add(row);
      }
    }
  });
}

}  // namespace lanegrad
