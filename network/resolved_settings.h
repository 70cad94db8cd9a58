/// @file
/// Settings with nothing left open: what a run is made with.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_RESOLVED_SETTINGS_H_
#define LANEGRAD_NETWORK_RESOLVED_SETTINGS_H_

#include <span>
#include <string>
#include <vector>

#include "kernels/activation.h"
#include "kernels/loss.h"
#include "kernels/optimizer.h"
#include "network/dataset.h"
#include "network/initializer.h"
#include "network/network.h"
#include "network/schedule.h"
#include "network/settings.h"

namespace lanegrad {

/// The settings of a run on certain data, and what the names in them mean: each name is
/// looked up once, here.
struct ResolvedSettings {
  Settings settings;                       ///< Nothing "auto" or empty in them.
  std::vector<Activation> activations;     ///< Of the hidden layers.
  Output output;                           ///< Of the last layer.
  Loss loss;                               ///< What is minimised.
  Optimizer optimizer;                     ///< How.
  Schedule schedule;                       ///< How the rate changes.
  std::vector<Initializer> initializers;   ///< One a layer; none where weights are imported.
  Initializer bias_initializer;            ///< Of the biases, where weights are not imported.
  std::vector<double> class_weights = {};  ///< One a class, where settings give numbers.
};

/// Replaces every "auto" and empty setting by what it means for `data`, looks up what is
/// named, and checks that the settings agree with each other and with the data. Resolves
/// what is resolved already to itself. Throws UsageError with the reason and what would be
/// legal, UnknownName and BadParameter as the catalogues do.
ResolvedSettings Resolve(Settings settings, const Dataset& data);

/// `resolved` with other choices, as if all that is as usual had been left to "auto": each text of
/// `chosen` is set in the field at its place, and what was as usual with the old ones becomes what
/// is usual with the new. He's initial weights beside relu become Glorot's beside tanh; a rate that
/// is not the optimizer's usual one stays. `fields` and `chosen` have equal sizes. Throws what
/// SettingsField::set() does.
Settings WithUsual(const Settings& resolved, std::span<const SettingsField* const> fields,
                   std::span<const std::string> chosen);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_RESOLVED_SETTINGS_H_
