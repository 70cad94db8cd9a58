/// @file
/// Plans: every run of a comparison, decided before the first of them begins.
///
/// The protocol: for each cell (a combination of everything but rate and seed), every
/// rate is tried with the same few seeds and judged on held-out samples; the best rate
/// is run again with fresh seeds, the same for all cells, and only those runs read the
/// test set.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPARISON_PLAN_H_
#define LANEGRAD_EXPERIMENTS_COMPARISON_PLAN_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/comparison/comparison.h"
#include "experiments/comparison/protocol.h"
#include "experiments/records/record.h"
#include "experiments/records/run_record.h"
#include "experiments/runs/grid.h"
#include "experiments/runs/runner.h"
#include "network/dataset.h"

namespace lanegrad {

/// Seeds of the final runs count from here: none of them has chosen a rate.
inline constexpr std::uint64_t kFreshSeeds = 1001;

/// Cells that make no sense, for one reason.
struct IllegalCells {
  std::size_t count = 0;  ///< How many.
  std::string which;      ///< "loss=hinge, output-activation=softmax".
  std::string why;        ///< The reason, and what would be legal.
};

/// The runs that choose rates.
struct TuningPlan {
  std::vector<PlannedRun> runs;       ///< Cell by cell in grid order, by rate, by seed.
  std::size_t cells = 0;              ///< Legal ones.
  std::vector<IllegalCells> illegal;  ///< The others, by reason.
  std::vector<std::string> once;      ///< Why some legal ones are there once for several.
};

/// Plans the runs that choose rates. Runs of one cell that would be the same are there
/// once; so are cells that differ only in what has no effect with them, such as the momentum of
/// sgd: the first of them stands for all. Throws UsageError for a protocol that makes no sense
/// whatever the cell, and for an axis without effect on any.
TuningPlan PlanTuning(const Protocol& protocol, const Dataset& data);

/// Takes those cells out of a plan of which nothing is recorded, but not all of them, and returns
/// their names: a catalogue grows, and records of "activation=all" do not.
std::vector<std::string> DropUnrecorded(TuningPlan& plan, const Dataset& data,
                                        const RecordSet& records);

/// Says which cells are illegal and why: one line where there is one reason; else a line
/// for each. `remedy`, what may be done, is part of the first line.
std::string Describe(const std::vector<IllegalCells>& illegal, std::size_t legal,
                     std::string_view remedy);

/// The cells with the rates that their records choose. `records` are those of
/// `plan.runs`, in the same order, each of which there is.
std::vector<ComparisonCell> ChooseRates(const Protocol& protocol, const TuningPlan& plan,
                                        const PlanRecords& records, const Dataset& data);

/// Plans the final runs, cell by cell, by seed.
std::vector<PlannedRun> PlanFinals(const std::vector<ComparisonCell>& cells,
                                   const Protocol& protocol, const Dataset& data);

/// What is left of a comparison for one shard.
struct RemainingWork {
  PlanRecords tuned;                ///< Records of the tuning plan.
  std::vector<std::size_t> tuning;  ///< Its runs that this shard lacks.
  bool tuning_alone = true;         ///< Whether these are all that lack: nothing of another shard.
  std::vector<ComparisonCell> cells;    ///< Empty until every rate was tried.
  std::vector<PlannedRun> finals;       ///< Empty until every rate was tried.
  PlanRecords final_records;            ///< Theirs.
  std::vector<std::size_t> final_runs;  ///< Those of them that this shard lacks.
};

/// Looks at what is recorded.
RemainingWork FindRemainingWork(const Protocol& protocol, const TuningPlan& plan,
                                const Dataset& data, const RecordSet& records, const Shard& shard);

/// The accuracy that a diverged run counts as: that of guessing; of a regression the R2 of naming
/// the mean, 0.
double ChanceOf(const Dataset& data);

/// Records of runs, each of which there is, as the grid names them: each setting of an axis is what
/// was asked for, "auto" or a number, and not what it came to. Rates are what they came to. A
/// cell's records can then be told from those of another that came to the same.
std::vector<RunRecord> AsAsked(const std::vector<PlannedRun>& runs, const PlanRecords& records,
                               std::span<const Axis> grid);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPARISON_PLAN_H_
