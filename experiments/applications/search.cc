// SPDX-License-Identifier: Apache-2.0
#include "experiments/applications/search.h"

#include <cstddef>

#include "experiments/records/numbered.h"

namespace lanegrad {

void SearchInto(const ApplicationScale& scale, const LearningRecipe& recipe,
                std::span<const std::string_view> names, const TrialNumbers& train,
                Fields& fields) {
  const RateSearchResult result = SearchRate({.rates = recipe.trials,
                                              .tune_seeds = scale.tune_seeds,
                                              .final_seeds = scale.seeds,
                                              .threads = scale.threads},
                                             train);
  fields.Set("trial", recipe.trials[result.best]);
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::vector<double> list;
    for (const std::vector<double>& final : result.finals) {
      if (i < final.size()) list.push_back(final[i]);  // fewer where it was interrupted
    }
    SetNumbers(fields, names[i], list);
  }
}

std::vector<double> SumOf(std::span<const Confusion> confusions) {
  std::vector<double> sum;
  for (const Confusion& each : confusions) {
    sum.resize(each.counts.size());
    for (std::size_t i = 0; i < each.counts.size(); ++i) sum[i] += each.counts[i];
  }
  return sum;
}

}  // namespace lanegrad
