/// @file
/// What a gradient costs: the backward pass beside the forward pass, and back-propagation beside
/// the two ways that need no derivation. And how exact a difference can be.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_GRADIENT_COST_H_
#define LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_GRADIENT_COST_H_

#include <cstddef>
#include <span>

#include "experiments/records/measurement.h"

namespace lanegrad {

/// The passes of a network of sigmoids of such sizes. Sets in `row.values` the multiply-adds of one
/// sample, `forward` and `backward`, counted by the plain network, and in `row.machine` the
/// nanoseconds a sample of the kernels, `forward_ns` and `backward_ns`, in batches of 64 on one
/// thread.
void MeasurePasses(std::span<const std::size_t> sizes, Measurement& row);

/// The gradient of a plain network of two layers, n - n - n, for one sample, by each of three ways.
/// Sets in `row.values`
///
/// * `parameters`, `forward`: how many, and the multiply-adds of a forward pass;
/// * `back_propagation`, `differences`, `forward_mode`: multiply-adds of a gradient;
/// * `differences_error`, `forward_mode_error`: the largest deviation from back-propagation, as a
/// share of
///   its largest element;
///
/// and in `row.machine` seconds a gradient: `back_propagation_s`, `differences_s`,
/// `forward_mode_s`.
void MeasureCost(std::size_t n, Measurement& row);

/// The error of differences with step 10^-exponent, as a share of the largest element: `central`
/// and `one_sided` in double, `central_float` by a forward pass of the kernels. 4-8-3 sigmoids,
/// five samples.
void MeasureStep(int exponent, Measurement& row);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_GRADIENT_COST_H_
