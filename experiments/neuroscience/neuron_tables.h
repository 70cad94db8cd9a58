/// @file
/// The tables of the experiment on section 2.2, from its rows.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_NEUROSCIENCE_NEURON_TABLES_H_
#define LANEGRAD_EXPERIMENTS_NEUROSCIENCE_NEURON_TABLES_H_

#include "experiments/experiment/experiment.h"

namespace lanegrad {

/// Rates by input: the formula's, and simulated ones.
NamedTable RateTable(const Evidence& evidence);
/// Errors by step, and the order with which they fall.
NamedTable OrderTable(const Evidence& evidence);
/// How the rate returns, by the speed of the threshold.
NamedTable SpeedTable(const Evidence& evidence);
/// Of how many loops each rule tells the fate, by coupling and spectral radius.
NamedTable LoopTable(const Evidence& evidence);
/// What random networks of tanh do, by size and gain.
NamedTable ChaosTable(const Evidence& evidence);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_NEUROSCIENCE_NEURON_TABLES_H_
