/// @file
/// The rules of chapter 5.4: what its records say of each claim.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPLANATIONS_FINDINGS_H_
#define LANEGRAD_EXPERIMENTS_EXPLANATIONS_FINDINGS_H_

#include <string>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/trials/seed_pairs.h"

namespace lanegrad {

/// The row of a series whose first setting is `name`. Throws DataError where there is none.
Measurement NamedRow(const Evidence& evidence, std::string_view series, std::string_view name);

/// The list `stem` of that row, a pair of twins each.
std::vector<double> ListOf(const Evidence& evidence, std::string_view series, std::string_view name,
                           std::string_view stem);

/// Every comparison by seeds that the chapter makes, judged together.
std::vector<SeedPairs> ExplanationPairs(const Evidence& evidence);

Finding GradientsAreExact(const Evidence& evidence);       ///< Against central differences.
Finding FirstLayerIsReadable(const Evidence& evidence);    ///< Its weights as pictures.
Finding DecaySmooths(const Evidence& evidence);            ///< Weight decay, and its price.
Finding MapsPointAtPixels(const Evidence& evidence);       ///< Deletion against random order.
Finding MapsBeatContrast(const Evidence& evidence);        ///< Deletion against no network.
Finding PathBeatsPoint(const Evidence& evidence);          ///< Integrated against one gradient.
Finding ForeignMapsPoint(const Evidence& evidence);        ///< Deletion by a twin's map.
Finding TwinsAgreeOnMaps(const Evidence& evidence);        ///< Another seed, the same map?
Finding DecayMakesMapsAgree(const Evidence& evidence);     ///< The same, with weight decay.
Finding TinyChangeKeepsMaps(const Evidence& evidence);     ///< A change that nobody sees.
Finding MapsShowWhatWasLearned(const Evidence& evidence);  ///< Weights drawn anew.
Finding UntrainedMapsDiffer(const Evidence& evidence);     ///< The same, by an absolute bar.
Finding MapsKnowLabels(const Evidence& evidence);          ///< Random labels.
Finding PrototypesLookAlike(const Evidence& evidence);     ///< Prototypes and their classes.
Finding PrototypesConvince(const Evidence& evidence);      ///< Prototypes and a twin.
Finding MistakesAreShared(const Evidence& evidence);       ///< Of network or of picture?
Finding NeighboursDecide(const Evidence& evidence);        ///< Nearest neighbours, hidden layer.
Finding NeighboursWarn(const Evidence& evidence);          ///< Against confidence.
Finding NothingIsExplained(const Evidence& evidence);      ///< The article's claim.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPLANATIONS_FINDINGS_H_
