// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison/report_files.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "experiments/records/disk.h"
#include "experiments/records/provenance.h"

namespace lanegrad {

void ReportFigures::Add(std::vector<Drawing> choices) {
  for (Drawing& drawing : choices) {
    WriteFileAtomically(directory_ / (drawing.name + ".svg"), drawing.svg);
    WriteFileAtomically(directory_ / (drawing.name + "_plain.svg"), drawing.plain);
    // That of an earlier report would pass for one of this.
    std::error_code ignored;
    std::filesystem::remove(directory_ / (drawing.name + "_plain.pdf"), ignored);
    WriteFileAtomically(directory_ / (drawing.name + ".csv"), drawing.csv);
    WriteFileAtomically(directory_ / (drawing.name + ".vl.json"), drawing.vega);
    drawing.beside = true;
  }
  report_.AddFigures(choices);
}

std::vector<std::pair<std::string, std::string>> ProvenanceLines(
    std::span<const std::string> provenances) {
  std::vector<std::string> names;
  std::map<std::string, std::set<std::string>> values;
  for (const std::string& provenance : provenances) {
    for (const auto& [name, value] : OriginOf(provenance)) {
      if (values[name].empty()) names.push_back(name);
      values[name].insert(value);
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
