/// @file
/// The figures and tables of chapter 5.2.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RECIPES_RECIPE_FIGURES_H_
#define LANEGRAD_EXPERIMENTS_RECIPES_RECIPE_FIGURES_H_

#include "experiments/experiment/experiment.h"

namespace lanegrad {

Figure LearningFigure(const Evidence& evidence);  ///< Held-out accuracy of recipes by epoch.
Figure RatesFigure(const Evidence& evidence);     ///< The same by rate.
Figure ShallowFigure(const Evidence& evidence);   ///< One ingredient exchanged, two hidden layers.
Figure DeepFigure(const Evidence& evidence);      ///< The same, five hidden layers.
Figure SumsFigure(const Evidence& evidence);      ///< Sums of effects beside the whole.
Figure PairsFigure(const Evidence& evidence);     ///< Two ingredients added to 1986.
Figure LongerFigure(const Evidence& evidence);    ///< 1986 with more epochs.

NamedTable RecipeTable(const Evidence& evidence);   ///< What is in each recipe, and from whom.
NamedTable OutcomeTable(const Evidence& evidence);  ///< What came of every row.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RECIPES_RECIPE_FIGURES_H_
