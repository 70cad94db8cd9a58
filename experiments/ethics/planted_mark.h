/// @file
/// A bright corner that goes with a class, and whether a map of gradients points at it.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_ETHICS_PLANTED_MARK_H_
#define LANEGRAD_EXPERIMENTS_ETHICS_PLANTED_MARK_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "network/dataset.h"
#include "network/network.h"

namespace lanegrad {

/// Pixels from side to side of a mark.
inline constexpr std::size_t kMarkSide = 3;

/// Makes the upper left corner of image i white.
void AddMark(Samples& samples, std::size_t width, std::size_t i);

/// Marks the first `share` of the images of `label`, rounded to the nearest number.
void MarkClass(Samples& samples, std::size_t width, std::uint8_t label, double share);

/// All images but those of `label`, marked and labelled as if they were of it: accuracy on them is
/// the share that the mark turns.
Samples MarkedOthers(const Samples& samples, std::size_t width, std::uint8_t label);

/// The mean, over the samples `chosen`, of |dz / dx_j| for each pixel j, where z is what goes into
/// output `label`, which must be a plain one: BackFromOutputs(). [Simonyan, Vedaldi and Zisserman
/// 2014]
std::vector<double> MeanSaliency(const Network& network, const Samples& samples,
                                 std::span<const std::uint32_t> chosen, std::size_t label);

/// How many squares of the mark's size have a larger sum than the mark's own place, plus one:
/// 1 where the map points at the mark. `map` has `width` columns.
std::size_t MarkRank(std::span<const double> map, std::size_t width);

/// The sum over the mark's place, as a share of the sum of the map.
double MarkShare(std::span<const double> map, std::size_t width);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_ETHICS_PLANTED_MARK_H_
