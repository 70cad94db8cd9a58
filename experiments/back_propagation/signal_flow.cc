// SPDX-License-Identifier: Apache-2.0
#include "experiments/back_propagation/signal_flow.h"

#include <fmt/format.h>

#include <cmath>

#include "experiments/statistics/statistics.h"
#include "kernels/elementary.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

double Length(const Matrix& m) {
  double squares = 0.0;
  for (std::size_t s = 0; s < m.rows(); ++s) {
    for (std::size_t j = 0; j < m.cols(); ++j) {
      const double each = m(s, j);
      squares += each * each;
    }
  }
  return std::sqrt(squares);
}

// Means of f(sqrt(q) g)^2 and f'(sqrt(q) g)^2 over a standard normal g.
struct Squares {
  double value, slope;
};

Squares MeanSquares(Activation f, double q) {
  constexpr std::size_t kHalf = 1000;
  constexpr double kSpacing = 0.008;  // to eight deviations
  std::vector<float> z, a(2 * kHalf + 1), slope(2 * kHalf + 1);
  const auto place = [](std::size_t k) { return kSpacing * (static_cast<double>(k) - kHalf); };
  const double deviation = std::sqrt(q);
  for (std::size_t k = 0; k < a.size(); ++k) z.push_back(static_cast<float>(deviation * place(k)));
  Activate(f, z.data(), z.size(), a.data(), slope.data());
  Squares sums = {0.0, 0.0};
  double total = 0.0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    const double weight = Exponential(-0.5 * place(k) * place(k));
    const double value = a[k], steep = slope[k];
    total += weight;
    sums.value += weight * value * value;
    sums.slope += weight * steep * steep;
  }
  return {sums.value / total, sums.slope / total};
}

constexpr std::size_t kSamples = 16;

// Shares of every layer in networks of seeds 1 .. seeds.
std::vector<std::vector<double>> Signals(const DeepNetwork& deep, std::size_t seeds) {
  std::vector<std::vector<double>> all;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    all.push_back(MeasureSignal(deep, seed, kSamples));
  }
  return all;
}

// Logarithms of one layer's shares; none where one of them has no finite logarithm, and then
// `odd` is that share.
std::vector<double> Logarithms(const std::vector<std::vector<double>>& signals, std::size_t layer,
                               double& odd) {
  std::vector<double> logarithms;
  for (const std::vector<double>& each : signals) {
    odd = each[layer];
    if (!(odd > 0.0) || !std::isfinite(odd)) return {};
    logarithms.push_back(Logarithm(odd));
  }
  return logarithms;
}

}  // namespace

std::vector<double> MeasureSignal(const DeepNetwork& deep, std::uint64_t seed,
                                  std::size_t samples) {
  const std::vector<std::size_t> sizes(deep.depth + 1, deep.width);
  Network network(sizes, deep.activation, deep.activation);
  network.Initialize(deep.initializer, seed);
  RandomStream random(seed, Stream::kData);
  Matrix x(samples, deep.width);
  Workspace space = network.MakeWorkspace(samples);
  for (std::size_t s = 0; s < samples; ++s) {
    for (std::size_t j = 0; j < deep.width; ++j) x(s, j) = random.Normal();
  }
  network.Forward(x.view(), samples, space);
  for (std::size_t s = 0; s < samples; ++s) {
    for (std::size_t j = 0; j < deep.width; ++j) space.deltas.back()(s, j) = random.Normal();
  }
  network.Backward(samples, space);
  std::vector<double> shares;
  for (const Matrix& delta : space.deltas) {
    shares.push_back(Length(delta) / Length(space.deltas.back()));
  }
  return shares;
}

std::vector<double> MeanFieldSignal(const DeepNetwork& deep) {
  std::vector<double> shares(deep.depth, 1.0);
  const InitializerInfo& info = deep.initializer.info();
  const double deviation = info.deviation(deep.width, deep.width, deep.initializer.parameter());
  const double s2 = deviation * deviation * static_cast<double>(deep.width);
  if (info.mean != 0.0) return std::vector<double>(deep.depth, NAN);
  std::vector<double> chi(deep.depth);
  double q = s2;
  for (std::size_t l = 0; l < deep.depth; ++l) {
    const Squares mean = MeanSquares(deep.activation, q);
    chi[l] = s2 * mean.slope;
    q = s2 * mean.value;
  }
  for (std::size_t l = deep.depth - 1; l-- > 0;) shares[l] = shares[l + 1] * std::sqrt(chi[l]);
  return shares;
}

double FactorPerLayer(double share, std::size_t layers) {
  if (share == 0.0 || !std::isfinite(share)) return share;
  return Exponential(Logarithm(share) / static_cast<double>(layers));
}

void MeasureFlow(Activation activation, std::size_t width, std::size_t depth, std::size_t seeds,
                 Measurement& row) {
  const double layers = static_cast<double>(depth - 1);
  for (const InitializerInfo& info : Initializers()) {
    const DeepNetwork deep = {activation, Initializer::Named(info.name), width, depth};
    const std::vector<double> theory = MeanFieldSignal(deep);
    double odd = 0.0;
    const std::vector<double> logarithms = Logarithms(Signals(deep, seeds), 0, odd);
    if (logarithms.empty()) {
      row.values.Set(info.name, odd);
    } else {
      const Interval interval = MeanInterval(logarithms);
      row.values.Set(info.name, Exponential(Mean(logarithms) / layers));
      row.machine.Set(fmt::format("{}_low", info.name), Exponential(interval.low / layers));
      row.machine.Set(fmt::format("{}_high", info.name), Exponential(interval.high / layers));
    }
    row.values.Set(fmt::format("{}_theory", info.name), FactorPerLayer(theory[0], depth - 1));
  }
}

void MeasureLayers(const DeepNetwork& deep, std::size_t seeds, Measurement& row) {
  const std::vector<std::vector<double>> signals = Signals(deep, seeds);
  const std::vector<double> theory = MeanFieldSignal(deep);
  for (std::size_t l = 0; l < deep.depth; ++l) {
    double odd = 0.0;
    const std::vector<double> logarithms = Logarithms(signals, l, odd);
    row.values.Set(fmt::format("layer_{:02}", l + 1),
                   logarithms.empty() ? odd : Exponential(Mean(logarithms)));
    row.values.Set(fmt::format("theory_{:02}", l + 1), theory[l]);
  }
}

}  // namespace lanegrad
