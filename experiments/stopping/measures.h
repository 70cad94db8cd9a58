/// @file
/// What the experiment of chapter 6.3 measures.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_STOPPING_MEASURES_H_
#define LANEGRAD_EXPERIMENTS_STOPPING_MEASURES_H_

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/stopping/condition.h"
#include "network/dataset.h"
#include "network/run_result.h"

namespace lanegrad {

/// How much a profile does.
struct StoppingScale {
  std::size_t train = 0;       ///< Samples that are learned from.
  std::size_t held_out = 0;    ///< Samples that are held out.
  std::size_t test = 0;        ///< Samples that stops are judged by.
  std::size_t epochs = 1;      ///< The budget.
  std::size_t tune_seeds = 1;  ///< Trainings at each rate.
  std::size_t seeds = 1;       ///< Random repetitions.
  std::size_t threads = 1;     ///< Trainings at once.
};

/// That of a profile.
StoppingScale StoppingScaleOf(const Scope& scope);

/// One kind of training.
struct TrainingCell {
  std::size_t width = 0;  ///< Hidden units.
  double noise = 0.0;     ///< Share of wrong labels, among training and held-out samples.
  /// "16 units, 30 % wrong labels".
  std::string Name() const;
};

/// The kinds that there are: small and large, with and without wrong labels.
std::vector<TrainingCell> TrainingCells();

/// The samples of a seed; a share of the labels of data.train, of which a part is held out, is
/// replaced by others.
Dataset NoisySamples(const Dataset& source, const StoppingScale& scale, double noise,
                     std::uint64_t seed);

/// Trainings through the whole budget, a kind once, on which conditions are replayed.
class StoppingPlan {
 public:
  explicit StoppingPlan(const StoppingScale& scale) : scale_(scale) {}  ///< Of such sizes.
  /// Mean curves of a kind, and its rate.
  void MeasureCurves(const TrainingCell& cell, Measurement& row);
  /// Where a condition stops trainings of a kind, and what came of it.
  void MeasureCondition(const TrainingCell& cell, const Condition& condition, Measurement& row);
  /// Test accuracy after as many epochs as patience keeps, on all samples, held-out ones included.
  void MeasureRetraining(const TrainingCell& cell, const Condition& condition, Measurement& row);

 private:
  struct Histories {
    std::vector<double> tuning;   // best held-out accuracy, a rate each
    float rate = 0.0f;            // the best
    std::vector<RunResult> runs;  // a seed each
  };
  const Histories& Of(const TrainingCell& cell);
  const StoppingScale scale_;
  std::map<std::pair<std::size_t, double>, Histories> known_;
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_STOPPING_MEASURES_H_
