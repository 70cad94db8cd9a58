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

/// The ranking in as many columns as a terminal has room for.
Table RankTable(const std::vector<ComparisonCell>& ranked, const ComparisonFacts& facts);

/// The ranking with everything that is known of each cell: mean, median, Student's and the
/// bootstrap's interval, probability of exceeding the first, p value, verdict, failures.
Table FullRankTable(const std::vector<ComparisonCell>& ranked, const ComparisonFacts& facts);

/// The same as CSV with plain numbers, which pandas and R read as they are.
std::string RankCsv(const std::vector<ComparisonCell>& ranked, const ComparisonFacts& facts);

/// What failed: a line for each cell, rate and phase with a run that learned nothing, with
/// the seeds it failed with.
Table FailureTable(const std::vector<ComparisonCell>& cells, const ComparisonFacts& facts);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPARISON_COMPARISON_TABLE_H_
