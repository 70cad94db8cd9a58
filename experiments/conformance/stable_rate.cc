// SPDX-License-Identifier: Apache-2.0
#include "experiments/conformance/stable_rate.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lanegrad {
namespace {

constexpr std::size_t kSteps = 4096;
// Long enough to hold a crest of any oscillation with momentum up to 0.99.
constexpr std::size_t kWindow = 256;
// From 1 / curvature, before an optimizer counts as stable at any rate.
constexpr int kDoublings = 40;

bool Diverges(Optimizer optimizer, float curvature, float momentum, float rate) {
  StepScalars scalars = {.rate = rate, .beta1 = momentum};
  float weight = 1.0f, states[kMaxStates] = {};
  StateArrays arrays = {};
  for (std::size_t i = 0; i < optimizer.info().states; ++i) arrays[i] = &states[i];
  float middle = 0.0f, end = 0.0f;
  for (std::size_t t = 1; t <= kSteps; ++t) {
    const float gradient = curvature * weight;
    scalars.CountSteps(t);
    Step(optimizer, scalars, 1, &gradient, &weight, arrays);
    if (!std::isfinite(weight)) return true;
    if (t + kWindow > kSteps / 2 && t <= kSteps / 2) middle = std::max(middle, std::fabs(weight));
    if (t + kWindow > kSteps) end = std::max(end, std::fabs(weight));
  }
  return end > middle;
}

}  // namespace

double LargestStableRate(Optimizer optimizer, double curvature, double momentum) {
  const auto diverges = [&](double rate) {
    return Diverges(optimizer, static_cast<float>(curvature), static_cast<float>(momentum),
                    static_cast<float>(rate));
  };
  double stable = 0.0, diverging = 1.0 / curvature;
  for (int doubling = 0; !diverges(diverging); ++doubling) {
    if (doubling == kDoublings) return std::numeric_limits<double>::infinity();
    stable = diverging;
    diverging *= 2.0;
  }
  for (int halving = 0; halving < 30; ++halving) {
    const double middle = 0.5 * (stable + diverging);
    (diverges(middle) ? diverging : stable) = middle;
  }
  return stable;
}

double HeavyBallLimit(double curvature, double momentum) {
  return 2.0 * (1.0 + momentum) / curvature;
}

}  // namespace lanegrad
