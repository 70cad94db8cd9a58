// SPDX-License-Identifier: Apache-2.0
#include "experiments/records/compared_run.h"

#include <algorithm>
#include <limits>

#include "network/folds.h"

namespace lanegrad {
namespace {

constexpr std::array<Metric, kMetrics> kAll = {{
    {"validation_accuracy", "accuracy on held-out samples", true},
    {"train_loss", "training loss", false},
    {"validation_loss", "loss on held-out samples", false},
    {"train_accuracy", "training accuracy", true},
}};

// The same of a regression.
constexpr std::array<Metric, kMetrics> kOfNumbers = {{
    {"validation_r2", "R² on held-out samples", true},
    {"train_loss", "training loss", false},
    {"validation_loss", "loss on held-out samples", false},
    {"train_r2", "R² on training samples", true},
}};

}  // namespace

std::span<const Metric, kMetrics> Metrics(Score score) {
  return score == Score::kR2 ? kOfNumbers : kAll;
}

double ComparedRun::At(std::size_t metric, std::size_t epoch) const {
  const double failed = kAll[metric].share ? chance : std::numeric_limits<double>::infinity();
  if (epoch < epochs.size()) {
    const double value = epochs[epoch][metric];
    return std::isfinite(value) ? value : failed;
  }
  if (broken_off() || epochs.empty()) return failed;
  return epochs.back()[metric];
}

ComparedRun ViewRun(const RunRecord& record, double chance) {
  ComparedRun run;
  run.seed = record.settings.seed;
  const Fold fold = ReadFold(record.settings.fold);
  run.fold = fold.number;
  run.folds_are_shared =
      record.settings.split_seed.has_value() || record.settings.split != "random";
  if (fold.of > 0 && record.settings.samples > 0) {
    // A run that chose a rate read no test sample: its fold is as large as those of others.
    const double test = record.test_samples > 0 ? static_cast<double>(record.test_samples)
                                                : static_cast<double>(record.settings.samples) /
                                                      static_cast<double>(fold.of - 1);
    run.test_over_train = test / static_cast<double>(record.settings.samples);
  }
  run.score = ScoreOf(record);
  run.outcome = OutcomeOf(record, chance);
  run.chance = chance;
  // In the order of Metrics(). Where nothing is held out, training samples stand for it.
  for (const EpochMetrics& epoch : record.epochs) {
    run.epochs.push_back({epoch.validation_accuracy.value_or(epoch.train_accuracy),
                          epoch.train_loss, epoch.validation_loss.value_or(epoch.train_loss),
                          epoch.train_accuracy});
  }
  const bool diverged = run.broken_off();
  run.held_out = diverged || run.epochs.empty() ? chance : run.epochs.back()[0];
  if (record.test_accuracy) run.test = diverged ? chance : *record.test_accuracy;
  // A run that diverged or ran out of time may have been stopped before it could read the test set.
  if (diverged && record.phase == "final") run.test = chance;
  run.steps = record.steps;
  run.bad_step = record.bad_step;
  const std::size_t batch = std::max<std::size_t>(1, record.settings.batch);
  run.steps_per_epoch = (record.settings.samples + batch - 1) / batch;
  run.seconds = record.seconds;
  return run;
}

double ChanceOf(const RunRecord& record) {
  if (ScoreOf(record) == Score::kR2) return 0.0;
  return 1.0 / static_cast<double>(std::max<std::size_t>(2, record.settings.layers.back()));
}

}  // namespace lanegrad
