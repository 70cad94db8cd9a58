/// @file
/// Weights that a training begins with instead of drawn ones.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_INITIAL_WEIGHTS_H_
#define LANEGRAD_NETWORK_INITIAL_WEIGHTS_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "network/input_scaling.h"
#include "network/network.h"
#include "network/resolved_settings.h"

namespace lanegrad {

/// The weights and biases of a network.
struct InitialWeights {
  std::vector<std::size_t> layers;  ///< Sizes: inputs, hidden ..., outputs.
  std::vector<float> numbers;       ///< Numbers::kWeights of such a network (parameters.h).
  /// How inputs and targets were scaled when they were made, where that is known: what settings
  /// mean by an imported scale.
  std::optional<InputScaling> scaling = {};
  /// What Settings::initializer is of a run that begins with them: "imported:" and their
  /// 128-bit digest, over sizes and numbers. So key, digest, record and checkpoint of the
  /// run say with which weights it began.
  std::string Initializer() const;
};

/// Whether an initializer is such a name.
bool IsImported(std::string_view initializer);

/// What a network has before its first step: the `weights` where they are given or
/// settings.initializer is such a name, else what is drawn. Throws UsageError where the name
/// is not that of the weights; where `weights` is null, because whoever asks for imported
/// weights must give them.
void SetInitialWeights(Network& network, const ResolvedSettings& resolved,
                       const InitialWeights* weights);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_INITIAL_WEIGHTS_H_
