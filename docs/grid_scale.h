/// @file
/// The tables and the figure of the page on large grids, from the record of scripts/grid-scale.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_GRID_SCALE_H_
#define LANEGRAD_DOCS_GRID_SCALE_H_

#include <string>

#include "experiments/json/json.h"
#include "experiments/report/figure.h"

namespace lanegrad {

/// Which machine the record is of, and what else it had to do.
std::string GridScaleMachine(const Json& record);
/// What recorded runs took on a core, and what 100,000 like them would.
std::string CoreHours(const Json& record);
/// What 100,000 records cost: to write, to report, to export.
std::string LargeGridTable(const Json& record);
/// What rank 0 can do, and what follows from it, in a sentence.
std::string LeaderPace(const Json& record);
/// Efficiency of smaller grids on pretended cores, measured, and by the model.
std::string EfficiencyTable(const Json& record);
/// The model: efficiency against cores, a line for each length of runs.
LineFigure EfficiencyFigure(const Json& record);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_GRID_SCALE_H_
