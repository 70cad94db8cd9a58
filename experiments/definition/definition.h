/// @file
/// What the experiment of chapter 6.1 measures and shows: a network, rebuilt from a description.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_DEFINITION_DEFINITION_H_
#define LANEGRAD_EXPERIMENTS_DEFINITION_DEFINITION_H_

#include <string_view>
#include <vector>

#include "experiments/definition/description.h"
#include "experiments/experiment/experiment.h"
#include "experiments/trials/seed_pairs.h"

namespace lanegrad {

/// The activations of the hidden units that are tried.
inline constexpr std::string_view kDescribed[] = {"relu", "tanh"};

/// A task for each activation: networks are trained, a seed each, described, changed and rebuilt.
/// Of every change number c in kChanges the row keeps the share of test pictures that are answered
/// as by the network itself (`same_c`), and the accuracy (`accuracy_c`), a seed each.
std::vector<Task> DefinitionTasks(const Scope& scope);

/// The comparisons of the chapter by pairs of equal seeds, judged together.
std::vector<SeedPairs> DefinitionPairs(const Evidence& evidence);

Figure SameAnswersFigure(const Evidence& evidence);  ///< Same answers by change.
NamedTable ChangeTable(const Evidence& evidence);    ///< Same answers and accuracy by change.

Finding ArticleDefinitionSuffices(const Evidence& evidence);  ///< Units, weights, activation.
Finding WithBiasesItSuffices(const Evidence& evidence);       ///< The same and biases.
Finding ActivationComputes(const Evidence& evidence);         ///< More than the weights do.
Finding OrderMeansNothing(const Evidence& evidence);          ///< Of hidden units.
Finding EightBitsSuffice(const Evidence& evidence);           ///< To within a point.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_DEFINITION_DEFINITION_H_
