// SPDX-License-Identifier: Apache-2.0
#include "experiments/trials/rate_search.h"

#include "experiments/trials/side_by_side.h"

namespace lanegrad {

RateSearchResult SearchRate(const RateSearch& search, const TrialNumbers& train) {
  const std::size_t seeds = search.tune_seeds;
  std::vector<double> held_out(search.rates.size() * seeds);
  SideBySide(held_out.size(), search.threads, [&](std::size_t i) {
    held_out[i] =
        train({.rate = search.rates[i / seeds], .seed = 1 + i % seeds, .final = false}).front();
  });
  RateSearchResult result;
  for (std::size_t rate = 0; rate < search.rates.size(); ++rate) {
    double sum = 0.0;
    for (std::size_t seed = 0; seed < seeds; ++seed) sum += held_out[rate * seeds + seed];
    result.tuning.push_back(sum / static_cast<double>(seeds));
    if (result.tuning[rate] > result.tuning[result.best]) result.best = rate;
  }
  result.finals.resize(search.final_seeds);
  SideBySide(result.finals.size(), search.threads, [&](std::size_t i) {
    result.finals[i] =
        train({.rate = search.rates[result.best], .seed = kFirstFinalSeed + i, .final = true});
  });
  return result;
}

}  // namespace lanegrad
