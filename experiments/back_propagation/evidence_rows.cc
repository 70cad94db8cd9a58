// SPDX-License-Identifier: Apache-2.0
#include "experiments/back_propagation/evidence_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "network/dataset.h"

namespace lanegrad {

double Total(std::span<const double> numbers) {
  double total = 0.0;
  for (const double each : numbers) total += each;
  return total;
}

double Most(std::span<const double> numbers) {
  return *std::max_element(numbers.begin(), numbers.end());
}

Verdict ByCount(double count, double all) {
  if (count == all) return Verdict::kSupported;
  return count > 0.0 ? Verdict::kQualified : Verdict::kNotSupported;
}

std::vector<double> Numbered(const Measurement& row, std::string_view stem) {
  std::vector<double> numbers;
  for (std::size_t n = 1; row.values.Has(fmt::format("{}_{:02}", stem, n)); ++n) {
    numbers.push_back(row.values.Number(fmt::format("{}_{:02}", stem, n)));
  }
  return numbers;
}

std::vector<std::string> FlowInitializers(const Measurement& row) {
  constexpr std::string_view kEnd = "_theory";
  std::vector<std::string> names;
  for (const auto& field : row.values.all()) {
    const std::string& name = field.first;
    if (name.ends_with(kEnd)) names.push_back(name.substr(0, name.size() - kEnd.size()));
  }
  return names;
}

}  // namespace lanegrad
