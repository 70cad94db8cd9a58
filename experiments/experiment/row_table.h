/// @file
/// Rows of an experiment as a table for people.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPERIMENT_ROW_TABLE_H_
#define LANEGRAD_EXPERIMENTS_EXPERIMENT_ROW_TABLE_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"

namespace lanegrad {

/// A column of such a table.
struct RowColumn {
  std::string_view field;          ///< A setting, a value, what depends on the machine, or "seed".
  std::string_view heading;        ///< Above it.
  std::string_view format = "{}";  ///< Of numbers, as fmt reads it: "{:.4f}", "{:.1f} %".
  double scale = 1.0;              ///< Numbers are multiplied by it: 100 for per cent.
  std::string_view help = "";      ///< What it means, in a sentence.
};

/// The number `field` of a row, wherever it stands in it. Throws DataError where it is absent.
double NumberOf(const Measurement& row, std::string_view field);

/// A line a row, in order. A field that a row lacks is left empty.
NamedTable RowTable(std::string_view name, std::string_view caption,
                    std::span<const Measurement> rows, const std::vector<RowColumn>& columns);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPERIMENT_ROW_TABLE_H_
