/// @file
/// Activations with their slopes beside other libraries', each with its error.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_BENCH_PEER_ACTIVATIONS_H_
#define LANEGRAD_BENCH_PEER_ACTIVATIONS_H_

#include <cstddef>
#include <vector>

#include "bench/peers/modules.h"
#include "experiments/json/json.h"
#include "kernels/activation.h"

namespace lanegrad {

/// Value and slope of n floats, ours in both grades and the peers', with each instruction set that
/// has a fused multiply-add: "lanegrad fast AVX2", "Eigen 3.4.0 AVX3". One row: elements a
/// nanosecond of each contestant, and the largest errors of its value and slope in ULP. Those of
/// peers are over a sample of all floats; ours are those that the catalogue states over all of
/// them. Throws std::runtime_error where that sample shows ours to be larger.
Json MeasureActivation(Activation f, std::size_t n, const std::vector<LoadedPeer>& peers);

/// Prints a row.
void PrintActivation(const Json& row);

}  // namespace lanegrad

#endif  // LANEGRAD_BENCH_PEER_ACTIVATIONS_H_
