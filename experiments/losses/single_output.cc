// SPDX-License-Identifier: Apache-2.0
#include "experiments/losses/single_output.h"

#include "kernels/activation.h"
#include "kernels/elementary.h"
#include "kernels/matrix.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

double UnitLoss(Loss loss, Activation f, std::span<const float> inputs,
                std::span<const float> targets, double w, double b) {
  const std::size_t n = inputs.size();
  std::vector<float> z(n), a(n), slope(n);
  for (std::size_t i = 0; i < n; ++i) z[i] = static_cast<float>(w * inputs[i] + b);
  Activate(f, z.data(), n, a.data(), slope.data());
  double sum = 0.0;
  for (const double each : EvaluateEach(loss, a, targets).losses) sum += each;
  return sum / static_cast<double>(n);
}

}  // namespace

SampleLosses EvaluateEach(Loss loss, std::span<const float> a, std::span<const float> y) {
  const std::size_t n = a.size();
  Matrix outputs(n, 1), targets(n, 1), deltas(n, 1);
  for (std::size_t i = 0; i < n; ++i) {
    outputs(i, 0) = a[i];
    targets(i, 0) = y[i];
  }
  SampleLosses each = {.losses = std::vector<double>(n), .slopes = {}};
  Evaluate(loss, outputs.view(), targets.view(), {0, n}, 1.0, each.losses.data(), {},
           deltas.view());
  for (std::size_t i = 0; i < n; ++i) each.slopes.push_back(deltas(i, 0));
  return each;
}

double LeastLossOutput(Loss loss, std::span<const float> targets, double low, double high) {
  while (high - low > 1e-7) {
    const double middle = 0.5 * (low + high);
    const std::vector<float> outputs(targets.size(), static_cast<float>(middle));
    double slope = 0.0;
    for (const float each : EvaluateEach(loss, outputs, targets).slopes) slope += each;
    (slope > 0.0 ? high : low) = middle;
    if (slope == 0.0) return middle;
    if (static_cast<float>(low) == static_cast<float>(high)) break;
  }
  return 0.5 * (low + high);
}

// [turn]
double StepsToTurn(bool cross_entropy, double z, double rate, double most) {
  double steps = 0.0;
  for (; z > 0.0 && steps < most; ++steps) {
    const double a = 1.0 / (1.0 + Exponential(-z));
    const double delta = cross_entropy ? a : 2.0 * a * a * (1.0 - a);
    z -= 2.0 * rate * delta;  // the weight's step and the bias's: both see an input of 1
  }
  return steps;
}
// [turn]

double TurningTime(bool cross_entropy, double z, double rate) {
  const double e = Exponential(-z);
  return cross_entropy ? (z - e + 1.0) / (2.0 * rate)
                       : (1.0 / e + 3.0 * z - 3.0 * e - 0.5 * e * e + 2.5) / (4.0 * rate);
}

std::vector<double> UnitPlane(Loss loss, std::span<const float> inputs,
                              std::span<const float> targets, std::span<const double> places) {
  const Activation f = Activation::Named(loss.info().output);
  std::vector<double> plane;
  for (std::size_t row = 0; row < places.size(); ++row) {
    for (const double w : places) {
      plane.push_back(UnitLoss(loss, f, inputs, targets, w, places[places.size() - 1 - row]));
    }
  }
  return plane;
}

// [chords]
double BrokenChords(Loss loss, std::span<const float> inputs, std::span<const float> targets,
                    double reach, std::size_t chords, std::uint64_t seed) {
  const Activation f = Activation::Named(loss.info().output);
  RandomStream random(seed, Stream::kData);
  const auto draw = [&] { return reach * (2.0 * random.Uniform() - 1.0); };
  const auto at = [&](double w, double b) { return UnitLoss(loss, f, inputs, targets, w, b); };
  std::size_t broken = 0;
  for (std::size_t i = 0; i < chords; ++i) {
    const double w1 = draw(), b1 = draw(), w2 = draw(), b2 = draw();
    const double mean = 0.5 * (at(w1, b1) + at(w2, b2));
    broken += at(0.5 * (w1 + w2), 0.5 * (b1 + b2)) > mean + 1e-5;
  }
  return static_cast<double>(broken) / static_cast<double>(chords);
}
// [chords]

}  // namespace lanegrad
