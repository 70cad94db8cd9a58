/// @file
/// Tables as data: a row a sample, its columns numbers to learn from, and one to be learned: a
/// class, or a number.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_DATA_TABLE_H_
#define LANEGRAD_NETWORK_DATA_TABLE_H_

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "network/dataset.h"

namespace lanegrad {

/// What the columns of a table are, as a command line says it.
struct TableFormat {
  /// The column to be learned, by its name or its number from 1; or a file of one column, a line a
  /// sample. Empty: the last column.
  std::string target = {};
  std::string task = "auto";       ///< "classes", "numbers", or "auto": by the target's values.
  std::string delimiter = "auto";  ///< A character, "tab", "blank", or "auto".
  std::string header = "auto";     ///< "yes", "none", "skip" (pass over the first line), "auto".
  std::string leave_out = {};      ///< Columns that are no inputs, by name or number: "id,date".
  /// Columns whose values are names of kinds, each of which becomes an input: "colour,4".
  std::string one_hot = {};
};

/// Whole numbers are taken for classes where a target has at most so many different ones.
inline constexpr std::size_t kMostGuessedClasses = 20;
/// A label is one byte.
inline constexpr std::size_t kMostClassesOfTable = 256;
/// A column of kinds has at most so many: one with more is rather a name of every sample.
inline constexpr std::size_t kMostKinds = 256;

/// The samples of a table.
struct DataTable {
  Samples samples;                       ///< Inputs are Samples::values.
  std::size_t classes = 0;               ///< 1 where the target is a number.
  std::vector<std::string> class_names;  ///< Numbers by value, else texts in the order of bytes.
  /// Names of the inputs, those of their columns, "column 3" where these have none; of columns of
  /// kinds "colour=red".
  std::vector<std::string> inputs;
  /// Of every column of inputs, in order, its kinds; of numbers none.
  std::vector<std::vector<std::string>> kinds;
  std::string target;       ///< Name of the column to be learned.
  std::size_t columns = 0;  ///< Of the file, with those that are left out.
};

/// Reads a table from memory (csv.h); `name` stands in messages.
///
/// Header: "auto" takes the first line for names where none of its fields is a number. Numbers are
/// what C writes, with a point; correctly rounded to float. The target is a class where a value of
/// it is no number, or where all are whole numbers and at most kMostGuessedClasses differ; `task`
/// decides otherwise. Classes are numbered by growing value, or where one is no number in
/// the order of their bytes.
///
/// Inputs are numbers, but for columns of `one_hot`: each of their kinds, ordered as classes are,
/// is an input that is 1 where a sample is of the kind, else 0. No kind is left out, and the order
/// of inputs is otherwise that of the columns.
///
/// `like`, where not null, is a table that came before: columns must be as many and called the
/// same, the task, the classes and
/// the kinds are its. `targets` is the content of a file that the target is
/// read from, called `format.target`; empty: a column of the table.
///
/// Throws DataError with line and column for a missing value (an empty field, NA, NaN, null, ?),
/// for a text among inputs, for numbers that no float holds, for a class or a kind that `like`
/// lacks, for more than kMostClassesOfTable classes or kMostKinds kinds; and for columns that are
/// not there. Cost: one read.
DataTable ParseTable(std::string_view content, const TableFormat& format, std::string_view name,
                     const DataTable* like = nullptr, std::string_view targets = {});

/// Reads a file, through gzip where it is compressed, and that of `format.target` where this names
/// one.
DataTable ReadTable(const std::filesystem::path& path, const TableFormat& format,
                    const DataTable* like = nullptr);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_DATA_TABLE_H_
