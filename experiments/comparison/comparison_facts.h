/// @file
/// What was compared and how: what a report must know besides the records. Most of it can be
/// read off the records, so that a report can be made from them alone.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPARISON_COMPARISON_FACTS_H_
#define LANEGRAD_EXPERIMENTS_COMPARISON_COMPARISON_FACTS_H_

#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "experiments/comparison/comparison.h"

namespace lanegrad {

/// What was compared and how, for titles and for the section on reproduction.
struct ComparisonFacts {
  std::string data;                        ///< Name of the data set.
  std::string checksum;                    ///< Of the data.
  std::string command;                     ///< That makes the same again; empty: not known.
  std::string duration;                    ///< Wall clock, in words; empty: not known.
  std::size_t tune_seeds = 0;              ///< Seeds a rate was tried with.
  std::size_t final_seeds = 0;             ///< Fresh seeds at the best rate.
  std::size_t folds = 0;                   ///< Of cross-validation, each with all seeds; 0: none.
  Score score = Score::kAccuracy;          ///< What is compared.
  std::vector<Axis> grid;                  ///< The axes.
  std::vector<std::string> searched = {};  ///< What was searched for; empty: the rate, an axis.
  std::vector<std::string> notices;        ///< What was repaired, for a warning box.
  double chance = NAN;  ///< Accuracy of guessing; NaN: by the outputs (ChanceOf).
  double target = NAN;  ///< For the time to a target; NaN: what half of the cells reach.
};

/// The facts that the tuning records tell: data, seeds, and the grid. Its axes are the
/// settings that vary, but for those that follow from others, such as the output activation
/// from the loss. Values are in order of appearance; rates grow. At least one record.
ComparisonFacts FactsOfRecords(std::span<const RunRecord> records);

/// The cells of a comparison, twice: in the order of the grid, and by rank.
struct Comparison {
  std::vector<ComparisonCell> cells;   ///< In grid order, so that colours stay where they are.
  std::vector<ComparisonCell> ranked;  ///< The same, by rank.
};

/// Makes the comparison of records, told apart by their phase. Of several with one key the
/// last counts. `facts.chance` and `facts.target` are filled in where they are NaN, `facts.folds`
/// and `facts.score` from the records.
Comparison MakeComparison(std::span<const RunRecord> records, ComparisonFacts& facts);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPARISON_COMPARISON_FACTS_H_
