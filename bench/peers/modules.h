/// @file
/// The modules of other libraries that this machine has and its processor can run.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_BENCH_PEERS_MODULES_H_
#define LANEGRAD_BENCH_PEERS_MODULES_H_

#include <string>
#include <vector>

#include "bench/peers/peer.h"

namespace lanegrad {

/// A module that was loaded.
struct LoadedPeer {
  const Peer* peer;    ///< What it offers.
  std::string target;  ///< The instruction set that it is for, in our names: "AVX3".
};

/// Loads the modules beside the program that this processor can run; of one library, that for the
/// widest registers first. A module that is for no instruction set finds out by itself what there
/// is, and counts as one for the widest. Says on standard error which cannot be loaded.
std::vector<LoadedPeer> LoadPeers();

/// Of each library the module for the widest registers.
std::vector<const Peer*> WidestOf(const std::vector<LoadedPeer>& loaded);

/// Starts the program anew, once, with one thread for every library, and kernels for the
/// registers that there are where a library does not know the processor: the variables for
/// both are read when a program is loaded.
void StartWithOneThreadEach(char** argv);

}  // namespace lanegrad

#endif  // LANEGRAD_BENCH_PEERS_MODULES_H_
