/// @file
/// What chapter 1 shows and claims.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_FIRST_LEARNING_FIRST_FINDINGS_H_
#define LANEGRAD_EXPERIMENTS_FIRST_LEARNING_FIRST_FINDINGS_H_

#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/trials/seed_pairs.h"

namespace lanegrad {

/// The comparisons of the chapter by pairs of equal seeds, judged together.
std::vector<SeedPairs> FirstPairs(const Evidence& evidence);

Figure LearningFigure(const Evidence& evidence);        ///< Accuracy by pass, both kinds of labels.
Figure WhatWasLearnedFigure(const Evidence& evidence);  ///< Before, after, and what else there is.
NamedTable FirstTable(const Evidence& evidence);        ///< The means.

Finding AdjustingIsLearning(const Evidence& evidence);   ///< After against before.
Finding LabelsTeach(const Evidence& evidence);           ///< By lot against guessing.
Finding LotsAreLearned(const Evidence& evidence);        ///< The labels that were taught.
Finding MoreThanAverages(const Evidence& evidence);      ///< Against mean pictures.
Finding FirstPassTeachesMost(const Evidence& evidence);  ///< Against all later passes.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_FIRST_LEARNING_FIRST_FINDINGS_H_
