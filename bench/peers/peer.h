/// @file
/// What a library that we compare ourselves with offers, behind one C interface.
///
/// Each peer is a module of its own, loaded at run time: so that none of them is
/// needed to build or to run, two that define the same symbols can stand side by
/// side, and each is compiled for the instruction set that it is called with.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_BENCH_PEERS_PEER_H_
#define LANEGRAD_BENCH_PEERS_PEER_H_

#include <cstddef>

namespace lanegrad {

/// An activation as a peer does it: value and slope of n floats.
using PeerActivation = void (*)(const float* z, std::size_t n, float* a, float* slope);

/// A product as a peer does it, one thread, row-major without padding:
/// c (m, n) = a (m, k) b (k, n), or with `transposed` a stored as (k, m).
using PeerMultiply = void (*)(bool transposed, std::size_t m, std::size_t n, std::size_t k,
                              const float* a, const float* b, float* c);

/// One peer. Null members are what it does not offer.
struct Peer {
  const char* name;                                ///< With its version.
  PeerMultiply multiply;                           ///< The product.
  PeerActivation (*activation)(const char* name);  ///< By our names; null if it has none.
  /// Whether it does a product of this shape; null if it does all.
  bool (*fits)(bool transposed, std::size_t m, std::size_t n, std::size_t k) = nullptr;
};

}  // namespace lanegrad

/// What every module exports.
#define LANEGRAD_PEER \
  extern "C" __attribute__((visibility("default"))) const lanegrad::Peer* LanegradPeer()

#endif  // LANEGRAD_BENCH_PEERS_PEER_H_
