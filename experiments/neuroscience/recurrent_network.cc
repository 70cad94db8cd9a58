// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/recurrent_network.h"

#include <cmath>

#include "kernels/elementary.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

// Substreams of Stream::kNoise.
constexpr std::uint64_t kStartStream = 3, kDirectionStream = 4;

// Odd, and right to the last bits near 0, where 1 - e^(-2x) has lost them.
double Tanh(double x) {
  const double size = std::fabs(x);
  if (size < 1e-3) return x * (1.0 - x * x * (1.0 / 3.0 - x * x * (2.0 / 15.0)));
  const double small = Exponential(-2.0 * size);
  const double value = (1.0 - small) / (1.0 + small);
  return x < 0.0 ? -value : value;
}

std::vector<double> Normals(std::size_t n, std::uint64_t seed, std::uint64_t substream) {
  RandomStream random(seed, Stream::kNoise, substream);
  std::vector<double> values(n);
  for (double& each : values) each = random.Normal();
  return values;
}

double Length(const std::vector<double>& x) {
  double sum = 0.0;
  for (const double each : x) sum += each * each;
  return std::sqrt(sum);
}

// y <- x W, the sums over i in increasing order.
void Multiply(const std::vector<double>& x, const std::vector<double>& weights,
              std::vector<double>& y) {
  const std::size_t n = x.size();
  y.assign(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    const double xi = x[i];
    const double* row = &weights[i * n];
    for (std::size_t j = 0; j < n; ++j) y[j] += xi * row[j];
  }
}

// Takes x along dx/dt = slope(x) for one step by the classical rule of Runge and Kutta.
template <class Slope>
void RungeKutta(std::vector<double>& x, double step, Slope&& slope) {
  constexpr double kPlaces[] = {0.5, 0.5, 1.0, 0.0}, kWeights[] = {1.0, 2.0, 2.0, 1.0};
  const std::size_t n = x.size();
  std::vector<double> at = x, k(n), sum(n, 0.0);
  for (int stage = 0; stage < 4; ++stage) {
    slope(at, k);
    for (std::size_t i = 0; i < n; ++i) {
      sum[i] += kWeights[stage] * k[i];
      at[i] = x[i] + step * kPlaces[stage] * k[i];
    }
  }
  for (std::size_t i = 0; i < n; ++i) x[i] += step / 6.0 * sum[i];
}

// ln of the growth of a vector from `steps` / 2 on, which is brought back to length 1 every step.
template <class Step>
double LateGrowth(std::size_t n, std::size_t steps, std::uint64_t seed, Step&& step) {
  std::vector<double> r = Normals(n, seed, kStartStream);
  const std::size_t unheard = steps / 2;
  double growth = 0.0;
  for (std::size_t k = 0; k < steps; ++k) {
    const double before = Length(r);
    for (double& each : r) each /= before;
    step(r);
    if (k >= unheard) growth += Logarithm(Length(r));
  }
  return growth / static_cast<double>(steps - unheard);
}

}  // namespace

std::vector<double> RandomWeights(Coupling coupling, std::size_t n, double gain,
                                  std::uint64_t seed) {
  RandomStream random(seed, Stream::kWeights, n);
  const double deviation = gain / std::sqrt(static_cast<double>(n));
  std::vector<double> weights(n * n);
  for (double& each : weights) each = deviation * random.Normal();
  if (coupling == Coupling::kIndependent) return weights;
  const double sign = coupling == Coupling::kSymmetric ? 1.0 : -1.0;
  for (std::size_t i = 0; i < n; ++i) {
    if (sign < 0.0) weights[i * n + i] = 0.0;
    for (std::size_t j = 0; j < i; ++j) weights[i * n + j] = sign * weights[j * n + i];
  }
  return weights;
}

double StepGrowth(const std::vector<double>& weights, std::size_t n, std::size_t steps,
                  std::uint64_t seed) {
  return LateGrowth(n, steps, seed, [&](std::vector<double>& r) {
    const std::vector<double> before = r;
    Multiply(before, weights, r);
  });
}

