/// @file
/// The rules of chapter 6.3: what its records say of each claim.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_STOPPING_JUDGEMENTS_H_
#define LANEGRAD_EXPERIMENTS_STOPPING_JUDGEMENTS_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/trials/seed_pairs.h"

namespace lanegrad {

/// What came of trainings under a condition.
struct StopCounts {
  std::size_t runs = 0;   ///< In all.
  std::size_t right = 0;  ///< Stopped where neither more nor less training would have been better.
  std::size_t early = 0;  ///< More training would have brought more than kMatters.
  std::size_t late = 0;   ///< Not early, and less training would have brought more than kMatters.
  std::size_t never = 0;  ///< The condition was not met within the budget.
};

/// Those of a row of "condition".
StopCounts CountStops(const Measurement& row);
/// Those of all kinds of trainings together under the condition of this name.
StopCounts CountStops(const Evidence& evidence, std::string_view condition);
/// The names of the conditions in the records, in their order.
std::vector<std::string> ConditionNames(const Evidence& evidence);

/// Every comparison by pairs that the chapter makes, judged together.
std::vector<SeedPairs> StoppingPairs(const Evidence& evidence);

Finding OneErrorFitsAll(const Evidence& evidence);       ///< Thresholds of an error.
Finding OneChangeFitsAll(const Evidence& evidence);      ///< Small changes.
Finding OneBudgetFitsAll(const Evidence& evidence);      ///< Numbers of epochs.
Finding PatienceFitsAll(const Evidence& evidence);       ///< Patience on held-out samples.
Finding ImpatienceStopsEarly(const Evidence& evidence);  ///< One epoch against ten.
Finding HeldOutBeatsTraining(const Evidence& evidence);  ///< What patience watches.
Finding WholeBudgetCostsNothing(const Evidence& e);      ///< Against patience.
Finding BestWeightsAreBetter(const Evidence& evidence);  ///< Kept or last weights.
Finding LossOrAccuracyIsTheSame(
    const Evidence& evidence);                         ///< What is watched of held-out samples.
Finding RetrainingIsBetter(const Evidence& evidence);  ///< On held-out samples as well.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_STOPPING_JUDGEMENTS_H_
