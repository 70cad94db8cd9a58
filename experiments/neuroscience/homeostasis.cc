// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/homeostasis.h"

#include <algorithm>
#include <cmath>

#include "kernels/elementary.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

// How much of the deviations c e^(-t/T) explains with the best c: (sum of products)^2 over the
// sum of squares of the exponential. The larger, the better the fit.
double Explained(std::span<const double> deviations, double time_constant) {
  const double decay = Exponential(-1.0 / time_constant);
  double curve = 1.0, products = 0.0, squares = 0.0;
  for (const double each : deviations) {
    products += curve * each;
    squares += curve * curve;
    curve *= decay;
  }
  return products * products / squares;
}

}  // namespace

// [regulated-neuron]
std::vector<double> RatesAfter(InputChange change, const RegulatedNeuron& neuron,
                               double duration_ms, std::uint64_t seed) {
  constexpr double kStepMs = 0.1;
  RandomStream random(seed, Stream::kNoise, 2);
  const double share = kStepMs / neuron.tau_ms;
  const double kick = neuron.noise * std::sqrt(2.0 * share);
  const double before = 1.0 + neuron.loop_gain;  // what keeps the rate at 1
  const double input = change == InputChange::kDoubled ? 2.0 * before : before + 1.0;
  double rate = 1.0, threshold = 0.0;
  std::vector<double> rates;
  for (std::size_t ms = 0; ms < static_cast<std::size_t>(duration_ms); ++ms) {
    for (int step = 0; step < 10; ++step) {
      const double drive = std::max(0.0, input - neuron.loop_gain * rate - threshold);
      threshold += kStepMs * neuron.speed * (rate - 1.0);
      rate += share * (drive - rate);
      if (kick > 0.0) rate += kick * random.Normal();
    }
    rates.push_back(rate);
  }
  return rates;
}
// [regulated-neuron]

double FitTimeConstant(std::span<const double> deviations) {
  constexpr double kGolden = 0.6180339887498949;
  const double count = static_cast<double>(deviations.size());
  double low = Logarithm(1e-3 * count), high = Logarithm(count);
  while (high - low > 1e-7) {
    const double left = high - kGolden * (high - low), right = low + kGolden * (high - low);
    if (Explained(deviations, Exponential(left)) >= Explained(deviations, Exponential(right))) {
      high = right;
    } else {
      low = left;
    }
  }
  return Exponential(0.5 * (low + high));
}

double ReturnTimeConstant(const RegulatedNeuron& neuron) {
  const double root = 1.0 - 4.0 * neuron.speed * neuron.tau_ms;
  if (root <= 0.0) return 2.0 * neuron.tau_ms;
  return 2.0 * neuron.tau_ms / (1.0 - std::sqrt(root));
}

double SettlingTime(std::span<const double> rates, double tolerance) {
  std::size_t settled = rates.size();
  while (settled > 0 && std::fabs(rates[settled - 1] - 1.0) <= tolerance) --settled;
  return static_cast<double>(settled);
}

}  // namespace lanegrad
