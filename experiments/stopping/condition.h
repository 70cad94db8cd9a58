/// @file
/// Conditions that end a training, replayed on the history of one that went on.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_STOPPING_CONDITION_H_
#define LANEGRAD_EXPERIMENTS_STOPPING_CONDITION_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "network/run_result.h"

namespace lanegrad {

/// What a condition looks at, after each epoch.
enum class Watched { kTrainingLoss, kTrainingAccuracy, kHeldOutLoss, kHeldOutAccuracy, kNothing };

/// How it decides.
enum class Rule {
  kThreshold,  ///< The loss is at most `number`, or the accuracy at least.
  kPatience,   ///< `number` epochs in a row have brought nothing better. [Prechelt 1998]
  kChange,     ///< It has changed by less than the share `number` of what it was.
  kRise,       ///< The loss is more than the share `number` above its least. [Prechelt 1998, GL]
  kBudget,     ///< `number` epochs are done.
};

/// A condition.
struct Condition {
  std::string name;                     ///< "held-out loss, patience 3".
  Rule rule = Rule::kBudget;            ///< How it decides.
  Watched watched = Watched::kNothing;  ///< What it looks at.
  double number = 0.0;                  ///< Of the rule.
  bool keep_best = false;               ///< Ends with the weights of the best epoch watched.
};

/// All that are compared, with budgets in parts of `epochs`.
std::vector<Condition> Conditions(std::size_t epochs);

/// Where a condition ends a training.
struct Stop {
  std::size_t epoch = 0;  ///< The last epoch, from 1; 0: it is never met.
  std::size_t kept = 0;   ///< Whose weights are kept, from 1.
};

/// Where `condition` would have ended a training with this history. Where it is never met, the
/// weights kept are those of the last epoch, or the best one.
Stop Replay(const Condition& condition, std::span<const EpochMetrics> history);

/// So many epochs are looked at together when it is asked what more training would bring.
inline constexpr std::size_t kWindow = 5;
/// A difference of test accuracy that matters: two points.
inline constexpr double kMatters = 0.02;

/// What came of a stop.
struct StopOutcome {
  Stop stop;              ///< Where.
  double accuracy = 0.0;  ///< Test accuracy of the weights kept.
  double gain = 0.0;      ///< What more training would have brought; 0: nothing.
  double lost = 0.0;      ///< What less training would have brought; 0: nothing.
};

/// Judges a stop by the test accuracies of all epochs: by the best mean of kWindow epochs in a row
/// after the stop, and before it. Where fewer are there, by their mean.
StopOutcome JudgeStop(const Stop& stop, std::span<const double> test);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_STOPPING_CONDITION_H_
