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
  std::string conformity = {};  ///< ConformityName(), or empty where nothing was published.
  bool missed = false;          ///< Whether it differs from what was published.
};

/// The runs of the cells, cell by cell, by seed, `protocol.final_seeds` each. No rate is tuned:
/// a cell has the one that it states. Throws UsageError, which begins with the cell's name.
std::vector<PlannedRun> PlanListed(const Protocol& protocol, const std::vector<ListedCell>& cells,
                                   const Dataset& data);

/// What came of them; `records` are those of the plan, in its order.
std::vector<CellOutcome> JudgeListed(const std::vector<ListedCell>& cells,
                                     const PlanRecords& records, double chance);

/// A line a cell: published, ours with interval, difference, class.
Table ListedTable(const std::vector<CellOutcome>& outcomes);

/// Ours with their seeds beside what was published.
DotFigure ListedFigure(const std::vector<CellOutcome>& outcomes, const std::string& source);

/// The digest over all runs, by their keys.
std::string DigestOfListed(const PlanRecords& records);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPERIMENT_LISTED_CELLS_H_
