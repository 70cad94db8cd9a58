/// @file
/// The still pictures among those of interactive_stills.h that show curves measured by chapters, or
/// fitted to them.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_STILL_RECORDS_H_
#define LANEGRAD_DOCS_STILL_RECORDS_H_

#include "experiments/experiment/experiment.h"
#include "experiments/report/figure.h"

namespace lanegrad {

LineFigure GradientCheckStill();  ///< Formulas of a derivative against differences.
LineFigure ResponseStill();       ///< A neuron's firing rate and what was fitted to it.
LineFigure TemperatureStill();    ///< How uncertain the next letter is, by temperature.
/// A law fitted to the small subsets; `records` are those of chapter 5.3.
LineFigure LearningCurveStill(const Evidence& records);
/// Errors by width for each budget; `records` are those of chapter 5.1.
LineFigure BudgetStill(const Evidence& records);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_STILL_RECORDS_H_
