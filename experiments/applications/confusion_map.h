/// @file
/// Who is taken for whom, as a figure.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_APPLICATIONS_CONFUSION_MAP_H_
#define LANEGRAD_EXPERIMENTS_APPLICATIONS_CONFUSION_MAP_H_

#include <span>
#include <string_view>

#include "experiments/records/measurement.h"
#include "experiments/report/figure.h"

namespace lanegrad {

/// The counts `confusion` of a row (label after label, what each was taken for) as shares of each
/// class, with the most frequent confusion in the title. Counts that are not there are 0. `names`
/// are those of the classes; they must outlive the call only.
HeatMap ConfusionMap(const Fields& fields, std::span<const std::string_view> names);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_APPLICATIONS_CONFUSION_MAP_H_
