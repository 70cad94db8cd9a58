// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/noisy_neuron.h"

#include <algorithm>
#include <cmath>

#include "kernels/elementary.h"
#include "kernels/random.h"

namespace lanegrad {

// [siegert]
double SiegertRate(const IntegrateAndFire& neuron, const NoisyInput& input) {
  const double a = -input.mean / input.deviation, b = (1.0 - input.mean) / input.deviation;
  if (b > 24.0) return 0.0;  // e^(b^2) is the order of the interval between two spikes
  // ds / s = d(ln s): in x = ln s the integrand dies away on both sides, and there the
  // trapezoidal rule is as good as exact.
  constexpr double kWidth = 1.0 / 32.0;
  double sum = 0.0;
  for (double x = -48.0; x <= 4.0; x += kWidth) {
    const double s = Exponential(x);
    sum += Exponential(s * (2.0 * b - s)) - Exponential(s * (2.0 * a - s));
  }
  return 1000.0 / (neuron.refractory_ms + neuron.tau_ms * kWidth * sum);
}
// [siegert]

// A spike is put in the middle of its step, so that silences, whole steps long, end in the middle
// of one; the voltage goes on through the half step that is left. To put spikes at the ends
// would lengthen every interval by half a step.
double NoisyRate(const IntegrateAndFire& neuron, const NoisyInput& input, BetweenSteps between,
                 double step_ms, double duration_ms, std::uint64_t seed) {
  RandomStream normal(seed, Stream::kNoise, 0), uniform(seed, Stream::kNoise, 1);
  const double decay = Exponential(-step_ms / neuron.tau_ms);
  const double half_decay = Exponential(-0.5 * step_ms / neuron.tau_ms);
  const double kick = input.deviation * std::sqrt(0.5 * (1.0 - decay * decay));
  const double half_kick = input.deviation * std::sqrt(0.5 * (1.0 - half_decay * half_decay));
  const double variance = input.deviation * input.deviation * step_ms / neuron.tau_ms;
  const auto silence = static_cast<std::size_t>(std::round(neuron.refractory_ms / step_ms));
  const auto steps = static_cast<std::size_t>(std::round(duration_ms / step_ms));
  const auto unheard = static_cast<std::size_t>(std::round(1000.0 / step_ms));
  std::size_t silent = 0, spikes = 0;
  double v = 0.0;
  for (std::size_t k = 0; k < steps; ++k) {
    const double xi = normal.Normal();
    if (silent > 1) {
      --silent;
      continue;
    }
    const bool half = silent == 1;
    silent = 0;
    const double before = v;
    v = input.mean + (half ? half_decay : decay) * (v - input.mean) +
        (half ? half_kick : kick) * xi;
    bool fires = v >= 1.0;
    if (!fires && between == BetweenSteps::kBridge) {
      // [bridge]
      const double exponent = 2.0 * (1.0 - before) * (1.0 - v) / (half ? 0.5 * variance : variance);
      fires = exponent < 30.0 && uniform.Uniform() < Exponential(-exponent);
      // [bridge]
    }
    if (!fires) continue;
    v = 0.0;
    silent = silence;
    if (k >= unheard) ++spikes;
  }
  return 1000.0 * static_cast<double>(spikes) / (static_cast<double>(steps - unheard) * step_ms);
}

}  // namespace lanegrad
