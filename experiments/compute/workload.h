/// @file
/// What a training costs before it is run: multiply-adds, bytes, and how many samples a budget of
/// multiply-adds buys.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPUTE_WORKLOAD_H_
#define LANEGRAD_EXPERIMENTS_COMPUTE_WORKLOAD_H_

#include <cstddef>
#include <string>

#include "network/settings.h"

namespace lanegrad {

/// Inputs and outputs of the networks of chapter 5.1, which are 784-width-10.
inline constexpr std::size_t kPixels = 784, kKinds = 10;

/// Multiply-adds to train 784-`width`-10 on one sample: forward, gradients of both layers, and the
/// way back through the second one. Half of Network::FlopsPerSample().
double TrainingWork(std::size_t width);

/// Bytes that a step of `batch` samples must move at the least: weights read on the way forward,
/// read and written by the update; inputs read twice; values, slopes and deltas written and read.
double StepBytes(std::size_t width, std::size_t batch);

/// A budget spent: so many samples, so often.
struct Passes {
  std::size_t samples = 0;  ///< Different training samples; at most the pool.
  std::size_t epochs = 0;   ///< Passes over them.
};

/// The passes that `work` multiply-adds buy a network: every sample is new as long as the pool of
/// `pool` samples lasts, then all passes are equally long. At least one sample.
Passes PassesFor(double work, std::size_t width, std::size_t pool);

/// Settings of 784-`width`-10 with ReLU, plain descent in batches of 32.
Settings ComputeSettings(std::size_t width, float rate);

/// "10⁸", "3.2 × 10⁸": a number of multiply-adds, at least one, as it is said.
std::string WorkText(double work);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPUTE_WORKLOAD_H_
