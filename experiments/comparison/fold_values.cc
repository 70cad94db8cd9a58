// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison/fold_values.h"

#include <algorithm>
#include <map>
#include <set>

#include "experiments/statistics/resampled.h"
#include "network/folds.h"

namespace lanegrad {

Interval FoldValues::MeanInterval() const { return CorrectedMeanInterval(values, test_over_train); }

double FoldValues::ZeroMeanP() const { return CorrectedZeroMeanP(values, test_over_train); }

FoldValues ByFold(std::span<const ComparedRun* const> runs, std::span<const double> values) {
  FoldValues folded;
  std::map<std::size_t, std::vector<double>> by_fold;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    folded.test_over_train = std::max(folded.test_over_train, runs[i]->test_over_train);
    by_fold[runs[i]->folds_are_shared ? runs[i]->fold : i + 1].push_back(values[i]);
  }
  if (folded.test_over_train == 0.0) return {.values = {values.begin(), values.end()}};
  for (const auto& [fold, each] : by_fold) folded.values.push_back(Mean(each));
  return folded;
}

const char* PairedBy(std::size_t folds) { return folds == 0 ? "seed" : "fold and seed"; }

void LevelFolds(std::vector<RunRecord>& records) {
  std::set<std::size_t> samples;
  for (const RunRecord& record : records) {
    if (record.settings.fold != kNoFold) samples.insert(record.settings.samples);
  }
  for (RunRecord& record : records) {
    if (record.settings.fold == kNoFold || record.settings.samples == 0) continue;
    if (samples.count(record.settings.samples - 1) > 0) --record.settings.samples;
  }
}

}  // namespace lanegrad
