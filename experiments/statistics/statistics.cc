// SPDX-License-Identifier: Apache-2.0
#include "experiments/statistics/statistics.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>

#include "kernels/random.h"

namespace lanegrad {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// The share of sign patterns whose sum is at least as far from zero as the one
// observed; equal up to rounding counts as equal.
double SignFlipP(std::span<const double> differences) {
  const std::size_t n = differences.size();
  const auto total = [&](auto&& negative) {
    double sum = 0.0;
    for (std::size_t i = 0; i < n; ++i) sum += negative(i) ? -differences[i] : differences[i];
    return std::fabs(sum);
  };
  const double observed = total([](std::size_t) { return false; });
  const double enough = observed - 1e-12 * (1.0 + observed);
  if (n <= 16) {
    std::size_t extreme = 0;
    const std::uint32_t patterns = 1u << n;
    for (std::uint32_t pattern = 0; pattern < patterns; ++pattern) {
      extreme += total([&](std::size_t i) { return pattern >> i & 1; }) >= enough;
    }
    return static_cast<double>(extreme) / static_cast<double>(patterns);
  }
  constexpr std::size_t kPatterns = 20000;
  RandomStream random(1, Stream::kBootstrap);
  std::size_t extreme = 1;  // the observed pattern is one of them
  for (std::size_t k = 0; k < kPatterns; ++k) {
    extreme += total([&](std::size_t) { return random.Word() >> 31 != 0; }) >= enough;
  }
  return static_cast<double>(extreme) / static_cast<double>(kPatterns + 1);
}

}  // namespace

double Mean(std::span<const double> values) {
  if (values.empty()) return kNan;
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double SampleDeviation(std::span<const double> values) {
  if (values.size() < 2) return kNan;
  const double mean = Mean(values);
  double sum = 0.0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

double Median(std::vector<double> values) {
  if (values.empty()) return kNan;
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  if (values.size() % 2 == 1) return values[middle];
  return 0.5 * (values[middle - 1] + values[middle]);
}

Interval MeanInterval(std::span<const double> values, double level) {
  if (values.size() < 2) return {kNan, kNan};
  const double n = static_cast<double>(values.size());
  const boost::math::students_t distribution(n - 1.0);
  const double t = boost::math::quantile(distribution, 0.5 + 0.5 * level);
  const double half = t * SampleDeviation(values) / std::sqrt(n);
  return {Mean(values) - half, Mean(values) + half};
}

Interval ShareInterval(std::size_t right, std::size_t n, double level) {
  if (n == 0) return {kNan, kNan};
  const double count = static_cast<double>(n), share = static_cast<double>(right) / count;
  const double z = boost::math::quantile(boost::math::normal(), 0.5 + 0.5 * level);
  const double middle = share + z * z / (2.0 * count);
  const double half = z * std::sqrt(share * (1.0 - share) / count + z * z / (4.0 * count * count));
  const double scale = 1.0 + z * z / count;
  return {std::max(0.0, (middle - half) / scale), std::min(1.0, (middle + half) / scale)};
}

double ZeroMeanP(std::span<const double> values) {
  if (values.size() < 2) return kNan;
  const double n = static_cast<double>(values.size());
  const double error = SampleDeviation(values) / std::sqrt(n), mean = Mean(values);
  // What is left of equal values is rounding.
  if (error <= 1e-12 * std::fabs(mean))
    return mean == 0.0 ? 1.0 : std::ldexp(2.0, -static_cast<int>(values.size()));
  const boost::math::students_t distribution(n - 1.0);
  return 2.0 * boost::math::cdf(boost::math::complement(distribution, std::fabs(mean) / error));
}

PairedComparison ComparePairs(std::span<const double> a, std::span<const double> b) {
  std::vector<double> differences;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) differences.push_back(a[i] - b[i]);
  return {Mean(differences), MeanInterval(differences), ZeroMeanP(differences),
          differences.empty() ? kNan : SignFlipP(differences)};
}

std::vector<double> HolmAdjust(std::span<const double> p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return p[i] < p[j]; });
  std::vector<double> adjusted(p.size());
  double largest = 0.0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const double scaled = p[order[rank]] * static_cast<double>(p.size() - rank);
    largest = std::max(largest, std::min(1.0, scaled));
    adjusted[order[rank]] = largest;
  }
  return adjusted;
}

}  // namespace lanegrad
