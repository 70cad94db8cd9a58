/// @file
/// The picture that a network most wants to see: ascent of an output by the pixels.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPLANATIONS_PROTOTYPE_H_
#define LANEGRAD_EXPERIMENTS_EXPLANATIONS_PROTOTYPE_H_

#include <cstddef>

#include "experiments/explanations/attribution.h"

namespace lanegrad {

/// How pixels climb.
struct Ascent {
  std::size_t steps = 200;  ///< Of the ascent.
  float rate = 0.1f;        ///< Length of a step, in units of the gradient.
  float penalty = 0.0f;     ///< Weight of half the squared distance from the start.
  std::size_t blur = 0;     ///< Steps from one blur to the next; 0: never. [Yosinski et al. 2015]
};

/// Raises z_c - penalty |x - start|^2 / 2 of row c of x, for every class c, from `start`, with
/// pixels kept in [0, 1]. [Erhan et al. 2009; Simonyan et al. 2014, section 2]
/// Returns (classes, width * height). A blur replaces each pixel by the mean of itself, four
/// times, and its four neighbours. Cost: `steps` ways forward and back.
Matrix Prototypes(const Network& network, const std::vector<float>& start, std::size_t width,
                  const Ascent& ascent);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPLANATIONS_PROTOTYPE_H_
