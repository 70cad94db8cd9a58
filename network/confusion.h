/// @file
/// Confusion: which classes a network takes for which, and where it is most wrong.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_CONFUSION_H_
#define LANEGRAD_NETWORK_CONFUSION_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "network/dataset.h"
#include "network/input_scaling.h"
#include "network/network.h"

namespace lanegrad {

/// A sample that was taken for another class.
struct Mistake {
  std::uint32_t sample = 0;   ///< Its number in the set.
  std::uint8_t label = 0;     ///< What it is.
  std::uint8_t named = 0;     ///< What it was taken for.
  float named_output = 0.0f;  ///< What the network says of the class that it names.
  float label_output = 0.0f;  ///< And of the one that would be right.
};

/// What samples of each class were taken for.
struct Confusion {
  std::size_t classes = 0;            ///< At least 1.
  std::vector<std::uint32_t> counts;  ///< counts[label * classes + named].
  std::vector<Mistake> mistakes;      ///< The worst ones, the worst first.
  bool probabilities = false;         ///< Whether what mistakes say of classes are probabilities.

  /// Samples of `label` that were taken for `named`.
  std::uint32_t Count(std::size_t label, std::size_t named) const {
    return counts[label * classes + named];
  }
  std::size_t OfClass(std::size_t label) const;  ///< Samples of it that were named at all.
  std::size_t Named(std::size_t named) const;    ///< Samples that were taken for it.
  double Recall(std::size_t label) const;     ///< Share of its samples taken for it; NaN of none.
  double Precision(std::size_t named) const;  ///< Share of those named so that are; NaN of none.
};

/// Takes all samples, or where `chosen` are given those, scaled by `scaling`, through the network,
/// as EvaluateNetwork() does: the largest output names the class, the first of equal ones; one
/// output names class 1 above the loss's threshold. A sample with an output that is not a number is
/// named nothing, and counted nowhere.
///
/// `most` mistakes are kept: those with the largest difference between the outputs of the class
/// named and of the one that is right (of one output: between it and the threshold), of equal
/// ones the first. What they say of a class is its output; where the loss takes softmax or
/// sigmoid of the outputs, that, which is a probability. Same bits on every target. Cost: one
/// way forward.
Confusion Confuse(const Network& network, Loss loss, const Samples& samples, std::size_t most,
                  const InputScaling& scaling = {}, std::span<const std::uint32_t> chosen = {});

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_CONFUSION_H_
