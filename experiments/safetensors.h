/// @file
/// A trained network as a safetensors file, which numpy, PyTorch and JAX read.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_SAFETENSORS_H_
#define LANEGRAD_EXPERIMENTS_SAFETENSORS_H_

#include <string>

#include "network/network.h"
#include "network/trainer.h"

namespace lanegrad {

/// The bytes of the file: eight bytes of length, a JSON header padded to a multiple
/// of eight, then the tensors as little-endian floats, row by row, without padding.
///
/// Layer l, counted from 0, is `layers.l.weight` of shape (in, out), so that a batch
/// x of rows gives x @ weight + bias, and `layers.l.bias` of shape (out). The header's
/// metadata says how the network was made: settings, status and digest of the run.
std::string Safetensors(const Network& network, const RunResult& result);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_SAFETENSORS_H_
