/// @file
/// The figures and tables of chapter 5.4.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPLANATIONS_EXPLANATION_FIGURES_H_
#define LANEGRAD_EXPERIMENTS_EXPLANATIONS_EXPLANATION_FIGURES_H_

#include "experiments/experiment/experiment.h"

namespace lanegrad {

Figure WeightFigure(const Evidence& evidence);     ///< Of first-layer units.
Figure MapFigure(const Evidence& evidence);        ///< Pictures and their maps, by two networks.
Figure DeletionFigure(const Evidence& evidence);   ///< Decisions kept.
Figure LikenessFigure(const Evidence& evidence);   ///< Rank correlations of maps.
Figure CascadeFigure(const Evidence& evidence);    ///< The same, as layers are drawn anew.
Figure PrototypeFigure(const Evidence& evidence);  ///< Of every class.
Figure MistakeFigure(const Evidence& evidence);    ///< The worst ones.
Figure ConfusionFigure(const Evidence& evidence);  ///< Of the first network.
Figure NeighbourFigure(const Evidence& evidence);  ///< Of two decisions.

NamedTable TrainingTable(const Evidence& evidence);   ///< Accuracies and smoothness.
NamedTable DeletionTable(const Evidence& evidence);   ///< Decisions kept.
NamedTable LikenessTable(const Evidence& evidence);   ///< Rank correlations of maps.
NamedTable NeighbourTable(const Evidence& evidence);  ///< Decisions by neighbours.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPLANATIONS_EXPLANATION_FIGURES_H_
