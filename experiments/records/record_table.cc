// SPDX-License-Identifier: Apache-2.0
#include "experiments/records/record_table.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "experiments/records/confusion_json.h"
#include "experiments/report/text_table.h"

namespace lanegrad {
namespace {

// A row: heading and text. Headings come in the order in which they were first met.
using Row = std::map<std::string, std::string>;

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
  return text;
}

void Put(Row& row, std::vector<std::string>& headings, const std::string& heading,
         std::string text) {
  if (std::find(headings.begin(), headings.end(), heading) == headings.end()) {
    headings.push_back(heading);
  }
  row[heading] = std::move(text);
}

// Adds the members of an object. Settings and provenance are unfolded without their own
// name before them; lists have a table of their own or, like layers' health, one column
// an element.
void Unfold(const Json& object, const std::string& prefix, Row& row,
            std::vector<std::string>& headings) {
  for (const auto& [name, value] : object.items()) {
    if (prefix.empty() && name == kConfusionMember) continue;  // a table of its own
    if (prefix.empty() && name == "epochs" && value.is_array()) {
      Put(row, headings, "epochs_run", std::to_string(value.size()));
      if (!value.empty()) Unfold(value.back(), "last", row, headings);
    } else if (value.is_object()) {
      const bool bare = prefix.empty() && (name == "settings" || name == "provenance");
      Unfold(value, bare ? std::string() : Heading(prefix, name), row, headings);
    } else if (value.is_array()) {
      for (std::size_t i = 0; i < value.size(); ++i) {
        const std::string heading = Heading(Heading(prefix, name), std::to_string(i + 1));
        if (value[i].is_object()) {
          Unfold(value[i], heading, row, headings);
        } else {
          Put(row, headings, heading, Text(value[i]));
        }
      }
    } else {
      Put(row, headings, Heading(prefix, name), Text(value));
    }
  }
}

std::string Csv(const std::vector<std::string>& headings, const std::vector<Row>& rows) {
  std::string csv;
  const auto line = [&](auto&& text) {
    for (std::size_t i = 0; i < headings.size(); ++i) {
      csv.append(i == 0 ? "" : ",").append(CsvCell(text(headings[i])));
    }
    csv.append("\n");
  };
  line([](const std::string& heading) { return heading; });
  for (const Row& row : rows) {
    line([&](const std::string& heading) {
      const auto found = row.find(heading);
      return found == row.end() ? std::string("NA") : found->second;
    });
  }
  return csv;
}

}  // namespace

std::string RunsCsv(std::span<const Json> records) {
  std::vector<std::string> headings = {"key"};
  std::vector<Row> rows;
  for (const Json& record : records) {
    rows.emplace_back();
    Unfold(record, "", rows.back(), headings);
  }
  return Csv(headings, rows);
}

std::string EpochsCsv(std::span<const Json> records) {
  std::vector<std::string> headings = {"key", "epoch"};
  std::vector<Row> rows;
  for (const Json& record : records) {
    const auto epochs = record.find("epochs");
    if (epochs == record.end()) continue;
    for (std::size_t i = 0; i < epochs->size(); ++i) {
      rows.emplace_back();
      Put(rows.back(), headings, "key", Text(record.at("key")));
      Put(rows.back(), headings, "epoch", std::to_string(i + 1));
      Unfold((*epochs)[i], "", rows.back(), headings);
    }
  }
  return Csv(headings, rows);
}

}  // namespace lanegrad
