/// @file
/// Training with a rule of credit other than back-propagation, or under a wiring.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_NEUROSCIENCE_CREDIT_TRAINING_H_
#define LANEGRAD_EXPERIMENTS_NEUROSCIENCE_CREDIT_TRAINING_H_

#include <cstddef>
#include <vector>

#include "experiments/neuroscience/feedback_alignment.h"
#include "experiments/neuroscience/wiring.h"
#include "network/dataset.h"
#include "network/settings.h"

namespace lanegrad {

/// What of a network is looked at between two epochs.
struct CreditProbe {
  std::vector<double> signal;  ///< SignalCosine() with back-propagation, a hidden layer each.
  std::vector<double> weight;  ///< Feedback::AlignmentWith(), a hidden layer each.
};

/// What came of a training.
struct CreditRun {
  Network network;  ///< As it ended.
  std::vector<CreditProbe>
      probes;                   ///< Before the first epoch and after each; empty: not asked for.
  std::size_t connections = 0;  ///< Weights that exist.
};

/// Trains by stochastic gradient descent with the error signals of `rule`, in the order of samples
/// and from the weights that Train() takes with the same settings: back-propagation without wiring
/// ends with the same bits. Of the settings it reads layers, activation, loss, rate, schedule (of
/// those that look at no losses), warmup, l2, batch, epochs, seed, samples, validation and
/// initializer; a rule's own l2 is added. Where `probe` is
/// not 0, the first so many training samples are the probe. One thread. Throws as Train().
CreditRun TrainWithCredit(const Settings& settings, const Dataset& data, CreditRule rule,
                          const Wiring& wiring = {}, std::size_t probe = 0);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_NEUROSCIENCE_CREDIT_TRAINING_H_
