/// @file
/// The tables and the figure of published numbers.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CONFORMANCE_CONFORMANCE_REPORT_H_
#define LANEGRAD_EXPERIMENTS_CONFORMANCE_CONFORMANCE_REPORT_H_

#include "experiments/experiment/experiment.h"

namespace lanegrad {

/// A line a published accuracy: configuration, published, ours with interval and seeds, how
/// they agree, and on which side ours is.
NamedTable AccuracyTable(const Evidence& evidence);

/// A line a file of experiments/tables/: its source, and in what ours is unlike it.
NamedTable SourceTable(const Evidence& evidence);

/// The same of the losses of iris_example.h.
NamedTable ExampleTable(const Evidence& evidence);

/// The published numbers that need no training.
NamedTable ArithmeticTable(const Evidence& evidence);

/// Accuracies of the networks of experiments/tables/: ours with their seeds and interval, and the
/// published one beside each.
Figure AccuracyFigure(const Evidence& evidence);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CONFORMANCE_CONFORMANCE_REPORT_H_
