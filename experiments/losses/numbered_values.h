/// @file
/// A list of numbers as the values of a row: stem_1, stem_2, ...
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LOSSES_NUMBERED_VALUES_H_
#define LANEGRAD_EXPERIMENTS_LOSSES_NUMBERED_VALUES_H_

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "experiments/records/measurement.h"

namespace lanegrad {

/// Sets `stem`_1, `stem`_2, ... to the numbers.
inline void SetNumbered(Fields& fields, std::string_view stem, std::span<const double> numbers) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    fields.Set(fmt::format("{}_{}", stem, i + 1), numbers[i]);
  }
}

/// The same to five decimals: a picture needs no more, and the file is half as long.
inline void SetPictured(Fields& fields, std::string_view stem, std::span<const double> numbers) {
  std::vector<double> rounded;
  for (const double number : numbers) {
    rounded.push_back(std::floor(number * 1e5 + 0.5) / 1e5);
  }
  SetNumbered(fields, stem, rounded);
}

/// What SetNumbered() set: all numbers from `stem`_1 on, as far as they go.
inline std::vector<double> NumberedIn(const Fields& fields, std::string_view stem) {
  std::vector<double> numbers;
  while (fields.Has(fmt::format("{}_{}", stem, numbers.size() + 1))) {
    numbers.push_back(fields.Number(fmt::format("{}_{}", stem, numbers.size() + 1)));
  }
  return numbers;
}

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LOSSES_NUMBERED_VALUES_H_
