/// @file
/// The rules of chapter 5.5: what its records say of each claim.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_ETHICS_JUDGEMENTS_H_
#define LANEGRAD_EXPERIMENTS_ETHICS_JUDGEMENTS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/trials/seed_pairs.h"

namespace lanegrad {

/// Every comparison by pairs that the chapter makes, judged together.
std::vector<SeedPairs> EthicsPairs(const Evidence& evidence);

/// The row of "classes" or "subgroups" with this rare group and method.
Measurement GroupRow(const Evidence& evidence, std::string_view series, std::string_view rare,
                     std::string_view method);
/// Recalls of a group of such a row, a seed each.
std::vector<double> RecallsOf(const Measurement& row, std::size_t group);
/// The mean recall of all its groups but one, a seed each; with a group that is none: of all.
std::vector<double> RecallsOfOthers(const Measurement& row, std::size_t but);
/// The number of a rare group in its series: "coat", "trouser"; "shirt" is the last of four.
std::size_t GroupNumber(std::string_view rare);
/// Fashion-MNIST's classes, by number.
inline constexpr const char* kClassNames[] = {"T-shirt", "trouser",   "pullover", "dress",
                                              "coat",    "sandal",    "shirt",    "sneaker",
                                              "bag",     "ankle boot"};
/// Accuracy of a row of "subgroups" on samples in which groups are as frequent as among its
/// training samples, a seed each.
std::vector<double> AccuracyDrawnAlike(const Measurement& row);

Finding AccuracyHoldsForAll(const Evidence& evidence);        ///< Recall by class.
Finding RareClassSuffers(const Evidence& evidence);           ///< Against equal counts.
Finding WeightsBringItBack(const Evidence& evidence);         ///< Class weights.
Finding BalancingIsFree(const Evidence& evidence);            ///< What the others lose.
Finding WeightsAreResampling(const Evidence& evidence);       ///< Class weights or repetition.
Finding AccuracyShowsSubgroup(const Evidence& evidence);      ///< On samples drawn alike.
Finding ClassWeightsReachSubgroup(const Evidence& e);         ///< Against balanced subgroups.
Finding LossBetraysMembers(const Evidence& evidence);         ///< Area above one half.
Finding LongTrainingBetraysMore(const Evidence& evidence);    ///< Epochs.
Finding MoreSamplesBetrayLess(const Evidence& evidence);      ///< Samples.
Finding GapIsTheAdvantage(const Evidence& evidence);          ///< Against the gap of accuracies.
Finding AttackIsSureOfSome(const Evidence& evidence);         ///< At few false positives.
Finding DefencesProtect(const Evidence& evidence);            ///< Area under each defence.
Finding ProtectionCostsAccuracy(const Evidence& evidence);    ///< Of those that protect.
Finding TrainingAccuracyShowsMark(const Evidence& evidence);  ///< Against no mark.
Finding HeldOutAccuracyShowsMark(const Evidence& evidence);   ///< Samples drawn alike.
Finding UnmarkedTestShowsMark(const Evidence& evidence);      ///< Samples without it.
Finding SaliencyShowsMark(const Evidence& evidence);          ///< Where the map is largest.
Finding FewCounterexamplesSuffice(const Evidence& e);         ///< A tenth without mark.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_ETHICS_JUDGEMENTS_H_
