/// @file
/// Products beside other libraries', each checked before it is timed.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_BENCH_PEER_PRODUCTS_H_
#define LANEGRAD_BENCH_PEER_PRODUCTS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/peers/peer.h"
#include "experiments/json/json.h"
#include "kernels/targets.h"

namespace lanegrad {

/// The targets that have a fused multiply-add, best first.
std::vector<Target> FmaTargets();

/// Numbers from -1 to 1, a series of its own for each `salt`.
std::vector<float> RandomFloats(std::size_t count, std::uint64_t salt);

/// The products of training at the shapes of the article's networks, and a large square: one
/// row each, with GFLOP/s of all contestants. Throws std::runtime_error for a wrong product.
Json MeasureProducts(const std::vector<const Peer*>& peers);

/// Products by size: squares, and a layer of 784 inputs and 128 outputs by the size of its
/// batch; ours on the best target, of panels and of plain rows. Throws likewise.
Json MeasureSweeps(const std::vector<const Peer*>& peers);

/// Prints a row: GFLOP/s of all contestants.
void PrintProduct(const Json& row);

}  // namespace lanegrad

#endif  // LANEGRAD_BENCH_PEER_PRODUCTS_H_
