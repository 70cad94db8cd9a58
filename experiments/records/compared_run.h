/// @file
/// One recorded run, as statistics and figures see it: epoch by epoch, with a value at
/// every epoch also where it diverged or stopped early.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RECORDS_COMPARED_RUN_H_
#define LANEGRAD_EXPERIMENTS_RECORDS_COMPARED_RUN_H_

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "experiments/records/outcome.h"
#include "experiments/records/run_record.h"
#include "experiments/records/score.h"

namespace lanegrad {

/// A number that every epoch of a run has.
struct Metric {
  std::string_view key;   ///< Its member in a record's epochs; the stem of figures.
  std::string_view name;  ///< For people.
  bool share;             ///< A score, like an accuracy: larger is better. Else a loss.
};

/// How many metrics there are.
inline constexpr std::size_t kMetrics = 4;

/// All of them; the first is what rates are chosen by. Of a regression R2 is what elsewhere
/// accuracy is.
std::span<const Metric, kMetrics> Metrics(Score score = Score::kAccuracy);

/// One run.
struct ComparedRun {
  std::uint64_t seed = 0;                            ///< Seed.
  std::size_t fold = 0;                              ///< In cross-validation, from 1; else 0.
  bool folds_are_shared = true;                      ///< Whether folds are the same for all seeds.
  double test_over_train = 0.0;                      ///< In cross-validation, of samples; else 0.
  Score score = Score::kAccuracy;                    ///< What "accuracy" is here.
  Outcome outcome = Outcome::kOk;                    ///< What became of it.
  double chance = 0.0;                               ///< The accuracy of guessing.
  std::vector<std::array<double, kMetrics>> epochs;  ///< By epoch, then metric.
  double held_out = 0.0;     ///< Accuracy on held-out samples at its end; diverged: chance.
  double test = NAN;         ///< Accuracy on test samples; diverged: chance; NaN: not tested.
  std::size_t steps = 0;     ///< Steps taken.
  std::size_t bad_step = 0;  ///< Where it diverged: the first step that was not finite.
  std::size_t steps_per_epoch = 0;  ///< Steps of a whole epoch.
  double seconds = 0.0;             ///< Wall clock of its training. Decides nothing.

  /// Whether it diverged or ran out of time: from there on it counts as guessing.
  bool broken_off() const {
    return outcome == Outcome::kDiverged || outcome == Outcome::kOutOfTime;
  }
  /// A metric after `epoch` (from 0). After its last epoch a run that was broken off is at chance,
  /// or at an infinite loss; one that stopped keeps what it had.
  double At(std::size_t metric, std::size_t epoch) const;
};

/// The run of a record. `chance` is the accuracy of guessing. Where nothing was held out, the
/// accuracy on training samples stands for that on held-out ones.
ComparedRun ViewRun(const RunRecord& record, double chance);

/// The accuracy of guessing for a record: 1 over the outputs of its network, 1/2 for one; of a
/// regression 0, the R2 of naming the mean.
double ChanceOf(const RunRecord& record);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RECORDS_COMPARED_RUN_H_
