// SPDX-License-Identifier: Apache-2.0
#include "experiments/statistics/bootstrap.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "kernels/random.h"

namespace lanegrad {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// A tie is half a win.
double Win(double a, double b) { return a > b ? 1.0 : a == b ? 0.5 : 0.0; }

// Fills `drawn` with n places of 0 .. n-1, drawn with replacement.
void Draw(const BootstrapOptions& options, std::size_t resample, std::vector<std::size_t>& drawn) {
  RandomStream random(options.seed, Stream::kBootstrap, resample);
  for (std::size_t& place : drawn) place = static_cast<std::size_t>(random.Below(drawn.size()));
}

// a = sum d^3 / (6 (sum d^2)^(3/2)), d[i] = mean of the values without one minus that
// without i. [Efron and Tibshirani 1993, equation 14.15]
double Acceleration(std::span<const double> without_one) {
  const double mean = Mean(without_one);
  double squares = 0.0, cubes = 0.0;
  for (const double value : without_one) {
    const double d = mean - value;
    squares += d * d;
    cubes += d * d * d;
  }
  return squares > 0.0 ? cubes / (6.0 * squares * std::sqrt(squares)) : 0.0;
}

// The rank of the resampled value below which lies the share that BCa asks for where
// plain percentiles would take `share`.
std::size_t CorrectedRank(double share, double bias, double acceleration, std::size_t resamples) {
  const boost::math::normal normal;
  const double z = bias + boost::math::quantile(normal, share);
  const double scale = 1.0 - acceleration * z;
  // Beyond the pole of the correction there are no values left.
  double corrected = z < 0.0 ? 0.0 : 1.0;
  if (scale > 0.0) corrected = boost::math::cdf(normal, bias + z / scale);
  // The normal distribution rests on the C library, whose last bit differs from one to
  // the next. A rank is whole, and the small sum keeps those that are meant to be whole
  // from falling to one side here and to the other there.
  const double rank = std::floor(corrected * static_cast<double>(resamples + 1) + 1e-6);
  return static_cast<std::size_t>(std::clamp(rank, 1.0, static_cast<double>(resamples))) - 1;
}

// `evaluate` gives the statistic of the places it is handed.
template <class Evaluate>
Interval Bca(std::size_t n, const Evaluate& evaluate, const BootstrapOptions& options) {
  if (n < 2 || options.resamples == 0) return {kNan, kNan};
  std::vector<std::size_t> places(n);
  for (std::size_t i = 0; i < n; ++i) places[i] = i;
  const double observed = evaluate(places);
  if (std::isnan(observed)) return {kNan, kNan};

  std::vector<double> values(options.resamples);
  for (std::size_t r = 0; r < values.size(); ++r) {
    Draw(options, r, places);
    values[r] = evaluate(places);
    if (std::isnan(values[r])) return {kNan, kNan};
  }
  std::sort(values.begin(), values.end());
  if (values.front() == values.back()) return {values.front(), values.front()};

  double below = 0.0;
  for (const double value : values) below += Win(observed, value);
  // Of no resample below, or all, the share would be infinitely far out.
  const double most = static_cast<double>(values.size());
  const double share = std::clamp(below, 0.5, most - 0.5) / most;
  const double bias = boost::math::quantile(boost::math::normal(), share);

  std::vector<double> without_one(n);
  places.resize(n - 1);
  for (std::size_t out = 0; out < n; ++out) {
    for (std::size_t i = 0; i + 1 < n; ++i) places[i] = i + (i >= out);
    without_one[out] = evaluate(places);
  }
  double acceleration = Acceleration(without_one);
  if (!std::isfinite(acceleration)) acceleration = 0.0;  // a statistic that needs all n

  const double tail = 0.5 - 0.5 * options.level;
  return {values[CorrectedRank(tail, bias, acceleration, values.size())],
          values[CorrectedRank(1.0 - tail, bias, acceleration, values.size())]};
}

// Copies the values at `places`.
std::span<const double> Take(std::span<const double> all, const std::vector<std::size_t>& places,
                             std::vector<double>& taken) {
  taken.clear();
  for (const std::size_t place : places) taken.push_back(all[place]);
  return taken;
}

}  // namespace

Interval BootstrapInterval(std::span<const double> sample, const Statistic& statistic,
                           const BootstrapOptions& options) {
  std::vector<double> taken;
  return Bca(
      sample.size(),
      [&](const std::vector<std::size_t>& places) {
        return statistic(Take(sample, places, taken));
      },
      options);
}

Interval PairedBootstrapInterval(std::span<const double> a, std::span<const double> b,
                                 const PairedStatistic& statistic,
                                 const BootstrapOptions& options) {
  std::vector<double> taken_a, taken_b;
  return Bca(
      std::min(a.size(), b.size()),
      [&](const std::vector<std::size_t>& places) {
        return statistic(Take(a, places, taken_a), Take(b, places, taken_b));
      },
      options);
}

double ProbabilityGreater(std::span<const double> a, std::span<const double> b) {
  double wins = 0.0;
  for (const double mine : a) {
    for (const double other : b) wins += Win(mine, other);
  }
  if (a.empty() || b.empty()) return kNan;
  return wins / (static_cast<double>(a.size()) * static_cast<double>(b.size()));
}

double PairedProbabilityGreater(std::span<const double> a, std::span<const double> b) {
  const std::size_t n = std::min(a.size(), b.size());
  double wins = 0.0;
  for (std::size_t i = 0; i < n; ++i) wins += Win(a[i], b[i]);
  return n == 0 ? kNan : wins / static_cast<double>(n);
}

double BootstrapProbabilityGreater(std::span<const double> a, std::span<const double> b,
                                   const Statistic& statistic, const BootstrapOptions& options) {
  const std::size_t n = std::min(a.size(), b.size());
  if (n < 2 || options.resamples == 0) return kNan;
  std::vector<std::size_t> places(n);
  std::vector<double> taken_a, taken_b;
  double wins = 0.0;
  for (std::size_t r = 0; r < options.resamples; ++r) {
    Draw(options, r, places);
    wins += Win(statistic(Take(a, places, taken_a)), statistic(Take(b, places, taken_b)));
  }
  return wins / static_cast<double>(options.resamples);
}

}  // namespace lanegrad
