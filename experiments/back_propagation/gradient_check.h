/// @file
/// Every legal combination of hidden activation, loss and output, and whether its gradient is the
/// gradient.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_GRADIENT_CHECK_H_
#define LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_GRADIENT_CHECK_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "experiments/back_propagation/gradient_mistake.h"
#include "experiments/records/measurement.h"
#include "network/network.h"

namespace lanegrad {

/// A gradient passes where no element is farther from its judge than this share of the largest
/// element. Differences in double are right to about 1e-9, floats to about 1e-6.
inline constexpr double kGradientTolerance = 1e-5;

/// What a network is made of.
struct Combination {
  Activation hidden;  ///< Of all layers but the last.
  Loss loss;          ///< What is minimised.
  Output output;      ///< Of the last layer; one that the loss accepts.
};

/// Every legal combination with `loss`, from the catalogues: hidden activations x outputs that it
/// accepts. With `stride` > 1 only one in so many, such that each activation still takes its turn.
std::vector<Combination> LegalCombinations(const Loss& loss, std::size_t stride);

/// Checks networks of three layers of four units, one of each of the combinations, with random
/// weights and biases, on three samples. Sets in `row.values`
///
/// * `combinations`, `numbers`: how many networks, and derivatives in them;
/// * `kinks`: derivatives left out, because differences of step h and h / 2 do not agree: the loss
///   has a kink within h, or no double is fine enough;
/// * `recursion_right`: networks whose gradient by the delta recursion, in double, passes;
/// * `kernels_right`: networks whose gradient by the kernels, in float, passes against the
/// recursion;
///
/// and in `row.machine` the largest errors, whose last digits depend on the C library:
/// `recursion_error`, `kernels_error`.
void MeasureGradients(const Loss& loss, std::size_t stride, Measurement& row);

/// Plants a mistake in the recursion of such networks, and asks three checks. Sets
///
/// * `combinations`, and `changed`: those whose gradient the mistake changes at all;
/// * `within_tolerance`: of these, those that it changes too little to matter;
/// * `caught_by_differences`: those that do not pass against central differences;
/// * `caught_by_cosine`: those whose cosine to the differences is below 0.999;
/// * `caught_by_loss`: those where a small step does not make the loss smaller.
void MeasureMistake(GradientMistake mistake, std::size_t stride, Measurement& row);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_GRADIENT_CHECK_H_
