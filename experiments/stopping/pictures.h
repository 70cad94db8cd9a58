/// @file
/// The figures and tables of chapter 6.3, made from its records.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_STOPPING_PICTURES_H_
#define LANEGRAD_EXPERIMENTS_STOPPING_PICTURES_H_

#include "experiments/experiment/experiment.h"

namespace lanegrad {

Figure LossCurveFigure(const Evidence& evidence);      ///< Losses, and where patience stops.
Figure AccuracyCurveFigure(const Evidence& evidence);  ///< Test accuracy by epoch.
Figure RightFigure(const Evidence& evidence);          ///< Which conditions are right where.
Figure EffortFigure(const Evidence& evidence);         ///< Test accuracy against epochs.

NamedTable ConditionTable(const Evidence& evidence);  ///< Too early, right, too late, never.
NamedTable CellTable(const Evidence& evidence);       ///< Rates, and patience in each kind.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_STOPPING_PICTURES_H_
