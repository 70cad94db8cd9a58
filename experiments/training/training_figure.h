/// @file
/// The figures of a training. Each title states what the data show, and is made from them.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_TRAINING_TRAINING_FIGURE_H_
#define LANEGRAD_EXPERIMENTS_TRAINING_TRAINING_FIGURE_H_

#include <optional>

#include "experiments/report/figure.h"
#include "experiments/training/trained_runs.h"

namespace lanegrad {

/// More classes than this make no picture that can be read.
inline constexpr std::size_t kMostClasses = 30;

/// Accuracy, or loss, by epoch: of training samples, of held-out ones where there are any, and of
/// test samples after the last. Of several seeds the mean (of losses the median), with a band from
/// the lowest to the highest. None where no run finished an epoch.
std::optional<LineFigure> CurveFigure(const TrainedRuns& trained, bool loss);

/// What test samples of each class were taken for, in shares of the class, of all runs together.
/// None where that is not known, or of too many classes.
std::optional<HeatMap> ConfusionMap(const TrainedRuns& trained);

/// The recall of each class, the least first. None where it is not known, or of too many classes.
std::optional<DotFigure> RecallFigure(const TrainedRuns& trained);

/// The worst mistakes of the first run as pictures, at most `most`. None where samples are no
/// images, or nothing was mistaken.
std::optional<ImageFigure> MistakeFigure(const TrainedRuns& trained, std::size_t most = 20);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_TRAINING_TRAINING_FIGURE_H_
