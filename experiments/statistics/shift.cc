// SPDX-License-Identifier: Apache-2.0
#include "experiments/statistics/shift.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace lanegrad {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
// Above, the exact distribution takes longer and says nothing else.
constexpr std::size_t kMostExact = 50;

// P(T <= t) for a statistic T that is a whole number >= 0.
class Distribution {
 public:
  // Of a sum over ranks, each taken or left by the toss of a coin.
  static Distribution OfSignedRanks(std::span<const std::size_t> ranks) {
    Distribution result;
    std::vector<double>& share = result.shares_;
    share.assign(1, 1.0);
    for (const std::size_t rank : ranks) {
      share.resize(share.size() + rank, 0.0);
      for (std::size_t t = share.size(); t-- > 0;) {
        share[t] = 0.5 * (share[t] + (t >= rank ? share[t - rank] : 0.0));
      }
    }
    return result;
  }

  // Of Mann and Whitney's U of m and n values, all orders equally likely: the last of
  // m + n is one of the m with probability m / (m + n), and then exceeds all n.
  static Distribution OfPairCounts(std::size_t m, std::size_t n) {
    std::vector<std::vector<double>> row(n + 1, {1.0});
    for (std::size_t i = 1; i <= m; ++i) {
      for (std::size_t j = 1; j <= n; ++j) {
        const double of_m = static_cast<double>(i) / static_cast<double>(i + j);
        std::vector<double> next(i * j + 1, 0.0);
        for (std::size_t u = 0; u < row[j].size(); ++u) next[u + j] += of_m * row[j][u];
        for (std::size_t u = 0; u < row[j - 1].size(); ++u) {
          next[u] += (1.0 - of_m) * row[j - 1][u];
        }
        row[j] = std::move(next);
      }
    }
    Distribution result;
    result.shares_ = std::move(row[n]);
    return result;
  }

  // The normal distribution with the same mean and variance, corrected for continuity.
  static Distribution Normal(double mean, double variance) {
    Distribution result;
    result.mean_ = mean;
    result.deviation_ = std::sqrt(variance);
    return result;
  }

  double AtMost(double t) const {
    if (shares_.empty()) {
      if (deviation_ == 0.0) return t >= mean_ ? 1.0 : 0.0;
      return boost::math::cdf(boost::math::normal(mean_, deviation_), t + 0.5);
    }
    double sum = 0.0;
    for (std::size_t i = 0; i < shares_.size() && static_cast<double>(i) <= t; ++i) {
      sum += shares_[i];
    }
    return sum;
  }

 private:
  std::vector<double> shares_;
  double mean_ = 0.0, deviation_ = 0.0;
};

// The middle of the sorted values, and as many cut from either end as `null` allows.
void Locate(std::vector<double>& values, const Distribution& null, double level, Shift& shift) {
  std::sort(values.begin(), values.end());
  shift.estimate = Median(values);
  std::size_t cut = 0;  // the largest k with P(T <= k - 1) <= (1 - level) / 2
  while (cut < values.size() / 2 && null.AtMost(static_cast<double>(cut)) <= 0.5 - 0.5 * level) {
    ++cut;
  }
  shift.interval = {kNan, kNan};
  if (cut > 0) shift.interval = {values[cut - 1], values[values.size() - cut]};
}

// Ranks of |differences|, doubled, so that those of ties are whole.
std::vector<std::size_t> DoubledRanks(const std::vector<double>& sizes) {
  std::vector<double> sorted = sizes;
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::size_t> ranks;
  for (const double size : sizes) {
    const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), size);
    ranks.push_back(
        static_cast<std::size_t>((first - sorted.begin()) + 1 + (last - sorted.begin())));
  }
  return ranks;
}

double WilcoxonP(std::span<const double> differences) {
  std::vector<double> sizes;
  std::vector<bool> positive;
  for (const double difference : differences) {
    if (difference == 0.0) continue;
    sizes.push_back(std::fabs(difference));
    positive.push_back(difference > 0.0);
  }
  if (sizes.empty()) return 1.0;
  const std::vector<std::size_t> ranks = DoubledRanks(sizes);
  double up = 0.0, down = 0.0, squares = 0.0;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    const double rank = static_cast<double>(ranks[i]);
    (positive[i] ? up : down) += rank;
    squares += rank * rank;
  }
  const Distribution null = ranks.size() <= kMostExact
                                ? Distribution::OfSignedRanks(ranks)
                                : Distribution::Normal(0.5 * (up + down), 0.25 * squares);
  return std::min(1.0, 2.0 * null.AtMost(std::min(up, down)));
}

}  // namespace

Shift PairedShift(std::span<const double> differences, double level) {
  const std::size_t n = differences.size();
  if (n == 0) return {kNan, {kNan, kNan}, kNan, 1.0};
  std::vector<double> means;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i; j < n; ++j) means.push_back(0.5 * (differences[i] + differences[j]));
  }
  std::vector<std::size_t> ranks(n);
  for (std::size_t i = 0; i < n; ++i) ranks[i] = i + 1;
  const double size = static_cast<double>(n);
  const Distribution null =
      n <= kMostExact ? Distribution::OfSignedRanks(ranks)
                      : Distribution::Normal(size * (size + 1.0) / 4.0,
                                             size * (size + 1.0) * (2.0 * size + 1.0) / 24.0);
  Shift shift;
  Locate(means, null, level, shift);
  shift.p = WilcoxonP(differences);
  shift.least_p =
      std::min(1.0, std::ldexp(1.0, 1 - static_cast<int>(std::min<std::size_t>(n, 1000))));
  return shift;
}

Shift SampleShift(std::span<const double> a, std::span<const double> b, double level) {
  if (a.empty() || b.empty()) return {kNan, {kNan, kNan}, kNan, 1.0};
  std::vector<double> differences;
  double wins = 0.0;
  for (const double mine : a) {
    for (const double other : b) {
      differences.push_back(other - mine);
      wins += other > mine ? 1.0 : other == mine ? 0.5 : 0.0;
    }
  }
  const double m = static_cast<double>(a.size()), n = static_cast<double>(b.size());
  const bool exact = a.size() <= kMostExact && b.size() <= kMostExact;
  const Distribution null = exact ? Distribution::OfPairCounts(a.size(), b.size())
                                  : Distribution::Normal(0.5 * m * n, m * n * (m + n + 1.0) / 12.0);
  Shift shift;
  Locate(differences, null, level, shift);
  // Half a win is rounded up: away from a small p.
  shift.p = std::min(1.0, 2.0 * null.AtMost(std::ceil(std::min(wins, m * n - wins))));
  shift.least_p = std::min(1.0, 2.0 * null.AtMost(0.0));
  return shift;
}

}  // namespace lanegrad
