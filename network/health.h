/// @file
/// Health: what ails a network that does not learn.
///
/// Everything here is computed once, after the last step, from the final weights and
/// fixed samples of the training data, so it costs little, is the same whatever the
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
#include "network/input_scaling.h"
#include "network/network.h"

namespace lanegrad {

/// At most so many training samples are looked at, evenly spread.
inline constexpr std::size_t kHealthSamples = 128;
/// Of so many more is asked which class they are taken for: the rarest of ten has to be among
/// them often enough.
inline constexpr std::size_t kRecallSamples = 1024;
/// A class is lost where none of its samples is recognised, at least so many: of a recall of
/// 0.37 that would be chance once in a hundred times.
inline constexpr std::size_t kLostSamples = 10;
/// A slope is flat below this share of the activation's largest where |z| <= 4.
inline constexpr double kFlatSlope = 0.01;
/// A unit is saturated where it is flat for at least this share of the samples.
inline constexpr double kMostSamples = 0.95;
/// A layer is ill where at least this share of its units is dead or saturated.
inline constexpr double kIllShare = 0.5;

/// What is known of one layer.
struct LayerHealth {
  /// Share of its units whose slope is 0 and whose output is the same for all samples:
  /// no gradient can reach them again.
  double dead = 0.0;
  /// Share of its units that are not dead but flat for most samples.
  double saturated = 0.0;
  double gradient_norm = 0.0;  ///< Of the mean loss without penalties, over the samples.
  double weight_norm = 0.0;    ///< Root of the sum of squares, without biases.
};

/// What is known of one class, by the labels that were taught.
struct ClassHealth {
  std::size_t samples = 0;  ///< Of it that were looked at.
  std::size_t right = 0;    ///< Of these, taken for it.
  std::size_t named = 0;    ///< Of all classes, taken for it.
  float largest = 0.0f;     ///< The largest output that it had; of a single output, that one's.
  /// Share of its samples that are recognised; 0 of none.
  double recall() const {
    return samples == 0 ? 0.0 : static_cast<double>(right) / static_cast<double>(samples);
  }
  /// Whether it is as if the network had not been taught it.
  bool lost() const { return right == 0 && samples >= kLostSamples; }
};

/// Something that ails a network.
struct Fault {
  std::string what;    ///< In words, with numbers.
  std::string remedy;  ///< What its user may try.
};

/// What is known of a network.
struct Health {
  std::vector<LayerHealth> layers;  ///< First to last; empty where diverged.
  bool diverged = false;            ///< A loss or a weight is not finite.
  bool stuck = false;               ///< No epoch was better than chance.
  /// Share of the largest class among the taught labels; 0 of a regression, whose R2 that is.
  double chance = 0.0;
  double best_accuracy = 0.0;        ///< The largest training accuracy (or R2) of an epoch.
  std::vector<ClassHealth> classes;  ///< By label; empty where diverged.
  bool bounded = false;              ///< Whether outputs are other than weighted inputs.
  std::vector<Fault> faults;         ///< Empty: none was found.
};

/// The sample that is looked at: at most `most` of those chosen, evenly spread.
std::vector<std::uint32_t> EvenlySpread(std::span<const std::uint32_t> chosen, std::size_t most);

/// Looks at a network that was taught `labels` of the samples chosen from `samples`, scaled.
Health Examine(const Network& network, Loss loss, const Samples& samples,
               std::span<const std::uint8_t> labels, std::span<const std::uint32_t> chosen,
               const InputScaling& scaling = {});

/// Adds what the history of the training says, and names the faults. `bad_step` is none
/// where it did not diverge. It was stuck where the best of its epochs' training
/// accuracies is within three standard deviations of a guess,
///
///     p + 3 sqrt(p (1 - p) / n)
///
/// where p is the share of the largest class among the n samples, `chance`. Of a regression
/// `chance` is 0, that of naming the mean: stuck is what was never better.
void Conclude(Health& health, std::optional<std::size_t> bad_step,
              std::span<const double> accuracies, double chance, std::size_t samples);

/// Share of the most frequent of `classes` labels among the samples chosen.
double LargestShare(std::span<const std::uint8_t> labels, std::span<const std::uint32_t> chosen,
                    std::size_t classes);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_HEALTH_H_
