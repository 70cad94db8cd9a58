/// @file
/// What the experiment of chapter 1 measures: a network before, while and after it learns.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_FIRST_LEARNING_FIRST_LEARNING_H_
#define LANEGRAD_EXPERIMENTS_FIRST_LEARNING_FIRST_LEARNING_H_

#include <cstddef>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "network/dataset.h"

namespace lanegrad {

/// How much a profile does.
struct FirstScale {
  std::size_t train = 0;       ///< Pictures to learn from.
  std::size_t held_out = 0;    ///< Pictures to choose the rate by.
  std::size_t test = 0;        ///< Pictures to be judged by.
  std::size_t epochs = 1;      ///< Passes through the pictures.
  std::size_t tune_seeds = 1;  ///< Trainings at each rate.
  std::size_t seeds = 1;       ///< Random repetitions.
  std::size_t threads = 1;     ///< Trainings at once.
};

/// That of a profile.
FirstScale FirstScaleOf(const Scope& scope);

/// Share of wrong labels among ten classes at which a label says nothing: each class is then as
/// likely as any other, whatever is in the picture.
inline constexpr double kByLot = 0.9;

/// The share of test samples whose class is that of the nearest mean picture, of the means over the
/// training samples of each class; of equal distances the first. No network, and nothing but
/// averages. Cost: classes x features a sample.
double MeanPictureAccuracy(const Dataset& data);

/// Trains a network with right labels (`noise` 0) or with labels drawn by lot (kByLot), a seed
/// each, and keeps: test accuracy `before` the first step and `after` the last, of each epoch as
/// the mean of seeds (`epoch`) and after the `first` one; accuracy on the labels it was `taught`.
/// Both kinds have the same rate, the best for right labels on held-out pictures.
void MeasureFirstLearning(const FirstScale& scale, double noise, Measurement& row);

/// MeanPictureAccuracy() of the same pictures, a seed each: `after`.
void MeasureMeanPictures(const FirstScale& scale, Measurement& row);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_FIRST_LEARNING_FIRST_LEARNING_H_
