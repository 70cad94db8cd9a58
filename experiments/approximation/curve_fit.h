/// @file
/// Networks of one input, one hidden layer of rectifiers and one output, fitted to a curve:
/// trained, solved for, and built by hand.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_APPROXIMATION_CURVE_FIT_H_
#define LANEGRAD_EXPERIMENTS_APPROXIMATION_CURVE_FIT_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "network/network.h"

namespace lanegrad {

/// Points of a curve.
struct Curve {
  std::vector<double> x;  ///< Places, in [-1, 1].
  std::vector<double> y;  ///< Values, as many.
};

/// `count` points of f, evenly spaced from -1 to 1.
Curve EvenCurve(double (*f)(double), std::size_t count);

/// A network 1-width-1 whose hidden weights and output weights are He's, and whose hidden biases
/// put the kink of each rectifier, -b/w, uniformly at random into [-1, 1]: zero biases would put
/// them all at zero. Of the streams (seed, kWeights, .) and (seed, kNoise).
Network DrawnCurveNetwork(std::size_t width, std::uint64_t seed);

/// The network 1-width-1 of rectifiers that agrees with f at width + 1 evenly spaced points and
/// is straight between them. Nothing is trained. Its largest error is at most
/// h^2 max |f''| / 8 with h = 2 / width. [de Boor 1978, chapter III]
Network InterpolatingNetwork(double (*f)(double), std::size_t width);

/// Trains all weights on all points at once: Adam on the mean squared error, `steps` steps, with a
/// rate that falls from `rate` to 0 in a straight line. Throws nothing where it diverges: then
/// outputs are not finite.
void TrainOnCurve(Network& network, const Curve& curve, double rate, std::size_t steps);

/// Replaces the weights and the bias of the last layer by those that make the squared error on the
/// points least for the hidden layer as it stands (least_squares.h).
void SolveOutputWeights(Network& network, const Curve& curve);

/// What the network answers at each place of the curve.
std::vector<double> OutputsOn(const Network& network, const Curve& curve);

/// The root of the mean squared error on the points.
double RootMeanSquareError(const Network& network, const Curve& curve);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_APPROXIMATION_CURVE_FIT_H_
