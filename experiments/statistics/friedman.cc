// SPDX-License-Identifier: Apache-2.0
#include "experiments/statistics/friedman.h"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/tools/roots.hpp>
#include <cmath>
#include <limits>
#include <numeric>

namespace lanegrad {
namespace {

// Sorted by falling value, equal ones beside each other.
std::vector<std::size_t> Order(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t i, std::size_t j) { return values[i] > values[j]; });
  return order;
}

// The sum of t^3 - t over groups of t equal values.
double TieSum(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  double sum = 0.0;
  for (std::size_t i = 0, next = 0; i < values.size(); i = next) {
    while (next < values.size() && values[next] == values[i]) ++next;
    const double t = static_cast<double>(next - i);
    sum += t * t * t - t;
  }
  return sum;
}

}  // namespace

std::vector<double> RanksFromLargest(std::span<const double> values) {
  const std::vector<std::size_t> order = Order(values);
  std::vector<double> ranks(values.size());
  for (std::size_t i = 0, next = 0; i < order.size(); i = next) {
    while (next < order.size() && values[order[next]] == values[order[i]]) ++next;
    // Places i + 1 .. next, shared.
    for (std::size_t at = i; at < next; ++at) {
      ranks[order[at]] = 0.5 * static_cast<double>(i + 1 + next);
    }
  }
  return ranks;
}

FriedmanTest Friedman(std::span<const std::vector<double>> values) {
  const std::size_t settings = values.size(), blocks = values[0].size();
  const double k = static_cast<double>(settings), n = static_cast<double>(blocks);
  FriedmanTest test = {
      .settings = settings, .blocks = blocks, .ranks = std::vector<double>(settings, 0.0)};
  double ties = 0.0;
  for (std::size_t j = 0; j < blocks; ++j) {
    std::vector<double> block;
    for (const std::vector<double>& each : values) block.push_back(each[j]);
    const std::vector<double> ranks = RanksFromLargest(block);
    for (std::size_t i = 0; i < settings; ++i) test.ranks[i] += ranks[i] / n;
    ties += TieSum(block);
  }
  const double untied = 1.0 - ties / (n * k * (k * k - 1.0));
  if (untied <= 0.0) return test;  // every block is one great tie: nothing differs
  double squares = 0.0;
  for (const double rank : test.ranks) {
    squares += (rank - 0.5 * (k + 1.0)) * (rank - 0.5 * (k + 1.0));
  }
  test.chi_squared = 12.0 * n / (k * (k + 1.0)) * squares / untied;
  const double most = n * (k - 1.0);
  test.chi_squared_p = boost::math::cdf(
      boost::math::complement(boost::math::chi_squared(k - 1.0), test.chi_squared));
  if (test.chi_squared >= most * (1.0 - 1e-12)) {
    test.f = std::numeric_limits<double>::infinity();
    test.p = std::exp(-(n - 1.0) * std::lgamma(k + 1.0));
    return test;
  }
  test.f = (n - 1.0) * test.chi_squared / (most - test.chi_squared);
  test.p = boost::math::cdf(
      boost::math::complement(boost::math::fisher_f(k - 1.0, (k - 1.0) * (n - 1.0)), test.f));
  return test;
}

double RangeProbability(double q, std::size_t k) {
  if (!(q > 0.0)) return 0.0;
  const boost::math::normal normal;
  const double others = static_cast<double>(k - 1);
  // z is the largest of the k values; beyond 9 deviations lies less than 1e-18.
  const auto density = [&](double z) {
    const double inside = boost::math::cdf(normal, z) - boost::math::cdf(normal, z - q);
    return boost::math::pdf(normal, z) * std::pow(inside, others);
  };
  const double integral =
      boost::math::quadrature::gauss_kronrod<double, 61>::integrate(density, -9.0, 9.0, 8, 1e-12);
  return std::clamp(static_cast<double>(k) * integral, 0.0, 1.0);
}

double RangeQuantile(double probability, std::size_t k) {
  double high = 1.0;
  while (RangeProbability(high, k) < probability && high < 64.0) high *= 2.0;
  std::uintmax_t steps = 100;
  const auto [low_end, high_end] = boost::math::tools::toms748_solve(
      [&](double q) { return RangeProbability(q, k) - probability; }, 0.0, high,
      boost::math::tools::eps_tolerance<double>(40), steps);
  return 0.5 * (low_end + high_end);
}

double CriticalDifference(std::size_t k, std::size_t n, double level) {
  const double settings = static_cast<double>(k), blocks = static_cast<double>(n);
  // q / sqrt(2) * sqrt(k (k + 1) / (6 n)).
  return RangeQuantile(1.0 - level, k) * std::sqrt(settings * (settings + 1.0) / (12.0 * blocks));
}

std::vector<std::pair<std::size_t, std::size_t>> RankGroups(std::span<const double> sorted_ranks,
                                                            double critical) {
  std::vector<std::pair<std::size_t, std::size_t>> groups;
  std::size_t covered = 0;  // places below this end inside the last group
  for (std::size_t first = 0; first < sorted_ranks.size(); ++first) {
    std::size_t last = first;
    while (last + 1 < sorted_ranks.size() &&
           sorted_ranks[last + 1] - sorted_ranks[first] <= critical) {
      ++last;
    }
    if (last == first || last < covered) continue;
    groups.emplace_back(first, last);
    covered = last + 1;
  }
  return groups;
}

}  // namespace lanegrad
