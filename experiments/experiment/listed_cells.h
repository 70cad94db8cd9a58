/// @file
/// Cells that a file lists one by one: the rows of somebody's table, run again and held against
/// what was published.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPERIMENT_LISTED_CELLS_H_
#define LANEGRAD_EXPERIMENTS_EXPERIMENT_LISTED_CELLS_H_

#include <string>
#include <vector>

#include "experiments/comparison/protocol.h"
#include "experiments/records/run_record.h"
#include "experiments/records/score.h"
#include "experiments/report/figure.h"
#include "experiments/report/text_table.h"
#include "experiments/runs/grid_file.h"
#include "experiments/runs/runner.h"
#include "experiments/statistics/conformity.h"

namespace lanegrad {

/// What came of one listed cell.
struct CellOutcome {
  const ListedCell* cell;       ///< As the file has it.
  std::vector<double> test;     ///< Test accuracy, one a seed; a diverged run counts as guessing.
  std::size_t diverged = 0;     ///< How many did.
  std::size_t out_of_time = 0;  ///< How many reached a time limit; they count as guessing, too.
  std::string chosen = {};      ///< What was best of what was tried: "rate 0.1"; empty: no search.
  /// ConformityName(); "not judged" where a run was out of time; empty: nothing was published.
  std::string conformity = {};
  bool missed = false;  ///< Whether it differs from what was published.
};

/// The runs that choose, in each cell, the settings that `protocol.search` names: cell by cell, by
/// what is tried, by seed, `protocol.tune_seeds` each; they read no test sample. None where nothing
/// is searched for. Throws UsageError, which begins with the cell's name, also for a cell that
/// states what is searched for.
std::vector<PlannedRun> PlanListedSearch(const Protocol& protocol,
                                         const std::vector<ListedCell>& cells, const Dataset& data);

/// The cells with what `records`, those of `plan` in its order, chose: the highest mean score on
/// held-out samples, of equals the first. The cells as they are where the plan is empty.
std::vector<ListedCell> ChooseListed(const Protocol& protocol, std::vector<ListedCell> cells,
                                     const std::vector<PlannedRun>& plan,
                                     const PlanRecords& records, double chance);

/// The runs of the cells as they stand, cell by cell, by seed, `protocol.final_seeds` each. Throws
/// UsageError, which begins with the cell's name.
std::vector<PlannedRun> PlanListed(const Protocol& protocol, const std::vector<ListedCell>& cells,
                                   const Dataset& data);

/// What came of them; `records` are those of the plan, in its order.
std::vector<CellOutcome> JudgeListed(const std::vector<ListedCell>& cells,
                                     const PlanRecords& records, double chance);

/// A line a cell: published, ours with interval, difference, class; and what was chosen, where
/// anything was.
Table ListedTable(const std::vector<CellOutcome>& outcomes, Score score);

/// Ours with their seeds beside what was published.
DotFigure ListedFigure(const std::vector<CellOutcome>& outcomes, const std::string& source,
                       Score score);

/// The digest over all runs, by their keys.
std::string DigestOfListed(const PlanRecords& records);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPERIMENT_LISTED_CELLS_H_
