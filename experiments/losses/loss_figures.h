/// @file
/// The figures and tables of experiment 3.4.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LOSSES_LOSS_FIGURES_H_
#define LANEGRAD_EXPERIMENTS_LOSSES_LOSS_FIGURES_H_

#include <vector>

#include "experiments/experiment/experiment.h"

namespace lanegrad {

/// All figures, in the order of the chapter.
std::vector<Figure (*)(const Evidence&)> LossFigures();
/// Those of single outputs and of lines, in that order.
std::vector<Figure (*)(const Evidence&)> OutputFigures();
/// Those of trainings on images.
std::vector<Figure (*)(const Evidence&)> ImageFigures();
/// All tables.
std::vector<NamedTable (*)(const Evidence&)> LossTables();

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LOSSES_LOSS_FIGURES_H_
