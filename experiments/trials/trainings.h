/// @file
/// Many trainings side by side, at rates that are tried, and what is read off their scores.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_TRIALS_TRAININGS_H_
#define LANEGRAD_EXPERIMENTS_TRIALS_TRAININGS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "network/dataset.h"
#include "network/initial_weights.h"
#include "network/run_result.h"
#include "network/settings.h"

namespace lanegrad {

/// Fashion-MNIST, read once. Throws DataError where it is absent, or is not what Debian's package
/// has: values of records must be the same everywhere.
const Dataset& FashionMnist();

/// So many training and test samples of `data`, chosen at random from stream kSplit of `seed`,
/// with a checksum of their own. Throws DataError where there are not so many.
Dataset Draw(const Dataset& data, std::size_t train, std::size_t test, std::uint64_t seed);

/// The data that `make` gives, made when they are first asked for, and once: rows that are recorded
/// already ask for none. Not for several threads at a time.
std::function<const Dataset&()> MadeOnce(std::function<Dataset()> make);

/// Trains with each of `runs`, one a thread, in whatever order; `test` says whether test samples
/// are read.
std::vector<RunResult> TrainAll(std::span<const Settings> runs, const Dataset& data,
                                std::size_t threads, bool test);

/// Accuracy on held-out samples after the last epoch; a run that diverged counts as guessing.
double HeldOutAccuracy(const RunResult& result, const Dataset& data);
/// Accuracy on test samples; a run that diverged counts as guessing.
double TestAccuracy(const RunResult& result, const Dataset& data);

/// `count` rates in equal ratios from `low` to `high`, both included; at least two.
std::vector<double> EvenRates(double low, double high, std::size_t count);

/// `count` random rates, uniform in their logarithm between `low` and `high`, from stream kNoise
/// of `seed`. [Bergstra and Bengio 2012]
std::vector<double> RandomRates(double low, double high, std::size_t count, std::uint64_t seed);

/// How many decades of rates around the best one have a score of at least the best minus `slack`.
/// Between two rates the score is read off the straight line through both, over log rate. `rates`
/// grow; a plateau that reaches the first or the last is counted up to it, so that the width is at
/// least what is said.
double PlateauWidth(std::span<const double> rates, std::span<const double> scores, double slack);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_TRIALS_TRAININGS_H_
