/// @file
/// How a row of chapter 6.4 is filled: a trial is chosen, then run again with fresh seeds.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_APPLICATIONS_SEARCH_H_
#define LANEGRAD_EXPERIMENTS_APPLICATIONS_SEARCH_H_

#include <span>
#include <string_view>
#include <vector>

#include "experiments/applications/classifier.h"
#include "experiments/applications/measures.h"
#include "experiments/trials/rate_search.h"
#include "network/confusion.h"

namespace lanegrad {

/// Tries every trial of the recipe with scale.tune_seeds seeds, then the best one with scale.seeds
/// fresh ones, and keeps its numbers: the i-th of each final trial goes into the list names[i].
/// Sets `trial`, the one chosen.
void SearchInto(const ApplicationScale& scale, const LearningRecipe& recipe,
                std::span<const std::string_view> names, const TrialNumbers& train, Fields& fields);

/// Counts of all, added up. All are of equally many classes.
std::vector<double> SumOf(std::span<const Confusion> confusions);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_APPLICATIONS_SEARCH_H_
