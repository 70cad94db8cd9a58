// SPDX-License-Identifier: Apache-2.0
#include "experiments/statistics/change_point.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "experiments/statistics/statistics.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

constexpr std::size_t kSide = 2;  // of fewer values nobody knows a level

// Ranks less their mean; equal values share theirs. Multiples of 1/2, hence exact.
std::vector<double> CentredRanks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t i, std::size_t j) { return values[i] < values[j]; });
  const double mean = 0.5 * (static_cast<double>(values.size()) - 1.0);
  std::vector<double> ranks(values.size());
  for (std::size_t i = 0; i < order.size();) {
    std::size_t end = i;
    while (end < order.size() && values[order[end]] == values[order[i]]) ++end;
    const double rank = 0.5 * static_cast<double>(i + end - 1) - mean;
    for (; i < end; ++i) ranks[order[i]] = rank;
  }
  return ranks;
}

// The inner stretch [begin, end) that differs most from the rest, or the rest from it.
struct Peak {
  double height = 0.0;  // squared, standardised up to a factor of the stretch
  std::size_t begin = 0, end = 0;
};

using Search = Peak (*)(std::span<const double>);

void Raise(Peak& peak, double sum, std::size_t begin, std::size_t end, std::size_t n) {
  const double height =
      sum * sum / (static_cast<double>(end - begin) * static_cast<double>(n - end + begin));
  if (height > peak.height) peak = {height, begin, end};
}

Peak FindStep(std::span<const double> ranks) {
  Peak peak;
  double sum = 0.0;
  for (std::size_t k = 1; k + kSide <= ranks.size(); ++k) {
    sum += ranks[k - 1];
    if (k >= kSide) Raise(peak, sum, 0, k, ranks.size());
  }
  return peak;
}

Peak FindArc(std::span<const double> ranks) {
  Peak peak;
  for (std::size_t begin = kSide; begin + 2 * kSide <= ranks.size(); ++begin) {
    double sum = 0.0;
    for (std::size_t end = begin + 1; end + kSide <= ranks.size(); ++end) {
      sum += ranks[end - 1];
      if (end >= begin + kSide) Raise(peak, sum, begin, end, ranks.size());
    }
  }
  return peak;
}

// The p value of a peak among random orders. Twenty higher peaks are enough to know that it
// is no rare one. [Besag and Clifford 1991]
double PeakP(std::vector<double> ranks, double height, Search search, std::size_t orders,
             RandomStream& random) {
  constexpr std::size_t kEnough = 20;
  std::size_t higher = 0;
  for (std::size_t drawn = 1; drawn <= orders; ++drawn) {
    for (std::size_t i = ranks.size() - 1; i > 0; --i) {
      std::swap(ranks[i], ranks[random.Below(i + 1)]);
    }
    higher += search(ranks).height >= height;
    if (higher == kEnough) return static_cast<double>(kEnough) / static_cast<double>(drawn);
  }
  return static_cast<double>(higher + 1) / static_cast<double>(orders + 1);
}

double DistanceFromMedian(std::span<const double> values) {
  const double median = Median({values.begin(), values.end()});
  double sum = 0.0;
  for (const double value : values) sum += std::fabs(value - median);
  return sum;
}

// Ranks know that there is a step better than where it is: next to it, a value that is
// nearly as low as the lower ones costs them nothing.
std::size_t PlaceStep(std::span<const double> values) {
  std::size_t best = kSide;
  double least = INFINITY;
  for (std::size_t k = kSide; k + kSide <= values.size(); ++k) {
    const double sum = DistanceFromMedian(values.first(k)) + DistanceFromMedian(values.subspan(k));
    if (sum >= least) continue;
    least = sum;
    best = k;
  }
  return best;
}

// The changes of one stretch, none, one or two; places within it.
std::vector<LevelChange> SearchStretch(std::span<const double> values, double level,
                                       std::size_t orders, RandomStream& random) {
  if (values.size() < 2 * kSide || LeastChangeLevel(values.size()) > level) return {};
  const std::vector<double> ranks = CentredRanks(values);
  const Peak step = FindStep(ranks);
  if (step.height == 0.0) return {};  // all values are equal
  const double step_p = 2.0 * PeakP(ranks, step.height, FindStep, orders, random);
  if (step_p <= level) return {{PlaceStep(values), step_p}};
  const Peak arc = FindArc(ranks);
  if (arc.height == 0.0) return {};
  const double arc_p = 2.0 * PeakP(ranks, arc.height, FindArc, orders, random);
  if (arc_p > level) return {};
  const std::size_t begin = PlaceStep(values.first(arc.end));
  return {{begin, arc_p}, {begin + PlaceStep(values.subspan(begin)), arc_p}};
}

}  // namespace

std::vector<LevelChange> FindLevelChanges(std::span<const double> values, double level,
                                          std::size_t orders, std::uint64_t series) {
  struct Stretch {
    std::size_t begin, end;
    double level;
  };
  RandomStream random(0, Stream::kBootstrap, series);
  std::vector<LevelChange> changes;
  std::vector<Stretch> stretches = {{0, values.size(), level}};
  while (!stretches.empty()) {
    const Stretch stretch = stretches.back();
    stretches.pop_back();
    const std::vector<LevelChange> found = SearchStretch(
        values.subspan(stretch.begin, stretch.end - stretch.begin), stretch.level, orders, random);
    if (found.empty()) continue;
    std::size_t begin = stretch.begin;
    for (const LevelChange& each : found) {
      const std::size_t place = stretch.begin + each.begin;
      changes.push_back({place, each.p});
      stretches.push_back({begin, place, 0.5 * stretch.level});
      begin = place;
    }
    stretches.push_back({begin, stretch.end, 0.5 * stretch.level});
  }
  std::sort(changes.begin(), changes.end(),
            [](const LevelChange& x, const LevelChange& y) { return x.begin < y.begin; });
  return changes;
}

double LeastChangeLevel(std::size_t n) {
  // Two orders in all put the smaller half first or last; and there are two searches.
  double halves = 1.0;
  for (std::size_t i = 1; i <= n / 2; ++i) {
    halves *= static_cast<double>(n - i + 1) / static_cast<double>(i);
  }
  return std::min(1.0, 4.0 / halves);
}

}  // namespace lanegrad
