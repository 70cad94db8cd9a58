// SPDX-License-Identifier: Apache-2.0
#include "experiments/trials/pair_verdicts.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "experiments/statistics/statistics.h"

namespace lanegrad {

Verdict ByCount(std::size_t count, std::size_t all) {
  return all == 0       ? Verdict::kNotDecided
         : count == all ? Verdict::kSupported
         : count > 0    ? Verdict::kQualified
                        : Verdict::kNotSupported;
}

Verdict ByOne(const SeedPairs& pairs) {
  return pairs.above()   ? Verdict::kSupported
         : pairs.below() ? Verdict::kNotSupported
                         : Verdict::kNotDecided;
}

Verdict ByFamily(const std::vector<SeedPairs>& family) {
  const auto above = std::count_if(family.begin(), family.end(), std::mem_fn(&SeedPairs::above));
  const auto below = std::count_if(family.begin(), family.end(), std::mem_fn(&SeedPairs::below));
  return family.empty()                                        ? Verdict::kNotDecided
         : above == static_cast<std::ptrdiff_t>(family.size()) ? Verdict::kSupported
         : above > 0                                           ? Verdict::kQualified
         : below > 0                                           ? Verdict::kNotSupported
                                                               : Verdict::kNotDecided;
}

std::string InPoints(const PairedComparison& found) {
  return fmt::format("{:+.2f} points (95 % interval {:+.2f} to {:+.2f})", 100.0 * found.difference,
                     100.0 * found.interval.low, 100.0 * found.interval.high);
}

std::string NamesOf(const std::vector<SeedPairs>& family, bool (SeedPairs::*which)() const) {
  std::string names;
  for (const SeedPairs& each : family) {
    if ((each.*which)()) names += (names.empty() ? "" : ", ") + each.name;
  }
  return names.empty() ? "none" : names;
}

DotRow SeedDots(std::string label, std::string group, const std::vector<double>& seeds) {
  const Interval interval = MeanInterval(seeds);
  return {.label = std::move(label),
          .group = std::move(group),
          .value = Mean(seeds),
          .low = interval.low,
          .high = interval.high,
          .points = seeds,
          .text = {},
          .note = {}};
}

LinePoint SeedPoint(double x, const std::vector<double>& seeds) {
  const Interval interval = MeanInterval(seeds);
  return {.x = x, .y = Mean(seeds), .low = interval.low, .high = interval.high, .note = {}};
}

}  // namespace lanegrad
