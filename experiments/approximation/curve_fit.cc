// SPDX-License-Identifier: Apache-2.0
#include "experiments/approximation/curve_fit.h"

#include <algorithm>
#include <cmath>

#include "experiments/approximation/least_squares.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

Network CurveNetwork(std::size_t width) {
  const std::size_t sizes[] = {1, width, 1};
  return Network(sizes, Activation::Named("relu"), Activation::Named("identity"));
}

Matrix Column(const std::vector<double>& values) {
  Matrix column(values.size(), 1);
  for (std::size_t s = 0; s < values.size(); ++s) column(s, 0) = static_cast<float>(values[s]);
  return column;
}

Workspace ForwardOn(const Network& network, const Curve& curve) {
  const Matrix x = Column(curve.x);
  Workspace space = network.MakeWorkspace(x.rows(), false);
  network.Forward(x.view(), x.rows(), space);
  return space;
}

}  // namespace

Curve EvenCurve(double (*f)(double), std::size_t count) {
  Curve curve;
  for (std::size_t s = 0; s < count; ++s) {
    const double x = -1.0 + 2.0 * static_cast<double>(s) / static_cast<double>(count - 1);
    curve.x.push_back(x);
    curve.y.push_back(f(x));
  }
  return curve;
}

Network DrawnCurveNetwork(std::size_t width, std::uint64_t seed) {
  Network network = CurveNetwork(width);
  network.Initialize(Initializer::Named("he_normal"), seed);
  RandomStream random(seed, Stream::kNoise);
  Layer& hidden = network.layers()[0];
  for (std::size_t j = 0; j < width; ++j) {
    const float kink = 2.0f * random.Uniform() - 1.0f;
    hidden.bias[j] = -kink * hidden.weights(0, j);
  }
  return network;
}

// [interpolating-network]
Network InterpolatingNetwork(double (*f)(double), std::size_t width) {
  Network network = CurveNetwork(width);
  const double h = 2.0 / static_cast<double>(width);
  double slope_before = 0.0;
  for (std::size_t j = 0; j < width; ++j) {
    const double knot = -1.0 + h * static_cast<double>(j);
    const double slope = (f(knot + h) - f(knot)) / h;
    // Unit j is max(0, x - knot): from its knot on, it bends the sum to the next slope.
    network.layers()[0].weights(0, j) = 1.0f;
    network.layers()[0].bias[j] = static_cast<float>(-knot);
    network.layers()[1].weights(j, 0) = static_cast<float>(slope - slope_before);
    slope_before = slope;
  }
  network.layers()[1].bias[0] = static_cast<float>(f(-1.0));
  return network;
}
// [interpolating-network]

void TrainOnCurve(Network& network, const Curve& curve, double rate, std::size_t steps) {
  const Optimizer adam = Optimizer::Named("adam");
  const Loss mse = Loss::Named("mse");
  const Matrix x = Column(curve.x), y = Column(curve.y);
  const std::size_t count = x.rows();
  network.Prepare(adam);
  Workspace space = network.MakeWorkspace(count);
  std::vector<double> losses(count);
  StepScalars scalars = {
      .beta1 = adam.info().beta1, .beta2 = adam.info().beta2, .epsilon = adam.info().epsilon};
  for (std::size_t t = 1; t <= steps; ++t) {
    scalars.rate =
        static_cast<float>(rate * static_cast<double>(steps + 1 - t) / static_cast<double>(steps));
    scalars.CountSteps(t);
    network.Forward(x.view(), count, space);
    network.Evaluate(mse, y.view(), {0, count}, 1.0 / static_cast<double>(count), losses.data(),
                     space);
    network.Backward(count, space);
    network.Update(adam, scalars, x.view(), count, space);
  }
}

void SolveOutputWeights(Network& network, const Curve& curve) {
  const Workspace space = ForwardOn(network, curve);
  const std::size_t width = network.layers()[0].out(), count = curve.x.size();
  std::vector<std::vector<double>> columns(width + 1, std::vector<double>(count, 1.0));
  double largest = 1.0;
  for (std::size_t j = 0; j < width; ++j) {
    double square = 0.0;
    for (std::size_t s = 0; s < count; ++s) {
      columns[j][s] = space.values[0](s, j);
      square += columns[j][s] * columns[j][s];
    }
    largest = std::max(largest, std::sqrt(square));
  }
  // As much damping as keeps the weights so small that rounding them to float does no harm.
  const std::vector<double> w = LeastSquares(std::move(columns), curve.y, 1e-6 * largest);
  for (std::size_t j = 0; j < width; ++j) {
    network.layers()[1].weights(j, 0) = static_cast<float>(w[j]);
  }
  network.layers()[1].bias[0] = static_cast<float>(w[width]);
}

std::vector<double> OutputsOn(const Network& network, const Curve& curve) {
  const Workspace space = ForwardOn(network, curve);
  std::vector<double> outputs;
  for (std::size_t s = 0; s < curve.x.size(); ++s) outputs.push_back(space.values[1](s, 0));
  return outputs;
}

double RootMeanSquareError(const Network& network, const Curve& curve) {
  const std::vector<double> outputs = OutputsOn(network, curve);
  double sum = 0.0;
  for (std::size_t s = 0; s < outputs.size(); ++s) {
    sum += (outputs[s] - curve.y[s]) * (outputs[s] - curve.y[s]);
  }
  return std::sqrt(sum / static_cast<double>(outputs.size()));
}

}  // namespace lanegrad
