/// @file
/// How well an activation function describes the rate at which a neuron answers a steady input.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_NEUROSCIENCE_RESPONSE_FIT_H_
#define LANEGRAD_EXPERIMENTS_NEUROSCIENCE_RESPONSE_FIT_H_

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace lanegrad {

/// An activation function as a description of such a curve: a name and its value.
struct Response {
  std::string_view name;    ///< "relu".
  double (*value)(double);  ///< f(z), from the kernels' own exponential.
};

/// identity, logistic, tanh, relu, softplus, rectified_tanh: max(0, tanh z).
std::span<const Response> Responses();

/// The best a f(g (I - theta)) for a curve, in least squares.
struct ResponseFit {
  double amplitude = 0.0;  ///< a, in spikes a second.
  double gain = 1.0;       ///< g > 0.
  double threshold = 0.0;  ///< theta, in units of the input.
  double r_squared = 0.0;  ///< 1 - squared residuals / squared deviations from the mean.
  double Value(const Response& response, double input) const {
    return amplitude * response.value(gain * (input - threshold));
  }  ///< The fitted curve at an input.
};

/// Fits `response` to the rates at the inputs; both have the same length, at least 4. The
/// amplitude is solved for; gain and threshold are searched on a grid that closes in on its best
/// point. Cost: some 4000 evaluations of the whole curve.
ResponseFit FitResponse(const Response& response, std::span<const double> inputs,
                        std::span<const double> rates);

/// `count` inputs from 0 to `most`, evenly.
std::vector<double> EvenInputs(double most, std::size_t count);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_NEUROSCIENCE_RESPONSE_FIT_H_
