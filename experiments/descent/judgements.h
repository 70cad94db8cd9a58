/// @file
/// The rules of chapter 3.5: what its records say of each claim.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_DESCENT_JUDGEMENTS_H_
#define LANEGRAD_EXPERIMENTS_DESCENT_JUDGEMENTS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/trials/seed_pairs.h"

namespace lanegrad {

/// Every comparison by pairs that the chapter makes, judged together.
std::vector<SeedPairs> ChapterPairs(const Evidence& evidence);

/// The decades of rates within `kPlateauSlack` of the best one, a seed each, of a row of "plateau".
std::vector<double> PlateauWidths(const Measurement& row);
/// How much of accuracy makes no odds: one point of a hundred.
inline constexpr double kPlateauSlack = 0.01;

/// Standard deviations of accuracy from initial weights, order and samples, and from what they do
/// together. `stem` is "held_out" or "test". A cause below nothing counts as nothing.
std::vector<double> SeedDeviations(const Evidence& evidence, std::string_view stem);

Finding BowlHasItsLimit(const Evidence& evidence);           ///< On quadratic bowls.
Finding NetworkHasTheLimitOfItsStart(const Evidence& e);     ///< On networks.
Finding CurvatureRisesToTheLimit(const Evidence& evidence);  ///< During full-batch descent.
Finding RangeTestFindsTheRate(const Evidence& evidence);     ///< Against a search.
Finding ArticlesRateWillDo(const Evidence& evidence);        ///< 0.1, in how many networks.
Finding EntropyIsWider(const Evidence& evidence);            ///< Plateau by loss.
Finding ReluIsWider(const Evidence& evidence);               ///< Plateau by activation.
Finding FallingRatesAreBetter(const Evidence& evidence);     ///< Schedules.
Finding WarmupHelps(const Evidence& evidence);               ///< Warm-up.
Finding AdamNeedsFewerTrials(const Evidence& evidence);      ///< Expected best of three trials.
Finding AdaptiveEndsBetter(const Evidence& evidence);        ///< Optimizers, tuned.
Finding LinearRuleHolds(const Evidence& evidence);           ///< Rate as batch.
Finding RootRuleHolds(const Evidence& evidence);             ///< Rate as the root of the batch.
Finding FullBatchLearnsLess(const Evidence& evidence);       ///< At equal passes.
Finding ErrorConditionIsMet(const Evidence& evidence);       ///< The article's loop ends.
Finding PatienceCostsNothing(const Evidence& evidence);      ///< Early stopping.
Finding WeightsMakeTheSpread(const Evidence& evidence);      ///< What a seed changes.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_DESCENT_JUDGEMENTS_H_
