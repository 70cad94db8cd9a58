/// @file
/// Health: what ails a network that does not learn.
///
/// Everything here is computed once, after the last step, from the final weights and a
/// fixed sample of the training data, so it costs little, is the same whatever the
/// threads, and changes nothing. It is not part of a digest.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_HEALTH_H_
#define LANEGRAD_NETWORK_HEALTH_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "network/dataset.h"
#include "network/network.h"

namespace lanegrad {

/// At most so many training samples are looked at, evenly spread.
inline constexpr std::size_t kHealthSamples = 128;
/// A slope is flat below this share of the activation's largest where |z| <= 4.
inline constexpr double kFlatSlope = 0.01;
/// A unit is saturated where it is flat for at least this share of the samples.
inline constexpr double kMostSamples = 0.95;
/// A layer is ill where at least this share of its units is dead or saturated.
inline constexpr double kIllShare = 0.5;

/// What is known of one layer.
struct LayerHealth {
  /// Share of its units whose slope is 0 and whose output is the same for all samples:
  /// no gradient can reach them again. 0 for the last layer.
  double dead = 0.0;
  /// Share of its units that are not dead but flat for most samples. 0 for the last.
  double saturated = 0.0;
  double gradient_norm = 0.0;  ///< Of the mean loss without penalties, over the samples.
  double weight_norm = 0.0;    ///< Root of the sum of squares, without biases.
};

/// What is known of a network.
struct Health {
  std::vector<LayerHealth> layers;  ///< First to last; empty where diverged.
  bool diverged = false;            ///< A loss or a weight is not finite.
  bool stuck = false;               ///< No epoch was better than chance.
  double chance = 0.0;              ///< Share of the largest class among the taught labels.
  double best_accuracy = 0.0;       ///< The largest training accuracy of an epoch.
  std::vector<std::string> faults;  ///< In words, with numbers; empty: none was found.
};

/// Looks at a network that was taught `labels` of the samples chosen from `samples`.
Health Examine(const Network& network, Loss loss, const Samples& samples,
               std::span<const std::uint8_t> labels, std::span<const std::uint32_t> chosen);

/// Adds what the history of the training says, and names the faults. `bad_step` is none
/// where it did not diverge. It was stuck where the best of its epochs' training
/// accuracies is within three standard deviations of a guess,
///
///     p + 3 sqrt(p (1 - p) / n)
///
/// where p is the share of the largest class among the n samples, `chance`.
void Conclude(Health& health, std::optional<std::size_t> bad_step,
              std::span<const double> accuracies, double chance, std::size_t samples);

/// Share of the most frequent of `classes` labels among the samples chosen.
double LargestShare(std::span<const std::uint8_t> labels, std::span<const std::uint32_t> chosen,
                    std::size_t classes);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_HEALTH_H_
