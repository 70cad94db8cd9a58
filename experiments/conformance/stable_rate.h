/// @file
/// How large a learning rate may be before an optimizer diverges on a quadratic.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CONFORMANCE_STABLE_RATE_H_
#define LANEGRAD_EXPERIMENTS_CONFORMANCE_STABLE_RATE_H_

#include "kernels/optimizer.h"

namespace lanegrad {

/// The largest learning rate at which `optimizer`, of momentum `momentum`, does not diverge on
/// E(w) = curvature w^2 / 2 from w = 1, found by bisection: at each rate it takes 4096 steps of the
/// kernels, in float, and diverges where |w| grows from the middle to the end. Relative error about
/// 1e-6; infinite, where it diverges at no rate that was tried. `curvature` > 0, 0 <= `momentum`
/// < 1. Cost: some 150,000 steps of one weight, about 10 ms.
double LargestStableRate(Optimizer optimizer, double curvature, double momentum);

/// What theory says: 2 (1 + momentum) / curvature, for gradient descent with heavy-ball momentum.
/// [Polyak 1964; Goh 2017]
double HeavyBallLimit(double curvature, double momentum);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CONFORMANCE_STABLE_RATE_H_
