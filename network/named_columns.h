/// @file
/// Columns of a table of comma-separated values by name or number, and what stands in them.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_NAMED_COLUMNS_H_
#define LANEGRAD_NETWORK_NAMED_COLUMNS_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "network/csv.h"
#include "network/data_table.h"

namespace lanegrad {

/// The number that a text is; none where it is something else. Infinite where a double cannot hold
/// it; 0 where it is too small for one.
std::optional<double> NumberIn(std::string_view text);

/// What is shown of a text in a message: 40 bytes at most, without control characters.
std::string ShownText(std::string_view text);

/// Rows of samples, with the names of their columns. Errors name file, line and column.
class NamedColumns {
 public:
  /// Reads `content` as `format` has it. `file` stands in messages, and `content` must outlive
  /// this. Throws what ParseCsv() does, UsageError for words of the format that are none, and
  /// DataError where there is no row below the names.
  NamedColumns(std::string_view content, const TableFormat& format, std::string_view file);

  /// What stands in messages.
  const std::string& file() const { return file_; }
  /// Whether the first line has names.
  bool has_header() const { return has_header_; }
  /// Of the columns: as the first line has them, or "column 3".
  const std::vector<std::string>& names() const { return names_; }
  /// Samples.
  std::size_t count() const { return csv_.rows() - (has_header_ ? 1 : 0); }
  /// Columns.
  std::size_t columns() const { return csv_.columns; }
  /// The line of the file that the table begins in.
  std::size_t first_line() const { return csv_.fields.front().line; }

  /// The column that `text` means, by name or by number from 1. Throws DataError where there is
  /// none such; `what` asks for it.
  std::size_t Require(std::string_view what, std::string_view text) const;
  /// The columns of a list with commas: "id,3".
  std::set<std::size_t> RequireAll(std::string_view what, const std::string& list) const;

  /// The texts of a column that are no numbers and say of no missing value: each once.
  std::set<std::string_view> Texts(std::size_t column) const;
  /// What a field has. Throws DataError where it is empty, or says that its value is missing.
  std::string_view Present(std::size_t sample, std::size_t column) const;
  /// The number that a field has. Throws DataError where it is none that a float holds; what
  /// `otherwise` says is the advice where no other one fits.
  float Number(std::size_t sample, std::size_t column,
               const std::function<std::string()>& otherwise) const;
  /// Throws DataError with the place of a field.
  [[noreturn]] void Refuse(std::size_t sample, std::size_t column, std::string_view what) const;

 private:
  bool FirstIsHeader() const;
  const CsvField& At(std::size_t sample, std::size_t column) const {
    return csv_.At((has_header_ ? 1 : 0) + sample, column);
  }
  std::optional<std::size_t> Find(std::string_view text) const;

  std::string file_;
  Csv csv_;
  bool has_header_ = false;
  std::vector<std::string> names_;
};

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_NAMED_COLUMNS_H_
