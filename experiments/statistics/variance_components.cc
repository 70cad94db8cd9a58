// SPDX-License-Identifier: Apache-2.0
#include "experiments/statistics/variance_components.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "kernels/random.h"

namespace lanegrad {
namespace {

bool Holds(CauseSet whole, CauseSet part) { return (whole & part) == part; }

double Sign(CauseSet whole, CauseSet part) {
  return (std::popcount(whole) - std::popcount(part)) % 2 == 0 ? 1.0 : -1.0;
}

// Means of results by the levels of a set of causes, one an entry of the whole design: what all
// results with the same levels share.
std::vector<double> MeansBy(std::span<const double> y, std::span<const std::size_t> levels,
                            CauseSet set) {
  std::vector<std::size_t> place(y.size());
  std::size_t cells = 1;
  for (std::size_t i = 0; i < y.size(); ++i) {
    std::size_t rest = i, at = 0, stride = 1;
    for (std::size_t k = levels.size(); k-- > 0;) {
      if (Holds(set, CauseSet{1} << k)) {
        at += rest % levels[k] * stride;
        stride *= levels[k];
      }
      rest /= levels[k];
    }
    place[i] = at;
    cells = stride;
  }
  std::vector<double> sums(cells), means(y.size());
  for (std::size_t i = 0; i < y.size(); ++i) sums[place[i]] += y[i];
  const double each = static_cast<double>(y.size()) / static_cast<double>(cells);
  for (std::size_t i = 0; i < y.size(); ++i) means[i] = sums[place[i]] / each;
  return means;
}

// Variances from mean squares.
std::vector<double> Variances(std::span<const double> mean_squares,
                              std::span<const std::size_t> levels) {
  std::vector<double> variances(mean_squares.size());
  for (CauseSet set = 1; set < variances.size(); ++set) {
    double others = 1.0;
    for (std::size_t k = 0; k < levels.size(); ++k) {
      if (!Holds(set, CauseSet{1} << k)) others *= static_cast<double>(levels[k]);
    }
    for (CauseSet above = set; above < variances.size(); ++above) {
      if (Holds(above, set)) variances[set] += Sign(above, set) * mean_squares[above] / others;
    }
  }
  return variances;
}

}  // namespace

std::vector<CauseSet> VarianceSplit::With(std::size_t cause) const {
  std::vector<CauseSet> sets = All();
  std::erase_if(sets, [&](CauseSet set) { return !Holds(set, CauseSet{1} << cause); });
  return sets;
}

std::vector<CauseSet> VarianceSplit::Together() const {
  std::vector<CauseSet> sets = All();
  std::erase_if(sets, [](CauseSet set) { return std::has_single_bit(set); });
  return sets;
}

std::vector<CauseSet> VarianceSplit::All() const {
  std::vector<CauseSet> sets;
  for (CauseSet set = 1; set < variances.size(); ++set) sets.push_back(set);
  return sets;
}

double VarianceSplit::Sum(std::span<const CauseSet> sets) const {
  double sum = 0.0;
  for (const CauseSet set : sets) sum += variances[set];
  return sum;
}

VarianceSplit SplitVariance(std::span<const double> y, std::span<const std::size_t> levels) {
  const std::size_t sets = std::size_t{1} << levels.size();
  VarianceSplit split = {.causes = levels.size(),
                         .levels = {levels.begin(), levels.end()},
                         .mean_squares = std::vector<double>(sets),
                         .freedom = std::vector<double>(sets),
                         .variances = {}};
  std::vector<std::vector<double>> means;
  for (CauseSet set = 0; set < sets; ++set) means.push_back(MeansBy(y, levels, set));
  for (CauseSet set = 1; set < sets; ++set) {
    // What the set does beyond all smaller sets within it.
    double squares = 0.0;
    for (std::size_t i = 0; i < y.size(); ++i) {
      double effect = 0.0;
      for (CauseSet part = 0; part <= set; ++part) {
        if (Holds(set, part)) effect += Sign(set, part) * means[part][i];
      }
      squares += effect * effect;
    }
    double freedom = 1.0;
    for (std::size_t k = 0; k < levels.size(); ++k) {
      if (Holds(set, CauseSet{1} << k)) freedom *= static_cast<double>(levels[k] - 1);
    }
    split.mean_squares[set] = squares / freedom;
    split.freedom[set] = freedom;
  }
  split.variances = Variances(split.mean_squares, levels);
  return split;
}

VariancePivots::VariancePivots(const VarianceSplit& split, std::size_t draws)
    : causes_(split.causes) {
  for (std::size_t d = 0; d < draws; ++d) {
    RandomStream random(1, Stream::kBootstrap, d);
    std::vector<double> mean_squares(split.mean_squares.size());
    for (CauseSet set = 1; set < mean_squares.size(); ++set) {
      double chi_squared = 0.0;
      for (double left = split.freedom[set]; left > 0.0; left -= 1.0) {
        const auto normal = static_cast<double>(random.Normal());
        chi_squared += normal * normal;
      }
      mean_squares[set] = split.mean_squares[set] * split.freedom[set] / chi_squared;
    }
    draws_.push_back(Variances(mean_squares, split.levels));
  }
}

Interval VariancePivots::Sum(std::span<const CauseSet> sets, double level) const {
  std::vector<double> sums;
  for (const std::vector<double>& draw : draws_) {
    double sum = 0.0;
    for (const CauseSet set : sets) sum += draw[set];
    sums.push_back(sum);
  }
  std::sort(sums.begin(), sums.end());
  const auto at = [&](double share) {
    const double rank = std::floor(share * static_cast<double>(sums.size() + 1) + 1e-6);
    const double last = static_cast<double>(sums.size());
    return std::max(0.0, sums[static_cast<std::size_t>(std::clamp(rank, 1.0, last)) - 1]);
  };
  return {at((1.0 - level) / 2.0), at((1.0 + level) / 2.0)};
}

double VariancePivots::LargestShare(std::size_t cause) const {
  std::size_t largest = 0;
  for (const std::vector<double>& draw : draws_) {
    const double own = draw[CauseSet{1} << cause];
    bool beats = own > 0.0;
    for (std::size_t other = 0; other < causes_; ++other) {
      beats = beats && (other == cause || own > draw[CauseSet{1} << other]);
    }
    largest += beats;
  }
  return static_cast<double>(largest) / static_cast<double>(draws_.size());
}

}  // namespace lanegrad
