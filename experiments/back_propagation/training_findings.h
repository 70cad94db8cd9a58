/// @file
/// Rules that judge claims on what becomes of a gradient: on its way back, in a step, and over a
/// training.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_TRAINING_FINDINGS_H_
#define LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_TRAINING_FINDINGS_H_

#include "experiments/experiment/experiment.h"

namespace lanegrad {

Finding SigmoidsDivideByFour(const Evidence& evidence);  ///< Factors of a layer of sigmoids.
Finding HeKeepsRelu(const Evidence& evidence);           ///< The factor of a layer of ReLUs.
Finding SomeWeightsSuit(
    const Evidence& evidence);                     ///< Factors of every activation and initializer.
Finding TheoryPredicts(const Evidence& evidence);  ///< Measured factors against mean-field theory.
Finding ArticleRuleConverges(const Evidence& evidence);  ///< The path of section 3.2's formula.
Finding RegionIsTheory(
    const Evidence& evidence);  ///< Where momentum converges, against the closed form.
Finding MomentumPays(const Evidence& evidence);            ///< Steps with momentum and without.
Finding OrderIsForgotten(const Evidence& evidence);        ///< Labels of twins.
Finding OrderCostsNothing(const Evidence& evidence);       ///< Accuracies of twins.
Finding RateShortensTheHorizon(const Evidence& evidence);  ///< Horizons of twins at two rates.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_TRAINING_FINDINGS_H_
