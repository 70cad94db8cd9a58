// SPDX-License-Identifier: Apache-2.0
#include "experiments/stopping/condition.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lanegrad {
namespace {

// What is watched after an epoch, so that less is better.
double Badness(Watched watched, const EpochMetrics& epoch) {
  switch (watched) {
    case Watched::kTrainingLoss:
      return epoch.train_loss;
    case Watched::kTrainingAccuracy:
      return -epoch.train_accuracy;
    case Watched::kHeldOutLoss:
      return epoch.validation_loss.value_or(0.0);
    case Watched::kHeldOutAccuracy:
      return -epoch.validation_accuracy.value_or(0.0);
    case Watched::kNothing:
      break;
  }
  return 0.0;
}

bool IsAccuracy(Watched watched) {
  return watched == Watched::kTrainingAccuracy || watched == Watched::kHeldOutAccuracy;
}

// The best mean of kWindow neighbours, or of all where there are fewer; NaN of none.
double BestWindow(std::span<const double> test) {
  const std::size_t size = std::min(kWindow, test.size());
  double best = NAN;
  for (std::size_t first = 0; first + size <= test.size() && size > 0; ++first) {
    double sum = 0.0;
    for (std::size_t i = first; i < first + size; ++i) sum += test[i];
    const double mean = sum / static_cast<double>(size);
    if (!(best >= mean)) best = mean;
  }
  return best;
}

}  // namespace

std::vector<Condition> Conditions(std::size_t epochs) {
  std::vector<Condition> all;
  const auto add = [&](std::string name, Rule rule, Watched watched, double number,
                       bool keep_best = false) {
    all.push_back({.name = std::move(name),
                   .rule = rule,
                   .watched = watched,
                   .number = number,
                   .keep_best = keep_best});
  };
  for (const double loss : {0.5, 0.2, 0.05, 0.01}) {
    add(fmt::format("training loss at most {}", loss), Rule::kThreshold, Watched::kTrainingLoss,
        loss);
  }
  for (const double share : {0.9, 0.99}) {
    add(fmt::format("training accuracy at least {:.0f} %", 100.0 * share), Rule::kThreshold,
        Watched::kTrainingAccuracy, share);
  }
  for (const double share : {0.5, 0.8}) {
    add(fmt::format("held-out accuracy at least {:.0f} %", 100.0 * share), Rule::kThreshold,
        Watched::kHeldOutAccuracy, share);
  }
  for (const double share : {0.05, 0.01}) {
    add(fmt::format("training loss changes by less than {:.0f} %", 100.0 * share), Rule::kChange,
        Watched::kTrainingLoss, share);
    add(fmt::format("held-out loss changes by less than {:.0f} %", 100.0 * share), Rule::kChange,
        Watched::kHeldOutLoss, share);
  }
  add("training loss, patience 10", Rule::kPatience, Watched::kTrainingLoss, 10.0, true);
  for (const double patience : {1.0, 3.0, 10.0}) {
    add(fmt::format("held-out loss, patience {}", patience), Rule::kPatience, Watched::kHeldOutLoss,
        patience, true);
  }
  add("held-out loss, patience 10, last weights", Rule::kPatience, Watched::kHeldOutLoss, 10.0);
  for (const double patience : {1.0, 3.0, 10.0}) {
    add(fmt::format("held-out accuracy, patience {}", patience), Rule::kPatience,
        Watched::kHeldOutAccuracy, patience, true);
  }
  for (const double share : {0.05, 0.2}) {
    add(fmt::format("held-out loss {:.0f} % above its least", 100.0 * share), Rule::kRise,
        Watched::kHeldOutLoss, share, true);
  }
  for (const std::size_t part : {20u, 5u, 1u}) {
    const std::size_t budget = std::max<std::size_t>(1, epochs / part);
    add(fmt::format("{} epochs", budget), Rule::kBudget, Watched::kNothing,
        static_cast<double>(budget));
  }
  return all;
}

// [replay]
Stop Replay(const Condition& condition, std::span<const EpochMetrics> history) {
  std::size_t best = 0;  // epoch, from 0
  Stop stop;
  for (std::size_t e = 0; e < history.size() && stop.epoch == 0; ++e) {
    const double now = Badness(condition.watched, history[e]);
    const double before = e == 0 ? HUGE_VAL : Badness(condition.watched, history[e - 1]);
    if (now < Badness(condition.watched, history[best])) best = e;
    const double least = Badness(condition.watched, history[best]);
    bool met = false;
    switch (condition.rule) {
      case Rule::kThreshold:
        met = now <= (IsAccuracy(condition.watched) ? -condition.number : condition.number);
        break;
      case Rule::kPatience:
        met = static_cast<double>(e - best) >= condition.number;
        break;
      case Rule::kChange:
        met = e > 0 && std::fabs(now - before) < condition.number * std::fabs(before);
        break;
      case Rule::kRise:
        met = now > (1.0 + condition.number) * least;
        break;
      case Rule::kBudget:
        met = static_cast<double>(e + 1) >= condition.number;
        break;
    }
    if (met) stop.epoch = e + 1;
  }
  const std::size_t last = stop.epoch == 0 ? history.size() : stop.epoch;
  stop.kept = condition.keep_best ? best + 1 : last;
  return stop;
}
// [replay]

// [judge-stop]
StopOutcome JudgeStop(const Stop& stop, std::span<const double> test) {
  StopOutcome outcome = {.stop = stop};
  if (stop.kept == 0 || stop.kept > test.size()) return outcome;  // nothing was trained
  const std::size_t end = stop.epoch == 0 ? test.size() : std::min(stop.epoch, test.size());
  outcome.accuracy = test[stop.kept - 1];
  const double after = BestWindow(test.subspan(end));
  const double before = BestWindow(test.first(end));
  if (after > outcome.accuracy) outcome.gain = after - outcome.accuracy;
  if (before > outcome.accuracy) outcome.lost = before - outcome.accuracy;
  return outcome;
}
// [judge-stop]

}  // namespace lanegrad
