/// @file
/// The still pictures among those of interactive_stills.h that are curves.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_STILL_CURVES_H_
#define LANEGRAD_DOCS_STILL_CURVES_H_

#include "experiments/report/figure.h"

namespace lanegrad {

/// A point without interval and note.
inline LinePoint PlainPoint(double x, double y) { return {.x = x, .y = y, .note = {}}; }

LineFigure BowlStill();        ///< Losses on a bowl, below and above the limit.
LineFigure PatienceStill();    ///< Where patience ends a training.
LineFigure RavineStill();      ///< Three optimizers on a ravine.
LineFigure ActivationStill();  ///< Two functions and their slopes.
LineFigure LossStill();        ///< Two losses and their slopes.
LineFigure VoltageStill();     ///< A neuron under three currents.
LineFigure WidthStill();       ///< Slopes by the number of inputs.
LineFigure BaseRateStill();    ///< What an alarm is worth.

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_STILL_CURVES_H_
