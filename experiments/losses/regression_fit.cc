// SPDX-License-Identifier: Apache-2.0
#include "experiments/losses/regression_fit.h"

#include <cmath>

#include "experiments/losses/single_output.h"
#include "kernels/elementary.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

// Solves the symmetric equations (a b; b c) (weight, bias) = (u, v).
FittedLine Solve(double a, double b, double c, double u, double v) {
  const double determinant = a * c - b * b;
  return {(c * u - b * v) / determinant, (a * v - b * u) / determinant};
}

}  // namespace

FitPoints NoisyLine(std::uint64_t seed, std::size_t count, double outliers) {
  RandomStream random(seed, Stream::kData);
  FitPoints points;
  for (std::size_t i = 0; i < count; ++i) {
    const float x = 2.0f * random.Uniform() - 1.0f;
    points.x.push_back(x);
    points.y.push_back(
        static_cast<float>(kTrueLine.weight * x + kTrueLine.bias + 0.3 * random.Normal()));
  }
  const auto wrong = static_cast<std::size_t>(std::lround(outliers * static_cast<double>(count)));
  for (std::size_t i = 0; i < wrong; ++i) points.y[i] -= 8.0f;
  return points;
}

FitPoints CountedPoints(std::uint64_t seed, std::size_t count) {
  RandomStream random(seed, Stream::kData, 1);
  FitPoints points;
  for (std::size_t i = 0; i < count; ++i) {
    const float x = 2.0f * random.Uniform() - 1.0f;
    // As many uniform factors as keep the product above e^-rate [Knuth 1969, section 3.4.1].
    const double floor = Exponential(-Exponential(kTrueLogRate.weight * x + kTrueLogRate.bias));
    int counted = 0;
    for (double product = random.Uniform(); product > floor; product *= random.Uniform()) ++counted;
    points.x.push_back(x);
    points.y.push_back(static_cast<float>(counted));
  }
  return points;
}

FittedLine FitUnit(Loss loss, const FitPoints& points, std::size_t steps, float rate) {
  FittedLine line;
  const double n = static_cast<double>(points.x.size());
  std::vector<float> outputs(points.x.size());
  for (std::size_t step = 0; step < steps; ++step) {
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      outputs[i] = static_cast<float>(line.weight * points.x[i] + line.bias);
    }
    const std::vector<float> slopes = EvaluateEach(loss, outputs, points.y).slopes;
    double weight = 0.0, bias = 0.0;
    for (std::size_t i = 0; i < slopes.size(); ++i) {
      weight += static_cast<double>(slopes[i]) * points.x[i];
      bias += slopes[i];
    }
    const double left = 1.0 - static_cast<double>(step) / static_cast<double>(steps);
    line.weight -= rate * left * weight / n;
    line.bias -= rate * left * bias / n;
  }
  return line;
}

FittedLine LeastSquares(const FitPoints& points) {
  double xx = 0.0, x = 0.0, xy = 0.0, y = 0.0;
  for (std::size_t i = 0; i < points.x.size(); ++i) {
    xx += static_cast<double>(points.x[i]) * points.x[i];
    x += points.x[i];
    xy += static_cast<double>(points.x[i]) * points.y[i];
    y += points.y[i];
  }
  return Solve(xx, x, static_cast<double>(points.x.size()), xy, y);
}

FittedLine FitLogRate(const FitPoints& counts, bool squared_error) {
  FittedLine line;
  for (int step = 0; step < 100; ++step) {
    double a = 0.0, b = 0.0, c = 0.0, u = 0.0, v = 0.0;
    for (std::size_t i = 0; i < counts.x.size(); ++i) {
      const double x = counts.x[i], rate = Exponential(line.weight * x + line.bias);
      // Poisson: slope (rate - y), expected curvature rate. The square: both times the rate.
      const double factor = squared_error ? rate : 1.0;
      const double slope = factor * (rate - counts.y[i]), curvature = factor * rate;
      a += curvature * x * x;
      b += curvature * x;
      c += curvature;
      u -= slope * x;
      v -= slope;
    }
    const FittedLine step_by = Solve(a, b, c, u, v);
    const double length = std::sqrt(step_by.weight * step_by.weight + step_by.bias * step_by.bias);
    const double scale = length > 0.5 ? 0.5 / length : 1.0;
    line.weight += scale * step_by.weight;
    line.bias += scale * step_by.bias;
  }
  return line;
}

double DistanceOf(const FittedLine& a, const FittedLine& b) {
  const double weight = a.weight - b.weight, bias = a.bias - b.bias;
  return std::sqrt(weight * weight / 3.0 + bias * bias);
}

}  // namespace lanegrad
