/// @file
/// Pictures as they are not in the data: moved, noisy, inverted, mirrored.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_APPLICATIONS_ALTERATIONS_H_
#define LANEGRAD_EXPERIMENTS_APPLICATIONS_ALTERATIONS_H_

#include <cstdint>
#include <string_view>

#include "network/dataset.h"

namespace lanegrad {

/// One way to alter a picture.
struct Alteration {
  std::string_view name;   ///< In records: "shift_2".
  std::string_view label;  ///< In figures: "moved by 2 pixels".
};

/// All, in the order of figures; the first leaves pictures as they are.
inline constexpr Alteration kAlterations[] = {
    {"clean", "as they are"},         {"shift_1", "moved by 1 pixel"},
    {"shift_2", "moved by 2 pixels"}, {"shift_4", "moved by 4 pixels"},
    {"noise_25", "noise of 0.1"},     {"noise_76", "noise of 0.3"},
    {"mirror", "mirrored"},           {"invert", "inverted"},
};

/// Copies of samples of width x height bytes, altered. Moves go up, down, left or right, at random;
/// what comes in is 0. Noise is normal, of the deviation that the name says, in steps of 255, cut
/// at black and white. Random numbers are from stream kNoise of `seed`. Throws
/// std::invalid_argument of a name that is none, DataError where samples are no such pictures.
Samples Altered(const Samples& samples, std::size_t width, std::size_t height,
                std::string_view name, std::uint64_t seed);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_APPLICATIONS_ALTERATIONS_H_
