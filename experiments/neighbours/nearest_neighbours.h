/// @file
/// k nearest neighbours: the classifier that learns nothing, and remembers everything.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_NEIGHBOURS_NEAREST_NEIGHBOURS_H_
#define LANEGRAD_EXPERIMENTS_NEIGHBOURS_NEAREST_NEIGHBOURS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "network/dataset.h"

namespace lanegrad {

/// Features at most, so that every squared distance is exact (see NearestNeighbours()).
inline constexpr std::size_t kMostNeighbourFeatures = 1024;

/// The `k` samples of `known` nearest to each of `asked`, nearest first, by Euclid's distance
/// between their bytes; of equally near ones the earlier. asked.count lists of min(k, known.count)
/// numbers of samples. Distances are exact: with 128 taken off every byte a product of two rows is
/// a whole number of at most 2^24, which floats hold, so the answer is the same everywhere. Throws
/// DataError where samples are no bytes, or have more than 1024 features.
/// Cost: 2 asked known features flops.
std::vector<std::vector<std::uint32_t>> NearestNeighbours(const Samples& known,
                                                          const Samples& asked, std::size_t k);

/// The label that most of the neighbours have; of equally many that of the nearest.
/// `neighbours` are numbers of labels, nearest first, at least one.
std::uint8_t Vote(std::span<const std::uint32_t> neighbours, std::span<const std::uint8_t> labels);

/// For each of `ks`, which grow, the share of `asked` that the votes of k neighbours among `known`
/// get right; where there are fewer than k, all of them vote. [Cover and Hart 1967]
std::vector<double> NeighbourAccuracies(const Samples& known, const Samples& asked,
                                        std::span<const std::size_t> ks);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_NEIGHBOURS_NEAREST_NEIGHBOURS_H_
