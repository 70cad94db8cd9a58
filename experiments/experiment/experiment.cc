// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment/experiment.h"

#include "experiments/experiment/row_table.h"

namespace lanegrad {

std::vector<Measurement> Evidence::Series(std::string_view series) const {
  std::vector<Measurement> found;
  for (const Measurement& row : rows) {
    if (row.series == series) found.push_back(row);
  }
  return found;
}

std::vector<double> Evidence::Numbers(std::string_view series, std::string_view name) const {
  std::vector<double> numbers;
  for (const Measurement& row : Series(series)) numbers.push_back(NumberOf(row, name));
  return numbers;
}

}  // namespace lanegrad
