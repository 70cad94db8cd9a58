/// @file
/// Section 2.3: who gives credit to hidden units, and how well they learn by it.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LIKENESS_CREDIT_H_
#define LANEGRAD_EXPERIMENTS_LIKENESS_CREDIT_H_

#include <memory>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/likeness/trials.h"

namespace lanegrad {

/// Adds a row a contender: accuracy on held-out samples by rate, and the rate that is chosen.
void AddRateTasks(const std::shared_ptr<Trials>& trials, std::vector<Task>& tasks);
/// Adds a row of one seed: every contender's test accuracy, and the angles of its error signals.
void AddTrainedTask(const std::shared_ptr<Trials>& trials, std::uint64_t seed,
                    std::vector<Task>& tasks);

/// Whether frozen hidden layers reach most of the accuracy.
Finding FrozenReachesMost(const Evidence& evidence);
/// Whether hidden layers learn by fixed random feedback, and how well.
Finding RandomFeedbackSuffices(const Evidence& evidence);
/// The same of feedback straight from the outputs.
Finding DirectFeedbackSuffices(const Evidence& evidence);
/// Whether it does so with relu, too.
Finding AnyActivationWillDo(const Evidence& evidence);
/// Whether feedback that is redrawn at every step teaches nothing.
Finding RedrawnTeachesNothing(const Evidence& evidence);
/// Whether the signals of feedback alignment come to point down the gradient.
Finding SignalsAlign(const Evidence& evidence);
/// Whether feedback that learns beside the weights is as good as the weights.
Finding KolenPollackMatches(const Evidence& evidence);
/// Whether feedback that mirrors the weights by noise is as good as the weights.
Finding WeightMirrorMatches(const Evidence& evidence);

/// Test accuracies of rules and controls.
Figure CreditFigure(const Evidence& evidence);
/// Angles of error signals to those of back-propagation, by epoch.
Figure AngleFigure(const Evidence& evidence);
/// Every rule with what it needs and what it reaches.
NamedTable CreditTable(const Evidence& evidence);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LIKENESS_CREDIT_H_
