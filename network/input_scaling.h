/// @file
/// How inputs, and the targets of a regression, are shifted and scaled before a network sees them.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_INPUT_SCALING_H_
#define LANEGRAD_NETWORK_INPUT_SCALING_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernels/matrix.h"
#include "network/dataset.h"

namespace lanegrad {

/// A shift and a factor for each feature: x' = (x - shift) * factor, in double, rounded once.
struct InputScaling {
  std::vector<double> shift;   ///< One a feature; empty: inputs stay as Gather() brings them.
  std::vector<double> factor;  ///< As many.
  double target_shift = 0.0;   ///< Of a regression's target.
  double target_factor = 1.0;  ///< Likewise.

  /// Rewrites x(r, .) for the rows r of `rows`. Cost: one read and write of them.
  void Apply(Range rows, Panels x) const;
  /// The same of targets that are numbers, y(r, 0); those of classes stay: see ScaleTargets().
  void ApplyToTargets(Range rows, Panels y) const;
  /// What an output says of the target, in the target's own units.
  double Unscaled(float output) const {
    return static_cast<double>(output) / target_factor + target_shift;
  }
};

/// What Settings::scale is of a run whose inputs are scaled as a file says, "imported:" and the
/// 128-bit digest of shifts and factors, so that the key of the run says how.
std::string ImportedScale(const InputScaling& scaling);
/// The same of targets: Settings::target_scale.
std::string ImportedTargetScale(const InputScaling& scaling);

/// Settings::scale of what Gather() brings: bytes / 255, and numbers as they are.
inline constexpr std::string_view kUnitScale = "unit";

/// Reads the text of such a setting: "unit"; "byte", bytes as they are, from 0 to 255; "standard",
/// each feature with mean 0 and deviation 1; or "MEAN/SD", one pair for all, of inputs from 0 to 1;
/// or what ImportedScale() makes. Throws UsageError.
std::string ReadScale(std::string_view text);

/// The same of Settings::target_scale: "standard", "unit", or what ImportedTargetScale() makes.
std::string ReadTargetScale(std::string_view text);

/// The scaling that such a text means, where it depends on samples that of `chosen` alone: a
/// network may know nothing of samples that it is judged by. Deviations are those of a population;
/// a feature that never changes keeps its size, as scikit-learn's StandardScaler does it. An
/// imported scale is that of `given`. Cost:
/// one read of the samples for "standard", else nothing. Throws UsageError for "byte" where the
/// samples are no bytes, and for an imported scale that is not that of `given`.
InputScaling FitScaling(std::string_view scale, const Samples& samples,
                        std::span<const std::uint32_t> chosen, const InputScaling* given = nullptr);

/// Adds to `scaling` that of a regression's targets, by those of `chosen` alone: "standard", mean 0
/// and deviation 1, so that rates and initial weights that are good for one table are good for
/// another; or "unit", as they are; or as those of `given`. Nothing where `samples` have no
/// targets.
void FitTargetScaling(std::string_view scale, const Samples& samples,
                      std::span<const std::uint32_t> chosen, InputScaling& scaling,
                      const InputScaling* given = nullptr);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_INPUT_SCALING_H_
