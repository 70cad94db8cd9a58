// SPDX-License-Identifier: Apache-2.0
#include "experiments/verdicts/pair_verdicts.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "experiments/report/text_table.h"

namespace lanegrad {

Verdict VerdictOf(const SeedPairs& pairs) {
  return pairs.above()   ? Verdict::kSupported
         : pairs.below() ? Verdict::kNotSupported
                         : Verdict::kNotDecided;
}

Verdict VerdictOf(const std::vector<SeedPairs>& family) {
  const auto above = std::count_if(family.begin(), family.end(), std::mem_fn(&SeedPairs::above));
  const bool below = std::any_of(family.begin(), family.end(), std::mem_fn(&SeedPairs::below));
  if (above > 0 && above == static_cast<std::ptrdiff_t>(family.size())) return Verdict::kSupported;
  return above > 0 ? Verdict::kQualified : below ? Verdict::kNotSupported : Verdict::kNotDecided;
}

std::string NamesOf(const std::vector<SeedPairs>& family, bool (SeedPairs::*which)() const) {
  std::string names;
  for (const SeedPairs& each : family) {
    if ((each.*which)()) names += (names.empty() ? "" : ", ") + each.name;
  }
  return names.empty() ? "none" : names;
}

std::string PointsText(const PairedComparison& found) {
  const auto points = [](double value) {
    return UnsignedZero(fmt::format("{:+.2f}", 100.0 * value));
  };
  return fmt::format("{} points (95 % interval {} to {})", points(found.difference),
                     points(found.interval.low), points(found.interval.high));
}

Verdict ByCount(std::size_t count, std::size_t all) {
  return all == 0       ? Verdict::kNotDecided
         : count == all ? Verdict::kSupported
         : count > 0    ? Verdict::kQualified
                        : Verdict::kNotSupported;
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
