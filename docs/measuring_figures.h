/// @file
/// The book's pictures of what a benchmark measures besides the kernel, from the record of
/// bench/measuring.cc; and its table of libraries that train, from that of
/// bench/training_peers.cc.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_MEASURING_FIGURES_H_
#define LANEGRAD_DOCS_MEASURING_FIGURES_H_

#include <string>

#include "experiments/json/json.h"
#include "experiments/report/figure.h"

namespace lanegrad {

/// Warm and cold caches, by size.
LineFigure CachesFigure(const Json& record);
/// A branch on random and on steady numbers, by how many there are.
LineFigure BranchesFigure(const Json& record);
/// One kernel by where its arrays begin: behind a line, or within a page.
LineFigure LayoutFigure(const Json& record, bool pages);
/// The clock after work of each kind.
DotFigure LicencesFigure(const Json& record);
/// Slices of one kernel as they came.
LineFigure TraceFigure(const Json& record);
/// Medians in one process, in many, and in arrays allocated anew.
DotFigure ProcessesFigure(const Json& record);
/// How often a kernel differs from itself.
std::string NoiseTable(const Json& record);
/// Which machine, and when.
std::string MeasuringMachine(const Json& record);
/// Samples a second of libraries that train, how far their losses are from ours, and on what.
std::string TrainingLibraries(const Json& record);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_MEASURING_FIGURES_H_
