/// @file
/// How a neuron answers a steady input, and how well an activation function describes it.
///
/// The neuron is the leaky integrate-and-fire neuron: its voltage leaks with time constant tau
/// towards the input I (in units of the threshold), fires at 1, returns to 0 and rests.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_NEUROSCIENCE_RESPONSE_FIT_H_
#define LANEGRAD_EXPERIMENTS_NEUROSCIENCE_RESPONSE_FIT_H_

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace lanegrad {

/// Membrane time constant, in seconds.
inline constexpr double kMembraneTime = 0.020;
/// Time for which a neuron rests after a spike, in seconds.
inline constexpr double kRefractoryTime = 0.002;

/// The firing rate, in spikes a second, of such a neuron at a steady input, in units of the
/// threshold, with white noise of strength `noise`: without noise
///
///     f(I) = 1 / (t_ref + tau ln(I / (I - 1)))   for I > 1, else 0,
///
/// and with it the mean rate of a diffusion between reset and threshold [Siegert 1951], as one
/// integral: f = 1 / (t_ref + tau int_0^inf exp(-t^2) (exp(2bt) - exp(2at)) / t dt), a = -I /
/// noise, b = (1 - I) / noise. The voltage without threshold would have standard deviation noise /
/// sqrt(2). Input from 0 to 10; noise 0 or from 0.2 to 2. Same bits everywhere. Cost: a logarithm,
/// or 8000 exponentials.
double FiringRate(double input, double noise);

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
