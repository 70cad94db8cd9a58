/// @file
/// Decisions by examples: what the nearest training samples are, in pixels or in what a hidden
/// layer makes of them. [Cover and Hart 1967; Papernot and McDaniel 2018]
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPLANATIONS_NEIGHBOURS_H_
#define LANEGRAD_EXPERIMENTS_EXPLANATIONS_NEIGHBOURS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/matrix.h"
#include "network/dataset.h"
#include "network/network.h"

namespace lanegrad {

/// The activations of hidden layer `layer` (0: the first) for chosen samples, a row each.
Matrix HiddenValues(const Network& network, std::size_t layer, const Samples& samples,
                    std::span<const std::uint32_t> chosen);

/// The same samples as they are, in pixels.
Matrix PixelValues(const Samples& samples, std::span<const std::uint32_t> chosen);

/// The rows of `examples` that are nearest to each row of `queries` by Euclidean distance: the
/// `count` nearest, the nearest first; of equally near ones the first.
/// Cost: 2 queries examples features flops, and a sort of what is near.
std::vector<std::vector<std::uint32_t>> Nearest(ConstPanels queries, ConstPanels examples,
                                                std::size_t count);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPLANATIONS_NEIGHBOURS_H_
