/// @file
/// How a comparison is shown: figures, ranked table, report.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPARISON_REPORT_H_
#define LANEGRAD_EXPERIMENTS_COMPARISON_REPORT_H_

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "experiments/comparison.h"
#include "experiments/figure.h"
#include "experiments/text_table.h"

namespace lanegrad {

/// What was compared and how, for titles and for the section on reproduction.
struct ComparisonFacts {
  std::string data;                  ///< Name of the data set.
  std::string checksum;              ///< Of the data.
  std::string command;               ///< That makes the same again.
  std::string duration;              ///< Wall clock, in words; empty: not known.
  std::size_t tune_seeds = 0;        ///< Seeds a rate was tried with.
  std::size_t final_seeds = 0;       ///< Fresh seeds at the best rate.
  std::vector<Axis> grid;            ///< The axes.
  std::vector<std::string> notices;  ///< What was repaired, for a warning box.
};

/// Held-out accuracy over learning rate: a panel for each value of the second axis
/// (loss), a curve for each of the first (activation), bands over seeds.
LineFigure RateFigure(const std::vector<ComparisonCell>& cells, const ComparisonFacts& facts);

/// The same as a table of colours: a row a cell, a column a rate.
HeatMap RateMap(const std::vector<ComparisonCell>& cells, const ComparisonFacts& facts);

/// Test accuracy of each cell at its best rate, with its interval, best first.
DotFigure RankFigure(const std::vector<ComparisonCell>& ranked, const ComparisonFacts& facts);

/// The ranked table.
Table RankTable(const std::vector<ComparisonCell>& ranked, const ComparisonFacts& facts);

/// A digest over the digests of all records, by growing key, so that the order in
/// which they were finished does not matter: one line to compare two machines by.
std::string JointDigest(std::span<const Json> records);

/// Writes report.html, the ranking as CSV and every figure as SVG, CSV and
/// Vega-Lite into `directory`. `cells` are in grid order, `ranked` by rank,
/// `records` all that the report speaks of. Throws WriteError.
void WriteComparisonReport(const std::filesystem::path& directory,
                           const std::vector<ComparisonCell>& cells,
                           const std::vector<ComparisonCell>& ranked, std::span<const Json> records,
                           const ComparisonFacts& facts);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPARISON_REPORT_H_
