/// @file
/// What the experiment of chapter 5.3 measures: a function a series, each fills one row.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LITTLE_DATA_MEASURES_H_
#define LANEGRAD_EXPERIMENTS_LITTLE_DATA_MEASURES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "experiments/little_data/methods.h"
#include "experiments/records/measurement.h"

namespace lanegrad {

/// How much a profile does.
struct LittleDataScale {
  std::vector<std::size_t> sizes;       ///< Labelled samples, growing; one size contains the last.
  std::size_t most_for_all = SIZE_MAX;  ///< Beyond, only the network, the linear model, shifts and
                                        ///< neighbours take part.
  bool brief = false;                   ///< Whether every training is short.
  std::size_t tests = 0;                ///< Test samples.
  std::size_t further = 0;              ///< Samples that a luxurious choice is made by.
  std::size_t seeds = 1;                ///< Subsets, each with its own networks.
  std::size_t threads = 1;              ///< Trainings at once.
};

/// Passes over `n` samples: fewer the more they are, but ever more steps. A multiple of kCopies.
std::size_t PassesOf(const LittleDataScale& scale, std::size_t n);

/// How many of `n` samples are held out to choose by: a fifth, at least one.
std::size_t HeldOutOf(std::size_t n);

/// For every seed: draws `n` samples, chooses among the trials of the method by a fifth of them,
/// then trains with all of them (of early stopping, without that fifth, by which it stops) from
/// other weights, and reads the test samples. Values, a seed each: `final` accuracies on test
/// samples; `held_out` accuracy of the trial that was chosen; `chosen`, its number from 0.
void MeasureMethod(const LittleDataScale& scale, const Method& method, std::size_t n,
                   Measurement& row);

/// The same of k nearest neighbours, with six k to choose from.
void MeasureNeighbours(const LittleDataScale& scale, std::size_t n, Measurement& row);
/// Which they are.
inline constexpr std::size_t kNeighbourCounts[kTrials] = {1, 3, 5, 9, 15, 25};

/// What it costs to choose by so few samples. For every seed, of the method "none", accuracies on
/// test samples: `kept`, with the rate that a fifth of the samples chooses, and trained without
/// that fifth; `luxury`, trained with all, but with the rate chosen by `scale.further` samples
/// more.
void MeasureChoice(const LittleDataScale& scale, std::size_t n, Measurement& row);

/// One training image and kCopies - 1 shifted copies of it, at most 2 pixels: `pixel`s from 0 to
/// 255.
void MeasureShifted(Measurement& row);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LITTLE_DATA_MEASURES_H_
