/// @file
/// A comparison in tables: the ranking, and what failed.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPARISON_COMPARISON_TABLE_H_
#define LANEGRAD_EXPERIMENTS_COMPARISON_COMPARISON_TABLE_H_

#include <string>
#include <vector>

#include "experiments/comparison/comparison_facts.h"
#include "experiments/report/text_table.h"

namespace lanegrad {

/// The ranking: test accuracy, paired difference to the best, verdict, failures. Where `columns`
/// is not 0, it is for a terminal of so many, and says less in shorter words if there is no room.
Table RankTable(const std::vector<ComparisonCell>& ranked, const ComparisonFacts& facts,
                std::size_t columns = 0);

/// What else is known of each cell: median, the bootstrap's interval, p value, probability of
/// exceeding the best, how its runs ended.
Table RankDetailTable(const std::vector<ComparisonCell>& ranked, const ComparisonFacts& facts);

/// Both as CSV with plain numbers, which pandas and R read as they are.
std::string RankCsv(const std::vector<ComparisonCell>& ranked, const ComparisonFacts& facts);

/// What failed: a line for each cell, rate and phase with a run that learned nothing, with
/// the seeds it failed with.
Table FailureTable(const std::vector<ComparisonCell>& cells, const ComparisonFacts& facts);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPARISON_COMPARISON_TABLE_H_
