/// @file
/// The rules of chapter 5.2: what its records say of each claim.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RECIPES_RECIPE_CLAIMS_H_
#define LANEGRAD_EXPERIMENTS_RECIPES_RECIPE_CLAIMS_H_

#include "experiments/experiment/experiment.h"

namespace lanegrad {

/// How many decades of rates lead to within a point of the best one, of a row.
double DecadesOfRates(const Measurement& row);

Finding LaterIsBetter(const Evidence& evidence);  ///< Each recipe against the one before.
Finding LaterIsBetterWithoutDropout(const Evidence& evidence);  ///< With another row of 2015.
Finding ModernIsBetter(const Evidence& evidence);               ///< 2020 against 1986.
Finding ModernIsSooner(const Evidence& evidence);      ///< The same, by epochs to the target.
Finding SoonerThan2010(const Evidence& evidence);      ///< 2020 against 2010, by epochs.
Finding MoreRatesAreGood(const Evidence& evidence);    ///< Width of the plateau of rates.
Finding OldFailsDeep(const Evidence& evidence);        ///< 1986 with five hidden layers.
Finding DepthWidensTheGap(const Evidence& evidence);   ///< Gain with five layers, with two.
Finding OneIsEnough(const Evidence& evidence);         ///< One ingredient added to 1986.
Finding OneIsNeeded(const Evidence& evidence);         ///< One ingredient taken from 2020.
Finding EveryOneCounts(const Evidence& evidence);      ///< All of them, one by one.
Finding EffectsAdd(const Evidence& evidence);          ///< Sums of effects against the whole.
Finding TheyStandIn(const Evidence& evidence);         ///< Gains exceed it, losses fall short.
Finding ActivationDidIt(const Evidence& evidence);     ///< With depth, against the others.
Finding ActivationIsMissed(const Evidence& evidence);  ///< With depth, taken from 2020.
Finding TwoAreEnough(const Evidence& evidence);        ///< Two ingredients added to 1986.
Finding DropoutPays(const Evidence& evidence);         ///< 2015 with dropout and without.
Finding TimeMakesUpForIt(const Evidence& evidence);    ///< 1986 with eight times the epochs.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RECIPES_RECIPE_CLAIMS_H_
