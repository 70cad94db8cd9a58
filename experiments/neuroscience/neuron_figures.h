/// @file
/// The figures of the experiment on section 2.2, from its rows.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_NEUROSCIENCE_NEURON_FIGURES_H_
#define LANEGRAD_EXPERIMENTS_NEUROSCIENCE_NEURON_FIGURES_H_

#include "experiments/experiment/experiment.h"

namespace lanegrad {

/// The voltage of a neuron in time, a panel an input.
Figure TraceFigure(const Evidence& evidence);
/// The rate against a constant input, simulated and by formula.
Figure RateFigure(const Evidence& evidence);
/// The errors of voltage and rate against the step, a curve a way to integrate.
Figure OrderFigure(const Evidence& evidence);
/// The rate against a noisy input, simulated and by Siegert's formula, a panel a deviation.
Figure NoiseFigure(const Evidence& evidence);
/// The rate in time after the input has doubled, a curve a way to regulate it.
Figure RegulationFigure(const Evidence& evidence);
/// The states of a few units in time, a panel a gain.
Figure UnitsFigure(const Evidence& evidence);
/// The distance of two neighbours in time, a panel a gain.
Figure PartingFigure(const Evidence& evidence);
/// The largest Lyapunov exponent against the gain, a curve a size.
Figure LyapunovFigure(const Evidence& evidence);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_NEUROSCIENCE_NEURON_FIGURES_H_
