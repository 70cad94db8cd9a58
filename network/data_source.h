/// @file
/// Where data come from: all that a command line says of it, and reading it.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_DATA_SOURCE_H_
#define LANEGRAD_NETWORK_DATA_SOURCE_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "network/data_table.h"
#include "network/dataset.h"

namespace lanegrad {

/// The share of a table that is test samples where nobody says anything.
inline constexpr double kUsualTestShare = 0.2;

/// Where data come from.
struct DataSource {
  std::string data;                       ///< Directory of IDX files, synthetic set, or table.
  TableFormat table = {};                 ///< Of tables.
  std::optional<double> test_share = {};  ///< Of a table: its samples for the end.
  std::string test_data = {};             ///< A table of its own for them; empty: none.
  std::string validation_data = {};       ///< Directory or table to choose by; empty: none.
  /// Whether all samples of the table are for training: in cross-validation its folds test.
  bool whole = false;

  /// Whether anything was said that only tables have.
  bool of_table() const;
};

/// One thing that can be said of a source besides `data`: a flag of programs, a key of grid files.
struct DataSourceField {
  std::string_view name;  ///< Flag without dashes, and key.
  std::string_view help;  ///< One line.
  /// Sets it. Throws UsageError where the text cannot be meant.
  void (*set)(DataSource&, const std::string& text);
  /// Its text where nobody says anything.
  std::string (*get)(const DataSource&);
  bool number = false;  ///< Whether the text is a number.
  bool list = false;    ///< Whether it names several things, parted by commas.
};

/// All of them, in the order of help.
std::span<const DataSourceField> DataSourceFields();

/// Whether `data` is a file, which is read as a table, and no directory or name.
bool IsTable(const std::string& data);

/// Reads it. Of a table without test samples of its own, `test_share` of its samples are moved
/// to the test set: random ones, always the same, of each class as many as its share
/// (MoveToTest()). Throws DataError for data that cannot be used, UsageError for what makes no
/// sense with them.
Dataset LoadData(const DataSource& source);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_DATA_SOURCE_H_
