/// @file
/// Figures and tables on the gradient itself: which check finds which mistake, what it costs, how
/// exact a difference is.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_GRADIENT_FIGURES_H_
#define LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_GRADIENT_FIGURES_H_

#include "experiments/experiment/experiment.h"

namespace lanegrad {

Figure MistakeFigure(const Evidence& evidence);      ///< Shares of mistakes that each check finds.
Figure CostFigure(const Evidence& evidence);         ///< Cost by the number of parameters.
Figure StepFigure(const Evidence& evidence);         ///< Error of differences by their step.
NamedTable GradientTable(const Evidence& evidence);  ///< What was checked, a loss a line.
NamedTable PassTable(const Evidence& evidence);      ///< Both passes, a network a line.
NamedTable CostTable(const Evidence& evidence);      ///< Three ways to a gradient.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_GRADIENT_FIGURES_H_
