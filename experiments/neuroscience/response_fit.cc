// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/response_fit.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "kernels/elementary.h"

namespace lanegrad {
namespace {

double Logistic(double z) { return 1.0 / (1.0 + Exponential(-std::clamp(z, -700.0, 700.0))); }

double Tanh(double z) { return 2.0 * Logistic(2.0 * z) - 1.0; }

double Softplus(double z) {
  return std::max(z, 0.0) + Logarithm(1.0 + Exponential(-std::min(std::fabs(z), 700.0)));
}

constexpr std::array<Response, 6> kResponses = {{
    {"identity", [](double z) { return z; }},
    {"logistic", Logistic},
    {"tanh", Tanh},
    {"relu", [](double z) { return std::max(z, 0.0); }},
    {"softplus", Softplus},
    {"rectified_tanh", [](double z) { return z > 0.0 ? Tanh(z) : 0.0; }},
}};

// Amplitude and squared residuals of the best multiple of f(g (I - theta)).
struct Residual {
  double amplitude, squares;
};

// [best-amplitude]
Residual BestAmplitude(const Response& response, std::span<const double> inputs,
                       std::span<const double> rates, double gain, double threshold) {
  double fy = 0.0, ff = 0.0, yy = 0.0;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const double f = response.value(gain * (inputs[i] - threshold));
    fy += f * rates[i];
    ff += f * f;
    yy += rates[i] * rates[i];
  }
  if (!(ff > 0.0)) return {0.0, yy};
  return {fy / ff, yy - fy * fy / ff};
}
// [best-amplitude]

}  // namespace

std::span<const Response> Responses() { return kResponses; }

ResponseFit FitResponse(const Response& response, std::span<const double> inputs,
                        std::span<const double> rates) {
  double mean = 0.0, deviations = 0.0;
  for (const double rate : rates) mean += rate / static_cast<double>(rates.size());
  for (const double rate : rates) deviations += (rate - mean) * (rate - mean);

  // Gains in equal ratios, thresholds in equal steps; then ever smaller grids around the best.
  ResponseFit fit;
  double least = INFINITY, ratio = 1.5, step = 0.25;
  const auto look = [&](double gain, double threshold) {
    const Residual at = BestAmplitude(response, inputs, rates, gain, threshold);
    if (!(at.squares < least)) return;
    least = at.squares;
    fit = {at.amplitude, gain, threshold, 0.0};
  };
  double gain = 0.02;
  for (int g = 0; g < 18; ++g, gain *= ratio) {
    for (int t = -12; t <= 24; ++t) look(gain, step * t);
  }
  for (int round = 0; round < 40; ++round) {
    const ResponseFit around = fit;
    for (int g = -3; g <= 3; ++g) {
      for (int t = -3; t <= 3; ++t) {
        const double change = 1.0 + (ratio - 1.0) * std::abs(g) / 3.0;
        look(g < 0 ? around.gain / change : around.gain * change,
             around.threshold + step * t / 3.0);
      }
    }
    ratio = 1.0 + (ratio - 1.0) * 0.75;
    step *= 0.75;
  }
  fit.r_squared = 1.0 - least / deviations;
  return fit;
}

std::vector<double> EvenInputs(double most, std::size_t count) {
  std::vector<double> inputs(count);
  for (std::size_t i = 0; i < count; ++i) {
    inputs[i] = most * static_cast<double>(i) / static_cast<double>(count - 1);
  }
  return inputs;
}

}  // namespace lanegrad
