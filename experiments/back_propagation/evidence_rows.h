/// @file
/// What the findings and figures of the chapter on the backward pass read records by.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_EVIDENCE_ROWS_H_
#define LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_EVIDENCE_ROWS_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"

namespace lanegrad {

/// The sum, in order.
double Total(std::span<const double> numbers);

/// The largest; of at least one.
double Most(std::span<const double> numbers);

/// Supported of all, qualified of some, not supported of none.
Verdict ByCount(double count, double all);

/// The numbers `stem_01`, `stem_02`, ... of a row, as many as there are.
std::vector<double> Numbered(const Measurement& row, std::string_view stem);

/// The initializers of a row that MeasureFlow() has filled in, in its order: those of the catalogue
/// when it was measured.
std::vector<std::string> FlowInitializers(const Measurement& row);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_EVIDENCE_ROWS_H_
