/// @file
/// What chapter 5.4 measures, a row of records each; lists are numbered by pairs of twins.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPLANATIONS_MEASURES_H_
#define LANEGRAD_EXPERIMENTS_EXPLANATIONS_MEASURES_H_

#include <cstddef>
#include <string_view>

#include "experiments/explanations/explained_networks.h"
#include "experiments/explanations/prototype.h"

namespace lanegrad {

/// So many pixels are taken away, of 784: 1, 2, 5, 10, 20 and 40 %.
inline constexpr std::size_t kDeleted[] = {8, 16, 39, 78, 157, 314};
/// The "most important" pixels of a map: 5 %.
inline constexpr std::size_t kTop = 39;
/// A change of each pixel that nobody sees: 8 of 255 levels.
inline constexpr float kTinyChange = 8.0f / 255.0f;
/// Neighbours that are asked.
inline constexpr std::size_t kNeighbours = 10;
/// Pictures that are shown with their maps.
inline constexpr std::size_t kShownPictures = 3;
/// Units whose weights are shown.
inline constexpr std::size_t kShownUnits = 8;
/// Mistakes that are shown.
inline constexpr std::size_t kShownMistakes = 10;

/// How pixels climb in a prototype of this name: "plain", or "smooth".
Ascent AscentNamed(std::string_view name, std::size_t steps);

/// Accuracies of a recipe; smoothness and pictures of first-layer weights, before and after.
void MeasureTraining(ExplainedNetworks& networks, Recipe recipe, Measurement& row);
/// Gradients against central differences, integrated gradients against their sum.
void MeasureCheck(ExplainedNetworks& networks, Measurement& row);
/// Decisions kept when pixels go in the order of a map, its own or its twin's; of "random", in a
/// random order.
void MeasureDeletion(ExplainedNetworks& networks, std::string_view map, Measurement& row);
/// Likeness of a kind of map to that of a twin, of a picture changed a little, of networks with
/// layers drawn anew, and of one that has learned random labels.
void MeasureLikeness(ExplainedNetworks& networks, const MapKindInfo& kind, Measurement& row);
/// The first pictures and their maps, by the first network and its twin.
void MeasureMaps(ExplainedNetworks& networks, Measurement& row);
/// Prototypes of every class, and what a twin says of them.
void MeasurePrototypes(ExplainedNetworks& networks, std::string_view ascent, Measurement& row);
/// Mistakes, whether a twin makes them too, and the first network's worst.
void MeasureMistakes(ExplainedNetworks& networks, Measurement& row);
/// Decisions by neighbours in pixels and in the last hidden layer, beside the network's.
void MeasureNeighbours(ExplainedNetworks& networks, Measurement& row);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPLANATIONS_MEASURES_H_
