// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment/experiment.h"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/experiment/row_table.h"
#include "network/dataset.h"

namespace lanegrad {

std::vector<Measurement> Evidence::Series(std::string_view series) const {
  std::vector<Measurement> found;
  for (const Measurement& row : rows) {
    if (row.series == series) found.push_back(row);
  }
  return found;
}

Measurement Evidence::Row(std::string_view series, const RowSettings& settings) const {
  for (const Measurement& row : Series(series)) {
    const bool found = std::all_of(settings.begin(), settings.end(), [&](const auto& each) {
      return row.settings.Text(each.first) == each.second;
    });
    if (found) return row;
  }
  std::vector<std::string> wanted;
  for (const auto& [name, text] : settings) wanted.push_back(fmt::format("{} {}", name, text));
  throw DataError(
      fmt::format("no row of the series {} has {}", series, fmt::join(wanted, " and ")));
}

std::vector<double> Evidence::Numbers(std::string_view series, std::string_view name) const {
  std::vector<double> numbers;
  for (const Measurement& row : Series(series)) numbers.push_back(NumberOf(row, name));
  return numbers;
}

}  // namespace lanegrad
