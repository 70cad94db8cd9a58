/// @file
/// Lists of numbers in a row: "final_1", "final_2", ...
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RECORDS_NUMBERED_H_
#define LANEGRAD_EXPERIMENTS_RECORDS_NUMBERED_H_

#include <span>
#include <string_view>
#include <vector>

#include "experiments/records/measurement.h"

namespace lanegrad {

/// Sets the fields stem_1, stem_2, ... to `values`. The first that is not finite, and all after
/// it, are left out: a list ends where a training has left the numbers.
void SetNumbers(Fields& fields, std::string_view stem, std::span<const double> values);

/// The same to five decimals: a picture needs no more, and the file is half as long.
void SetPictured(Fields& fields, std::string_view stem, std::span<const double> values);

/// Reads them back, as many as there are.
std::vector<double> NumbersOf(const Fields& fields, std::string_view stem);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RECORDS_NUMBERED_H_
