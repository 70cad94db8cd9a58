// SPDX-License-Identifier: Apache-2.0
#include "experiments/descent/quadratic.h"

#include <cmath>

#include "kernels/elementary.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

// `count` orthonormal vectors of as many coordinates, by Gram and Schmidt, each made orthogonal
// twice: once leaves errors of the size that a cancellation has left.
std::vector<std::vector<double>> RandomDirections(std::size_t count, std::uint64_t seed) {
  RandomStream random(seed, Stream::kData);
  std::vector<std::vector<double>> directions;
  while (directions.size() < count) {
    std::vector<double> q(count);
    for (double& x : q) x = random.Normal();
    for (int again = 0; again < 2; ++again) {
      for (const std::vector<double>& other : directions) {
        double dot = 0.0;
        for (std::size_t i = 0; i < count; ++i) dot += q[i] * other[i];
        for (std::size_t i = 0; i < count; ++i) q[i] -= dot * other[i];
      }
    }
    double square = 0.0;
    for (const double x : q) square += x * x;
    for (double& x : q) x /= std::sqrt(square);
    directions.push_back(q);
  }
  return directions;
}

}  // namespace

QuadraticBowl::QuadraticBowl(std::size_t size, double largest, double condition, std::uint64_t seed)
    : size_(size), matrix_(size * size) {
  const std::vector<std::vector<double>> directions = RandomDirections(size, seed);
  for (std::size_t k = 0; k < size; ++k) {
    const double share =
        size > 1 ? static_cast<double>(size - 1 - k) / static_cast<double>(size - 1) : 0.0;
    eigenvalues_.push_back(largest * Exponential(-share * Logarithm(condition)));
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = 0; j < size; ++j) {
        matrix_[i * size + j] += eigenvalues_[k] * directions[k][i] * directions[k][j];
      }
    }
  }
}

std::vector<double> QuadraticBowl::Gradient(const std::vector<double>& w) const {
  std::vector<double> g(size_);
  for (std::size_t i = 0; i < size_; ++i) {
    for (std::size_t j = 0; j < size_; ++j) g[i] += matrix_[i * size_ + j] * w[j];
  }
  return g;
}

double QuadraticBowl::Loss(const std::vector<double>& w) const {
  const std::vector<double> g = Gradient(w);
  double sum = 0.0;
  for (std::size_t i = 0; i < size_; ++i) sum += w[i] * g[i];
  return 0.5 * sum;
}

// [heavy-ball]
std::vector<double> Descend(const QuadraticBowl& bowl, double rate, double momentum,
                            std::size_t steps, std::uint64_t seed) {
  RandomStream random(seed, Stream::kNoise);
  std::vector<double> w(bowl.size()), v(bowl.size());
  for (double& x : w) x = random.Normal();
  std::vector<double> losses = {bowl.Loss(w)};
  for (std::size_t step = 0; step < steps; ++step) {
    const std::vector<double> g = bowl.Gradient(w);
    for (std::size_t i = 0; i < w.size(); ++i) {
      v[i] = momentum * v[i] - rate * g[i];
      w[i] += v[i];
    }
    const double loss = bowl.Loss(w);
    if (!std::isfinite(loss)) break;
    losses.push_back(loss);
  }
  return losses;
}
// [heavy-ball]

double StabilityLimit(double largest, double momentum) { return 2.0 * (1.0 + momentum) / largest; }

double MeasuredLimit(const QuadraticBowl& bowl, double momentum, std::size_t steps,
                     std::uint64_t seed) {
  double low = 0.0, high = 4.0 * StabilityLimit(bowl.eigenvalue(bowl.size() - 1), momentum);
  for (int halving = 0; halving < 40; ++halving) {
    const double rate = 0.5 * (low + high);
    const std::vector<double> losses = Descend(bowl, rate, momentum, steps, seed);
    const bool falls = losses.size() == steps + 1 && losses.back() <= losses.front();
    (falls ? low : high) = rate;
  }
  return low;
}

}  // namespace lanegrad
