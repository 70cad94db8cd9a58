// SPDX-License-Identifier: Apache-2.0
#include "experiments/descent/curvature.h"

#include <cmath>
#include <limits>

#include "kernels/random.h"
#include "kernels/reduce.h"
#include "network/initial_weights.h"
#include "network/parameters.h"
#include "network/split.h"

namespace lanegrad {
namespace {

double Norm(const std::vector<double>& v) {
  double square = 0.0;
  for (const double x : v) square += x * x;
  return std::sqrt(square);
}

}  // namespace

WholeBatch::WholeBatch(const Settings& settings, const Dataset& data)
    : resolved_(Resolve(settings, data)),
      network_(resolved_.settings.layers, resolved_.activations, resolved_.output) {
  SetInitialWeights(network_, resolved_, nullptr);
  const std::vector<std::uint32_t> chosen = SplitSamples(resolved_.settings, data).train;
  x_ = Matrix(chosen.size(), network_.inputs());
  y_ = Matrix(chosen.size(), network_.outputs());
  Gather(data.train, chosen, {0, chosen.size()}, x_.view(), y_.view());
  space_ = network_.MakeWorkspace(chosen.size());
  losses_.resize(chosen.size());
}

std::vector<float> WholeBatch::weights() const { return TakeNumbers(network_, Numbers::kWeights); }

void WholeBatch::Place(const std::vector<float>& weights) {
  PutNumbers(network_, Numbers::kWeights, weights);
}

double WholeBatch::Loss() {
  network_.Forward(x_.view(), samples(), space_);
  network_.Evaluate(resolved_.loss, y_.view(), {0, samples()}, 1.0 / static_cast<double>(samples()),
                    losses_.data(), space_);
  return Sum(losses_) / static_cast<double>(samples());
}

double WholeBatch::Gradient(std::vector<float>& gradient) {
  const double loss = Loss();
  network_.Backward(samples(), space_);
  gradient.clear();
  for (std::size_t l = 0; l < network_.layers().size(); ++l) {
    const std::size_t in = network_.layers()[l].in(), out = network_.layers()[l].out();
    Matrix weights(in, out);
    Array bias(PanelCount(out) * kPanel);
    network_.Gradient(x_.view(), samples(), space_, l, weights.view(), bias.data());
    for (std::size_t i = 0; i < in; ++i) {
      for (std::size_t j = 0; j < out; ++j) gradient.push_back(weights(i, j));
    }
    for (std::size_t j = 0; j < out; ++j) gradient.push_back(bias[j]);
  }
  return loss;
}

// [hessian]
std::vector<double> WholeBatch::HessianTimes(const std::vector<double>& v) {
  const double h = 0.01 / Norm(v);
  const std::vector<float> here = weights();
  std::vector<float> moved = here, ahead, behind;
  for (std::size_t i = 0; i < v.size(); ++i) moved[i] = static_cast<float>(here[i] + h * v[i]);
  Place(moved);
  Gradient(ahead);
  for (std::size_t i = 0; i < v.size(); ++i) moved[i] = static_cast<float>(here[i] - h * v[i]);
  Place(moved);
  Gradient(behind);
  Place(here);
  std::vector<double> product(v.size());
  for (std::size_t i = 0; i < v.size(); ++i) {
    product[i] = (static_cast<double>(ahead[i]) - static_cast<double>(behind[i])) / (2.0 * h);
  }
  return product;
}

double WholeBatch::LargestCurvature(std::size_t iterations, std::vector<double>& v,
                                    std::uint64_t seed) {
  if (v.empty()) {
    RandomStream random(seed, Stream::kNoise);
    v.resize(network_.Parameters());
    for (double& x : v) x = random.Normal();
  }
  double curvature = 0.0;
  for (std::size_t i = 0; i < iterations; ++i) {
    const double length = Norm(v);
    for (double& x : v) x /= length;
    const std::vector<double> product = HessianTimes(v);
    curvature = 0.0;
    for (std::size_t k = 0; k < v.size(); ++k) curvature += v[k] * product[k];
    v = product;
  }
  return curvature;
}
// [hessian]

double DescendWhole(WholeBatch& batch, double rate, double momentum, std::size_t steps,
                    std::vector<float>& velocity) {
  std::vector<float> w = batch.weights(), g;
  velocity.resize(w.size());
  double loss = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t step = 0; step < steps; ++step) {
    loss = batch.Gradient(g);
    if (!std::isfinite(loss)) break;
    for (std::size_t i = 0; i < w.size(); ++i) {
      velocity[i] = static_cast<float>(momentum * velocity[i] - rate * g[i]);
      w[i] += velocity[i];
    }
    batch.Place(w);
  }
  return loss;
}

}  // namespace lanegrad
