/// @file
/// How large an error signal is after each layer of its way back, measured and by mean-field
/// theory.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_SIGNAL_FLOW_H_
#define LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_SIGNAL_FLOW_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "experiments/records/measurement.h"
#include "network/network.h"

namespace lanegrad {

/// A deep network that has not been trained: `depth` layers of `width` units, all alike.
struct DeepNetwork {
  Activation activation;    ///< Of every layer.
  Initializer initializer;  ///< Of every layer; biases are zero.
  std::size_t width = 0;    ///< Inputs and outputs of every layer.
  std::size_t depth = 0;    ///< Layers; at least 2.
};

/// The length of the error signal of each layer, first to last, as a share of that of the last:
/// root of the sum of squares over units and samples. Inputs and the last error signal are standard
/// normal, from the streams of `seed`; the rest is a forward and a backward pass of the kernels. A
/// signal that has vanished or that no float can hold is 0 or not finite.
std::vector<double> MeasureSignal(const DeepNetwork& deep, std::uint64_t seed, std::size_t samples);

/// The same by mean-field theory, for wide layers with weights of mean zero and variance s^2 /
/// width:
///
///     q_1 = s^2,   q_{l+1} = s^2 E f(sqrt(q_l) g)^2,   chi_l = s^2 E f'(sqrt(q_l) g)^2,
///     |delta_l|^2 = chi_l |delta_{l+1}|^2,             g standard normal.
///
/// [Poole et al. 2016; Schoenholz et al. 2017] Expectations are sums over 2001 points,
/// with the kernels' own f in float, hence the same bits everywhere. Not a number where the
/// initializer's mean is not zero.
std::vector<double> MeanFieldSignal(const DeepNetwork& deep);

/// The factor of one layer: the `layers`-th root of a share that was reached in so many layers. By
/// Exponential() and Logarithm(): the same bits everywhere. 0 of 0; not finite of what is not.
double FactorPerLayer(double share, std::size_t layers);

/// For one activation and every initializer of the catalogue: the factor by which one layer of the
/// way back changes the length of the error signal, over all but the last layer of a network. Sets
/// in `row.values`, for each initializer NAME, `NAME` (geometric mean over seeds 1 .. `seeds`) and
/// `NAME_theory`; in `row.machine`, since Student's quantiles are the C++ library's, `NAME_low` and
/// `NAME_high` (95 % interval, of logarithms). Where the signal of any seed has vanished in the
/// first layer, or is no number, `NAME` is 0, or not finite, and there is no interval.
void MeasureFlow(Activation activation, std::size_t width, std::size_t depth, std::size_t seeds,
                 Measurement& row);

/// Layer by layer for one initializer: sets `layer_01`, `layer_02`, ... (geometric means of shares
/// over seeds) and `theory_01`, ...
void MeasureLayers(const DeepNetwork& deep, std::size_t seeds, Measurement& row);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_SIGNAL_FLOW_H_
