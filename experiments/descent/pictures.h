/// @file
/// The figures and tables of chapter 3.5, made from its records.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_DESCENT_PICTURES_H_
#define LANEGRAD_EXPERIMENTS_DESCENT_PICTURES_H_

#include "experiments/experiment/experiment.h"

namespace lanegrad {

Figure PathFigure(const Evidence& evidence);       ///< Too small, right, too large.
Figure LimitFigure(const Evidence& evidence);      ///< Where descent fails, against the theory.
Figure StabilityFigure(const Evidence& evidence);  ///< Curvature during descent, and 2 over rate.
Figure RangeFigure(const Evidence& evidence);      ///< The range test, and the theory's limit.
Figure PlateauFigure(const Evidence& evidence);    ///< Accuracy by rate.
Figure TrialsFigure(const Evidence& evidence);     ///< Expected best of k trials.
Figure FinalsFigure(const Evidence& evidence);     ///< Test accuracy of what was found.
Figure BatchFigure(const Evidence& evidence);      ///< Accuracy by batch, with either rule.
Figure StoppingFigure(const Evidence& evidence);   ///< Accuracy by condition.
Figure SeedsFigure(const Evidence& evidence);      ///< Spread by its causes.

/// Mean and interval over the seeds at every rate of a row of "plateau", the best one marked.
LineSeries PlateauCurve(const Measurement& row);

NamedTable PlateauTable(const Evidence& evidence);   ///< Best rates and widths.
NamedTable SearchTable(const Evidence& evidence);    ///< Schedules, optimizers, warm-up.
NamedTable BatchTable(const Evidence& evidence);     ///< Batch sizes and their rates.
NamedTable StoppingTable(const Evidence& evidence);  ///< Conditions, epochs, accuracy.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_DESCENT_PICTURES_H_
