/// @file
/// Max-norm: a hidden unit's weights may not grow long [Srivastava et al. 2014,
/// section 5.1].
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_MAX_NORM_H_
#define LANEGRAD_NETWORK_MAX_NORM_H_

#include "network/network.h"
#include "network/parallel.h"

namespace lanegrad {

/// Scales the weights into each hidden unit down to the norm `most`, where they are
/// longer. The bias is not one of them. A unit's squares are added in double as reduce.h
/// adds, so units may be dealt to any members. A unit with a weight that is not finite is
/// left alone, to be found. All members must call it; they wait for each other before, not after.
/// Cost: one read of the weights.
void LimitNorms(Network& network, float most, const Member& member = {});

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_MAX_NORM_H_
