/// @file
/// A training whose digest is known: whether this process computes the bits of all others.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_KNOWN_RUN_H_
#define LANEGRAD_NETWORK_KNOWN_RUN_H_

#include <string_view>

#include "network/run_result.h"

namespace lanegrad {

/// The digest of KnownRun() on every machine. It changes with the numeric specification
/// alone: raise kNumericVersion with it.
inline constexpr std::string_view kKnownDigest = "4d11842b969da9c09715e7bd2defd9ca";

/// A millisecond of training that meets every kernel a usual run meets, on the target in force.
RunResult KnownRun();

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_KNOWN_RUN_H_
