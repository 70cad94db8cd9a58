// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison/report_files.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "experiments/records/disk.h"

namespace lanegrad {

void ReportFigures::Add(const std::vector<Drawing>& choices) {
  for (const Drawing& drawing : choices) {
    WriteFileAtomically(directory_ / (drawing.name + ".svg"), drawing.svg);
    WriteFileAtomically(directory_ / (drawing.name + ".csv"), drawing.csv);
    WriteFileAtomically(directory_ / (drawing.name + ".vl.json"), drawing.vega);
  }
  report_.AddFigures(choices, command_);
}

std::vector<std::pair<std::string, std::string>> ProvenanceLines(std::span<const Json> records) {
  std::vector<std::string> names;
  std::map<std::string, std::set<std::string>> values;
  const auto add = [&](const std::string& name, const Json& value) {
    if (values[name].empty()) names.push_back(name);
    values[name].insert(value.is_string() ? value.get<std::string>() : value.dump());
  };
  for (const Json& record : records) {
    for (const auto& [name, value] : record.at("provenance").items()) {
      if (value.is_object()) {
        for (const auto& [inner, version] : value.items()) add(inner, version);
      } else {
        add(name, value);
      }
    }
  }
  std::vector<std::pair<std::string, std::string>> lines;
  for (const std::string& name : names) {
    const std::set<std::string>& seen = values[name];
    lines.emplace_back(name, seen.size() <= 3
                                 ? fmt::format("{}", fmt::join(seen, "; "))
                                 : fmt::format("{} to {}", *seen.begin(), *seen.rbegin()));
  }
  return lines;
}

}  // namespace lanegrad
