// SPDX-License-Identifier: Apache-2.0
#include "experiments/records/numbered.h"

#include <fmt/format.h>

#include <cmath>

namespace lanegrad {

void SetNumbers(Fields& fields, std::string_view stem, std::span<const double> values) {
  for (std::size_t i = 0; i < values.size() && std::isfinite(values[i]); ++i) {
    fields.Set(fmt::format("{}_{}", stem, i + 1), values[i]);
  }
}

void SetPictured(Fields& fields, std::string_view stem, std::span<const double> values) {
  std::vector<double> rounded;
  for (const double value : values) rounded.push_back(std::floor(value * 1e5 + 0.5) / 1e5);
  SetNumbers(fields, stem, rounded);
}

std::vector<double> NumbersOf(const Fields& fields, std::string_view stem) {
  std::vector<double> values;
  for (std::string name = fmt::format("{}_1", stem); fields.Has(name);
       name = fmt::format("{}_{}", stem, values.size() + 1)) {
    values.push_back(fields.Number(name));
  }
  return values;
}

}  // namespace lanegrad
