/// @file
/// The modules of other libraries that this machine has and its processor can run.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_BENCH_PEERS_MODULES_H_
#define LANEGRAD_BENCH_PEERS_MODULES_H_

#include <vector>

#include "bench/peers/peer.h"

namespace lanegrad {

/// Loads the modules beside the program; of one peer, that for the widest registers that this
/// processor has. Says on standard error which cannot be loaded.
std::vector<const Peer*> LoadPeers();

/// Starts the program anew, once, with one thread for every library, and kernels for the
/// registers that there are where a library does not know the processor: the variables for
/// both are read when a program is loaded.
void StartWithOneThreadEach(char** argv);

}  // namespace lanegrad

#endif  // LANEGRAD_BENCH_PEERS_MODULES_H_
