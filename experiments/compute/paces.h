/// @file
/// What chapter 5.1 measures of speed: by instruction set, threads, width and batch; and energy.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPUTE_PACES_H_
#define LANEGRAD_EXPERIMENTS_COMPUTE_PACES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "experiments/compute/budgets.h"
#include "experiments/forward_ladder/pace.h"
#include "experiments/records/measurement.h"

namespace lanegrad {

/// Median, least and greatest of some rounds.
Pace PaceOf(std::vector<double> rounds);

/// Trains and evaluates 784-`width`-10 on every target that the build has and the machine runs, the
/// slowest first, in turns. Values: the `loss` of the training and its `digest`. Machine: their
/// names in `targets`, divided by blanks; of each, `NAME_train` and `NAME_forward`, samples a
/// second with `_low` and `_high`, and `NAME_differs`: 1 where its digest is another one, else 0.
void MeasureTargets(const ComputeScale& scale, std::size_t width, Measurement& row);

/// Trains and evaluates 784-`width`-10 in batches of 256 on 1, 2, 4, ... and all threads, in turns.
/// Values: `multiply_adds` a sample. Machine: lists `team`, `train`, `forward` (samples a second),
/// and `gain`, `gain_low`, `gain_high` of training on all threads over one.
void MeasureThreads(const ComputeScale& scale, std::size_t width, Measurement& row);

/// One thread. Values: `multiply_adds` and `bytes` of a step of `batch` samples. Machine: `train`
/// and `forward` in samples a second with `_low` and `_high`; `train_flops`, and `peak_flops` and
/// `read_bytes` a second, the bounds of MeasureRoof().
void MeasureShape(const ComputeScale& scale, std::size_t width, std::size_t batch,
                  Measurement& row);

/// Trains 784-`width`-10 in batches of 256 on one thread and on all. Values: `multiply_adds` a
/// sample. Machine: `counters` of energy there are, `team`, and lists `one` and `all` of samples a
/// joule, a round each; 0 where there are no counters.
void MeasureEnergy(const ComputeScale& scale, std::size_t width, Measurement& row);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPUTE_PACES_H_
