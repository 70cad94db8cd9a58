/// @file
/// What anatomy forbids a network: most connections, and units that excite and inhibit at once.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_NEUROSCIENCE_WIRING_H_
#define LANEGRAD_EXPERIMENTS_NEUROSCIENCE_WIRING_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "network/network.h"

namespace lanegrad {

/// How a network is wired.
struct Wiring {
  double connectivity = 1.0;  ///< Share of the weights of all layers but the last that exist.
  bool dale = false;          ///< Whether a hidden unit's outgoing weights all have its sign.
};

/// Every fifth hidden unit inhibits, as one in five neurons of cortex does [Sahara et al. 2012];
/// the others excite.
inline constexpr std::size_t kInhibitoryEvery = 5;

/// Holds a network to a wiring: after each step, what may not be is set to zero (projected
/// gradient descent).
class WiringConstraint {
 public:
  /// Draws which connections exist and makes the initial weights of `network` obey. Existing ones
  /// are enlarged by 1 / sqrt(connectivity), so that weighted inputs keep their variance; of Dale's
  /// law, inhibitory ones are made four times as strong as excitatory ones, so that their mean
  /// is zero, and all are halved, so that their variance stays.
  WiringConstraint(const Wiring& wiring, Network& network, std::uint64_t seed);
  /// Sets to zero what may not be. Cost: one pass over the weights; none where all may be.
  void Apply(Network& network) const;
  /// How many weights exist.
  std::size_t Connections() const { return connections_; }

 private:
  Wiring wiring_;
  std::vector<Matrix> masks_;  // 1 or 0; of all layers but the last, where not all exist
  std::size_t connections_ = 0;
};

/// The sign of the outgoing weights of hidden unit i: 1 or -1.
float SignOfUnit(std::size_t i);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_NEUROSCIENCE_WIRING_H_
