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

/// The class that most of `neighbours` have by `labels`; of equally frequent ones that of the
/// nearest.
std::uint8_t Vote(std::span<const std::uint32_t> neighbours, std::span<const std::uint8_t> labels,
                  std::size_t classes);

/// The probability that one of `flagged` is larger than one of `others`, ties counting half: 1
/// where a number tells the two apart, 1/2 where it says nothing. NaN where either is empty.
/// [Hanley and McNeil 1982: the area under the ROC curve]
double ProbabilityLarger(std::span<const double> flagged, std::span<const double> others);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPLANATIONS_NEIGHBOURS_H_
