// SPDX-License-Identifier: Apache-2.0
#include "experiments/compute/budgets.h"

#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <utility>

#include "experiments/compute/workload.h"
#include "experiments/records/numbered.h"
#include "experiments/trials/rate_search.h"
#include "experiments/trials/trainings.h"
#include "network/dataset.h"
#include "network/run_result.h"

namespace lanegrad {
namespace {

// The samples of a profile, drawn once: every network is offered the same pool.
const Dataset& Pool(std::size_t train, std::size_t tests) {
  static std::mutex mutex;
  static std::map<std::pair<std::size_t, std::size_t>, std::unique_ptr<Dataset>> drawn;
  const std::lock_guard lock(mutex);
  std::unique_ptr<Dataset>& data = drawn[{train, tests}];
  if (data == nullptr) data = std::make_unique<Dataset>(Draw(FashionMnist(), train, tests, 1));
  return *data;
}

RunResult TrainOnce(Settings settings, const Trial& trial, const Dataset& data, bool test) {
  settings.rate = trial.rate;
  settings.seed = trial.seed;
  return TrainAll(std::span(&settings, 1), data, 1, test).front();
}

RateSearch SearchOf(const ComputeScale& scale) {
  return {.rates = scale.rates,
          .tune_seeds = scale.tune_seeds,
          .final_seeds = scale.seeds,
          .threads = scale.threads};
}

std::vector<double> Column(const std::vector<std::vector<double>>& finals, std::size_t at) {
  std::vector<double> column;
  for (const std::vector<double>& each : finals) {
    if (at < each.size()) column.push_back(each[at]);
  }
  return column;
}

}  // namespace

// [budget]
void MeasureBudget(const ComputeScale& scale, double work, std::size_t width, Measurement& row) {
  const Dataset& data = Pool(scale.pool + scale.held_out, scale.tests);
  const Passes passes = PassesFor(work, width, scale.pool);
  Settings settings = ComputeSettings(width, 0.0f);
  settings.samples = passes.samples;
  settings.epochs = passes.epochs;
  settings.validation = scale.held_out;
  settings.schedule = "cosine";  // falls to zero however short the training
  const RateSearchResult found = SearchRate(SearchOf(scale), [&](const Trial& trial) {
    const RunResult result = TrainOnce(settings, trial, data, trial.final);
    return std::vector{trial.final ? TestAccuracy(result, data) : HeldOutAccuracy(result, data)};
  });
  row.values.Set("samples", static_cast<double>(passes.samples));
  row.values.Set("epochs", static_cast<double>(passes.epochs));
  row.values.Set("rate", static_cast<double>(scale.rates[found.best]));
  row.values.Set("held_out", found.tuning[found.best]);
  SetNumbers(row.values, "final", Column(found.finals, 0));
}
// [budget]

// [reach]
void MeasureReach(const ComputeScale& scale, std::size_t width, Measurement& row) {
  const Dataset& data = Pool(scale.pool + scale.held_out, scale.tests);
  Settings settings = ComputeSettings(width, 0.0f);
  settings.samples = scale.reach_samples;
  settings.epochs = scale.reach_epochs;
  settings.validation = scale.held_out;
  settings.stop_accuracy = scale.level;
  const RateSearchResult found = SearchRate(SearchOf(scale), [&](const Trial& trial) {
    const RunResult result = TrainOnce(settings, trial, data, /*test=*/false);
    const bool reached = result.status == Status::kStopped;
    const std::size_t epochs = reached ? result.epochs.size() : scale.reach_epochs;
    const double samples = static_cast<double>(epochs * scale.reach_samples);
    // Of the trials, the one that needs the fewest samples is the best.
    return trial.final ? std::vector{samples, reached ? 1.0 : 0.0, result.train_seconds}
                       : std::vector{-samples};
  });
  double reached = 0.0;
  for (const double each : Column(found.finals, 1)) reached += each;
  row.values.Set("rate", static_cast<double>(scale.rates[found.best]));
  row.values.Set("reached", reached);
  SetNumbers(row.values, "samples", Column(found.finals, 0));
  SetNumbers(row.machine, "seconds", Column(found.finals, 2));
}
// [reach]

}  // namespace lanegrad
