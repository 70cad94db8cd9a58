/// @file
/// Parts of data sets, and more images made of those that there are.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LITTLE_DATA_SUBSETS_H_
#define LANEGRAD_EXPERIMENTS_LITTLE_DATA_SUBSETS_H_

#include <cstddef>
#include <cstdint>

#include "kernels/matrix.h"
#include "network/dataset.h"

namespace lanegrad {

/// The samples of `range`, in their order. Throws DataError where there are not so many.
Samples Slice(const Samples& samples, Range range);

/// Those of `first`, then those of `second`. Throws DataError where one has bytes and the other
/// values, or other features.
Samples Joined(const Samples& first, const Samples& second);

/// Writes the image `from` (height x width bytes) to `to`, moved by `right` pixels to the right
/// and `down` pixels down; what comes in at the edges is 0. They must not overlap.
void ShiftImage(const std::uint8_t* from, std::uint8_t* to, std::size_t width, std::size_t height,
                int right, int down);

/// `copies` times as many samples: first all as they are, then again and again all of them, each
/// moved by a random number of pixels, uniform in -most .. most, both ways; drawn from stream
/// kNoise of `seed`. Labels stay. Throws DataError where the samples are no images of
/// width x height bytes. Cost: one write of the copies. [Simard et al. 2003]
Samples ShiftedCopies(const Samples& samples, std::size_t width, std::size_t height,
                      std::size_t copies, int most, std::uint64_t seed);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LITTLE_DATA_SUBSETS_H_