double FlowGrowth(const std::vector<double>& weights, std::size_t n, double duration,
                  std::uint64_t seed) {
  constexpr double kStep = 0.1;
  const auto steps = static_cast<std::size_t>(std::round(duration / kStep));
  return LateGrowth(n, steps, seed,
                    [&](std::vector<double>& r) {
                      RungeKutta(r, kStep,
                                 [&](const std::vector<double>& x, std::vector<double>& slope) {
                                   Multiply(x, weights, slope);
                                   for (std::size_t i = 0; i < x.size(); ++i) slope[i] -= x[i];
                                 });
                    }) /
         kStep;
}

RandomTanhNetwork::RandomTanhNetwork(std::size_t n, double gain, std::uint64_t seed)
    : n_(n),
      weights_(RandomWeights(Coupling::kIndependent, n, gain, seed)),
      state_(Normals(n, seed, kStartStream)),
      rates_(n) {}

// [tanh-network]
void RandomTanhNetwork::Slope(const std::vector<double>& x, std::vector<double>& slope) {
  for (std::size_t i = 0; i < n_; ++i) rates_[i] = Tanh(x[i]);
  Multiply(rates_, weights_, slope);
  for (std::size_t i = 0; i < n_; ++i) slope[i] -= x[i];
}

void RandomTanhNetwork::Advance(std::size_t steps) {
  for (std::size_t k = 0; k < steps; ++k) {
    RungeKutta(state_, kStep, [this](const std::vector<double>& x, std::vector<double>& slope) {
      Slope(x, slope);
    });
  }
}
// [tanh-network]

RandomTanhNetwork RandomTanhNetwork::Neighbour(double distance, std::uint64_t seed) const {
  const std::vector<double> direction = Normals(n_, seed, kDirectionStream);
  const double length = Length(direction);
  RandomTanhNetwork other = *this;
  for (std::size_t i = 0; i < n_; ++i) other.state_[i] += distance / length * direction[i];
  return other;
}

double RandomTanhNetwork::Activity() const {
  return Length(state_) / std::sqrt(static_cast<double>(n_));
}

double RandomTanhNetwork::Distance(const RandomTanhNetwork& a, const RandomTanhNetwork& b) {
  std::vector<double> difference = a.state_;
  for (std::size_t i = 0; i < difference.size(); ++i) difference[i] -= b.state_[i];
  return Length(difference);
}

void RandomTanhNetwork::PullTowards(const RandomTanhNetwork& other, double distance) {
  const double scale = distance / Distance(*this, other);
  for (std::size_t i = 0; i < n_; ++i) {
    state_[i] = other.state_[i] + scale * (state_[i] - other.state_[i]);
  }
}

// [lyapunov]
LongRun Follow(std::size_t n, double gain, double transient, double duration, std::uint64_t seed) {
  constexpr double kDistance = 1e-6;
  constexpr std::size_t kStepsPerTau = 5;
  RandomTanhNetwork network(n, gain, seed);
  network.Advance(kStepsPerTau * static_cast<std::size_t>(transient));
  RandomTanhNetwork neighbour = network.Neighbour(kDistance, seed);
  const auto times = static_cast<std::size_t>(duration);
  double growth = 0.0, squares = 0.0;
  std::vector<double> sum(n, 0.0);
  for (std::size_t k = 0; k < times; ++k) {
    network.Advance(kStepsPerTau);
    neighbour.Advance(kStepsPerTau);
    growth += Logarithm(RandomTanhNetwork::Distance(neighbour, network) / kDistance);
    neighbour.PullTowards(network, kDistance);
    for (std::size_t i = 0; i < n; ++i) {
      sum[i] += network.state()[i];
      squares += network.state()[i] * network.state()[i];
    }
  }
  // [lyapunov]
  const double count = static_cast<double>(times);
  double of_means = 0.0;
  for (const double each : sum) of_means += (each / count) * (each / count);
  const double units = static_cast<double>(n);
  return {.lyapunov = growth / count,
          .activity = std::sqrt(squares / count / units),
          .motion = std::sqrt(std::fmax(0.0, squares / count - of_means) / units)};
}

}  // namespace lanegrad
