/// @file
/// What the experiment of chapter 3.5 measures: a function a series, each fills one row.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_DESCENT_MEASURES_H_
#define LANEGRAD_EXPERIMENTS_DESCENT_MEASURES_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "experiments/records/measurement.h"
#include "network/dataset.h"
#include "network/settings.h"

namespace lanegrad {

/// How much a profile does.
struct DescentScale {
  std::size_t train = 0;        ///< Samples that a network learns from.
  std::size_t held_out = 0;     ///< Samples that rates are chosen by.
  std::size_t test = 0;         ///< Samples that it is judged by, once.
  std::size_t epochs = 1;       ///< Passes.
  std::size_t trials = 1;       ///< Random rates of a search.
  std::size_t rates = 2;        ///< Of an even grid over five decades.
  std::size_t tune_seeds = 1;   ///< Seeds that a rate of a grid is tried with.
  std::size_t whole = 1;        ///< Samples of full-batch descent.
  std::size_t steps = 1;        ///< Steps of full-batch descent.
  std::size_t levels = 2;       ///< Weights, orders and splits that are drawn.
  std::size_t long_epochs = 1;  ///< Passes at most, where a condition is to end the training.
  std::size_t seeds = 1;        ///< Random repetitions.
  std::size_t threads = 1;      ///< Trainings at once.
};

/// What the trainings of one plan share: their sizes, and the samples, read when first needed.
class DescentPlan {
 public:
  explicit DescentPlan(const DescentScale& scale) : scale_(scale) {}  ///< Of such sizes.
  const DescentScale& scale() const { return scale_; }                ///< How much is done.
  /// train + held_out training samples and test samples of Fashion-MNIST.
  const Dataset& data();
  /// 784-64-10, plain descent in batches of 32, seed 1, on such samples.
  Settings Base() const;
  /// The rate of a batch of `kBaseBatch` that is best by the tuning seeds, as a power of two.
  int BaseExponent();
  /// Where the rules for batch sizes begin.
  static constexpr std::size_t kBaseBatch = 16;
  static constexpr int kLeastExponent = -10;  ///< Of the powers of two tried as rates of batches.
  static constexpr int kLargestExponent = 3;  ///< The last of them.

 private:
  DescentScale scale_;
  std::optional<Dataset> data_;
  std::optional<int> base_exponent_;
};

/// On bowls of ten coordinates: the measured limit of the rate, as multiples of the theory's.
void MeasureBowlLimit(const DescentScale& scale, double momentum, Measurement& row);
/// The loss of a bowl step by step, as shares of the first, at `multiple` times 2 / lambda, and
/// what the theory says it is at most.
void MeasureBowlPath(double multiple, Measurement& row);
/// The same of a network by full-batch descent: the median over the seeds.
void MeasureNetworkPath(const DescentScale& scale, double multiple, Measurement& row);
/// At which multiples of the limit of its first weights a network still learns.
void MeasureNetworkLimit(const DescentScale& scale, double momentum, Measurement& row);
/// The largest curvature during full-batch descent at `rate`.
void MeasureStability(const DescentScale& scale, double rate, Measurement& row);
/// A range test, and where the rate that it suggests leads.
void MeasureRangeTest(DescentPlan& plan, Measurement& row);
/// Held-out accuracy at every rate of a grid.
void MeasurePlateau(DescentPlan& plan, const std::string& activation, const std::string& loss,
                    Measurement& row);
/// A search among random rates between `low` and `high`, and fresh seeds at the best.
void MeasureSearch(DescentPlan& plan, const Settings& settings, double low, double high,
                   Measurement& row);
/// The best rate of a batch size, and where the rules of thumb lead.
void MeasureBatch(DescentPlan& plan, std::size_t batch, Measurement& row);
/// Where a condition ends a training: "none", "loss 0.2", "patience 5", "accuracy 0.8".
void MeasureStopping(DescentPlan& plan, const std::string& condition, double noise,
                     Measurement& row);
/// Accuracies of every combination of initial weights and order, for samples drawn with `split`.
void MeasureSeeds(DescentPlan& plan, std::uint64_t split, Measurement& row);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_DESCENT_MEASURES_H_
