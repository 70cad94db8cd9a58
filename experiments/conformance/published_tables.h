/// @file
/// The tables of experiments/tables/, compiled in: networks of others, to be trained again.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CONFORMANCE_PUBLISHED_TABLES_H_
#define LANEGRAD_EXPERIMENTS_CONFORMANCE_PUBLISHED_TABLES_H_

#include <string>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/runs/grid_file.h"

namespace lanegrad {

/// A table of published accuracies.
struct PublishedTable {
  std::string name;      ///< The stem of its file.
  std::string sentence;  ///< The claim that its numbers come out again.
  GridFile file;         ///< What it says.
};

/// Every file of experiments/tables/ as it was when the program was built, by name. Throws
/// UsageError where one is in error.
const std::vector<PublishedTable>& PublishedTables();

/// The trainings of all tables, cell by cell and by seed, as `compare --grid` would run them; a
/// cell without a published number is left out. The quick profile trains on 2,000 samples for two
/// epochs, the default one as the file says, the full one with more seeds, and for up to 200
/// epochs where the file has a rule to stop. A run that diverges counts as guessing.
std::vector<Task> TrainingTasks(const Scope& scope);

/// A claim a table: its numbers come out again.
std::vector<Claim> TableClaims();

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CONFORMANCE_PUBLISHED_TABLES_H_
