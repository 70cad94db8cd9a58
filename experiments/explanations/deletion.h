/// @file
/// Whether the pixels that a map calls important are so: they are taken away, and one looks
/// whether the decision stays. [Samek et al. 2017; Petsiuk et al. 2018]
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPLANATIONS_DELETION_H_
#define LANEGRAD_EXPERIMENTS_EXPLANATIONS_DELETION_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "experiments/explanations/attribution.h"

namespace lanegrad {

/// The pixels of a map, the largest first; of equal ones the first in the picture.
std::vector<std::uint32_t> ByImportance(const PixelMap& map);

/// A random order of the pixels of picture `picture`, from stream kNoise of `seed`.
std::vector<std::uint32_t> RandomOrder(std::size_t pixels, std::uint64_t seed, std::size_t picture);

/// The share of pictures whose decision is still decisions[p] when the first counts[k] pixels of
/// orders[p] have become the reference, for each k. Cost: a way forward a picture and count.
std::vector<double> DecisionsKept(const Network& network, const Pictures& pictures,
                                  std::span<const std::uint8_t> decisions,
                                  std::span<const std::vector<std::uint32_t>> orders,
                                  std::span<const std::size_t> counts);

/// The share of the `count` most important pixels of `a` that are among those of `b`.
double SharedTop(const PixelMap& a, const PixelMap& b, std::size_t count);

/// Spearman's rank correlation of the sizes |a_i| and |b_i|; 0 where either map has no two that
/// differ, and says nothing. Signs are left out, as Adebayo et al. [2018] do.
double Likeness(const PixelMap& a, const PixelMap& b);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPLANATIONS_DELETION_H_
