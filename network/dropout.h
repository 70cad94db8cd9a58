/// @file
/// Dropout: hidden units that are left out of a step at random, so that none can
/// rely on another [Srivastava et al. 2014].
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_DROPOUT_H_
#define LANEGRAD_NETWORK_DROPOUT_H_

#include <cstddef>
#include <cstdint>

#include "kernels/matrix.h"

namespace lanegrad {

/// Which units are left out of one step.
struct Dropout {
  float share = 0.0f;      ///< Probability of each unit of each sample, below 1.
  std::uint64_t seed = 0;  ///< Of the run.
  std::size_t step = 0;    ///< Steps done before.
};

/// Leaves units of hidden layer `layer` out, for samples `rows` of a batch: value and
/// slope become zero; of those that stay they are multiplied by 1 / (1 - share), so
/// that their mean stays what it was, and the way back needs to know nothing.
///
/// What happens to a unit depends on seed, step, layer, its sample's place in the
/// batch and its own column, not on threads. Cost: a quarter of a Philox an element.
void Drop(const Dropout& dropout, std::size_t layer, Range rows, Panels values, Panels slopes);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_DROPOUT_H_
