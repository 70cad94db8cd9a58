/// @file
/// What became of a run: learned, stuck, or diverged. The class is kept in every
/// statistic; no run is left out because of it.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RECORDS_OUTCOME_H_
#define LANEGRAD_EXPERIMENTS_RECORDS_OUTCOME_H_

#include <cstddef>
#include <string_view>

#include "experiments/records/run_record.h"

namespace lanegrad {

/// What became of a run.
enum class Outcome {
  kOk,         ///< It learned something.
  kStuck,      ///< Its accuracy cannot be told from guessing.
  kDiverged,   ///< A loss or a weight was no longer finite. Counts as chance.
  kOutOfTime,  ///< A time limit ended it. Counts as chance: how far it got says the machine.
};

/// "ok", "stuck", "diverged" or "out of time".
std::string_view OutcomeName(Outcome outcome);

/// How many runs of a group ended how.
struct OutcomeCounts {
  std::size_t ok = 0;           ///< Learned.
  std::size_t stuck = 0;        ///< Stayed at chance.
  std::size_t diverged = 0;     ///< Left the finite numbers.
  std::size_t out_of_time = 0;  ///< Were ended by a time limit.
  /// One more run.
  void Add(Outcome outcome);
  /// All of another group.
  void Add(const OutcomeCounts& other);
  /// Runs in all.
  std::size_t all() const { return ok + stuck + diverged + out_of_time; }
  /// Runs that count as having learned nothing.
  std::size_t failed() const { return stuck + diverged + out_of_time; }
};

/// Whether `accuracy` over so many samples could be guessing: the probability that
/// guessing at `chance` does as well or better is above 1 in 1,000 (the exact binomial
/// tail). Always so for no samples.
bool IsLikeChance(double accuracy, std::size_t samples, double chance);

/// The class of a recorded run. What its `health` says counts, where the record has it;
/// else it diverged where its status says so, and is stuck where the accuracy of its last
/// epoch on held-out samples (on training samples, where none are held out) is like chance.
Outcome OutcomeOf(const RunRecord& record, double chance);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RECORDS_OUTCOME_H_
