/// @file
/// What chapter 5.1 measures of accuracy: what a budget of multiply-adds buys, and what a given
/// accuracy costs, both by width.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPUTE_BUDGETS_H_
#define LANEGRAD_EXPERIMENTS_COMPUTE_BUDGETS_H_

#include <cstddef>
#include <vector>

#include "experiments/records/measurement.h"

namespace lanegrad {

/// How much a profile does.
struct ComputeScale {
  std::vector<double> budgets;            ///< Multiply-adds of a training, growing tenfold.
  std::vector<std::size_t> widths;        ///< Hidden units, growing.
  std::vector<float> rates;               ///< Tried for everything that is compared.
  std::size_t tune_seeds = 1;             ///< Each rate is tried with so many seeds.
  std::size_t pool = 0;                   ///< Training samples there are, besides those held out.
  std::size_t held_out = 0;               ///< Samples that rates and widths are chosen by.
  std::size_t tests = 0;                  ///< Test samples.
  std::vector<std::size_t> reach_widths;  ///< Widths that train until they reach `level`.
  double level = 0.0;                     ///< Accuracy on held-out samples that is to be reached.
  std::size_t reach_samples = 0;          ///< Training samples there.
  std::size_t reach_epochs = 0;           ///< Most passes over them.
  std::size_t pace_samples = 0;           ///< Samples of a training whose pace is measured.
  std::size_t rounds = 1;                 ///< Repetitions of every pace.
  std::size_t seeds = 1;                  ///< Final seeds.
  std::size_t threads = 1;                ///< At most so many; decides no value.
};

/// Fewer samples than this are not a step, and such a network takes no part.
inline constexpr std::size_t kLeastSamples = 32;

/// Trains 784-`width`-10 for `work` multiply-adds at the best of the rates. Values: `samples` and
/// `epochs` that were bought, the `rate`, the mean accuracy `held_out` of the trials of that rate,
/// and `final` accuracies on test samples, a seed each.
void MeasureBudget(const ComputeScale& scale, double work, std::size_t width, Measurement& row);

/// Trains 784-`width`-10 until the held-out accuracy is `scale.level`, at the rate that needs the
/// fewest samples. Values: `rate`, how many of the final seeds `reached` it, and `samples` that
/// each of them saw; one that did not reach it counts with all it was allowed. Machine: `seconds`,
/// a seed each.
void MeasureReach(const ComputeScale& scale, std::size_t width, Measurement& row);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPUTE_BUDGETS_H_
