/// @file
/// The rules of chapter 5.3: what its records say of each claim; its figures and tables.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LITTLE_DATA_JUDGEMENTS_H_
#define LANEGRAD_EXPERIMENTS_LITTLE_DATA_JUDGEMENTS_H_

#include "experiments/experiment/experiment.h"

namespace lanegrad {

Finding MoreDataIsBetter(const Evidence& evidence);       ///< Size by size.
Finding MuchDataIsNeeded(const Evidence& evidence);       ///< A tenth of it costs five points.
Finding LinearLeadsWhenFew(const Evidence& evidence);     ///< Softmax regression.
Finding NeighboursLeadWhenFew(const Evidence& evidence);  ///< k nearest neighbours.
Finding RegularisersHelp(const Evidence& evidence);       ///< Where data are few.
Finding ShiftsHelp(const Evidence& evidence);             ///< Augmentation, at every size.
Finding ShiftsAreWorthData(const Evidence& evidence);     ///< Against three times the data.
Finding ErrorIsAPowerLaw(const Evidence& evidence);       ///< Of the number of samples.
Finding LawForetells(const Evidence& evidence);           ///< The largest size, from smaller ones.
Finding ExponentStays(const Evidence& evidence);          ///< Whatever the regulariser.
Finding ChoosingCosts(const Evidence& evidence);          ///< By so few held-out samples.
Finding TrainingAgainPays(const Evidence& evidence);      ///< With the held-out samples.

Figure CurveFigure(const Evidence& evidence);     ///< Errors over samples, with their laws.
Figure CrossingFigure(const Evidence& evidence);  ///< Ahead of the network, in points.
Figure GainFigure(const Evidence& evidence);      ///< Regularisers against none, in points.
Figure ExponentFigure(const Evidence& evidence);  ///< Exponents with bootstrap intervals.
Figure ChoiceFigure(const Evidence& evidence);    ///< What choosing by few samples costs.
Figure ShiftedFigure(const Evidence& evidence);   ///< An image and its shifted copies.

NamedTable AccuracyTable(const Evidence& evidence);  ///< Methods by sizes.
NamedTable LawTable(const Evidence& evidence);       ///< A law a method.
NamedTable ChosenTable(const Evidence& evidence);    ///< How often each trial was chosen.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LITTLE_DATA_JUDGEMENTS_H_
