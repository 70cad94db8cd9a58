/// @file
/// The table and the figure of published numbers.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CONFORMANCE_CONFORMANCE_REPORT_H_
#define LANEGRAD_EXPERIMENTS_CONFORMANCE_CONFORMANCE_REPORT_H_

#include "experiments/experiment/experiment.h"

namespace lanegrad {

/// A line a published number: table, configuration, published, ours with interval, how they agree,
/// why not.
NamedTable NumberTable(const Evidence& evidence);

/// Accuracies of the networks of experiments/tables/: ours with their seeds and interval, and the
/// published one beside each.
Figure AccuracyFigure(const Evidence& evidence);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CONFORMANCE_CONFORMANCE_REPORT_H_
