// SPDX-License-Identifier: Apache-2.0
#include "experiments/trials/seed_pairs.h"

#include <algorithm>
#include <cmath>

namespace lanegrad {

void JudgeTogether(std::vector<SeedPairs>& pairs) {
  std::vector<double> p;
  for (SeedPairs& each : pairs) {
    each.found = ComparePairs(each.a, each.b);
    std::vector<double> beyond = each.a;  // the margin
    for (double& value : beyond) value += each.margin;
    const double shifted = ComparePairs(beyond, each.b).p;
    p.push_back(std::isnan(shifted) ? 1.0 : shifted);  // too few seeds to say
  }
  const std::vector<double> adjusted = HolmAdjust(p);
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i].p = adjusted[i];
}

std::vector<SeedPairs> FamilyOf(std::vector<SeedPairs> pairs, std::string_view family) {
  std::erase_if(pairs, [&](const SeedPairs& each) { return each.family != family; });
  return pairs;
}

}  // namespace lanegrad
