/// @file
/// Class weights: samples that count for more, or for less, by the class they are
/// taught as, so that a rare class is not drowned by a common one.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_CLASS_WEIGHTS_H_
#define LANEGRAD_NETWORK_CLASS_WEIGHTS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "kernels/matrix.h"

namespace lanegrad {

/// The weight of each class; empty for "none". "balanced" gives every class the same
/// sum of weights over the samples `chosen`, by 1 over its count [King and Zeng 2001];
/// other settings are the numbers `given`, one a class, which are taken as they are. Either way
/// they are then scaled so that their mean over the samples `chosen` is 1, and a rate means what it
/// did. `labels` are those that are taught. Throws UsageError where that mean is 0.
std::vector<float> ClassWeights(std::string_view setting, std::span<const double> given,
                                std::span<const std::uint8_t> labels,
                                std::span<const std::uint32_t> chosen, std::size_t classes);

/// Multiplies loss and error signal of the samples `rows` of a batch by the weights of
/// their classes, labels[r].
void WeighSamples(std::span<const float> weights, const std::uint8_t* labels, Range rows,
                  double* losses, Panels delta);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_CLASS_WEIGHTS_H_
