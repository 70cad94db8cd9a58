/// @file
/// Comma-separated values: RFC 4180, and what people make of it. Rows and fields, no meaning:
/// what columns are is said in data_table.h.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_CSV_H_
#define LANEGRAD_NETWORK_CSV_H_

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lanegrad {

/// A field, and where it begins.
struct CsvField {
  std::string_view text;   ///< Without its quotes; unquoted, without blanks at its ends.
  std::size_t line = 0;    ///< From 1.
  std::size_t column = 0;  ///< Of its first byte in that line, from 1.
};

/// The fields of a file.
struct Csv {
  char delimiter = ',';            ///< Between fields.
  std::size_t columns = 0;         ///< Fields of each row.
  std::vector<CsvField> fields;    ///< Row after row.
  std::deque<std::string> quoted;  ///< Texts that are not as they stand in the file.
  /// How many rows there are.
  std::size_t rows() const { return columns == 0 ? 0 : fields.size() / columns; }
  /// A field of a row.
  const CsvField& At(std::size_t row, std::size_t column) const {
    return fields[row * columns + column];
  }
};

/// How to read it.
struct CsvFormat {
  std::optional<char> delimiter;  ///< None: guessed from the first lines.
  bool skip_first = false;        ///< Pass over the first line, whatever is in it.
};

/// Reads what `content` says; `name` stands in messages, and views in the result are of `content`,
/// which must outlive it. RFC 4180: a field may stand in quotes, with delimiters, line breaks and
/// doubled quotes in it; lines end in CR LF or LF, the last one or not. Besides: a byte-order
/// mark of UTF-8 is passed over; blanks round an unquoted field are no part of it; a delimiter of a
/// blank stands for any number of blanks. A guessed delimiter is the first of comma, semicolon,
/// tab, bar and blank that every one of the first lines has, each as often. Throws DataError with
/// line and column for rows that are not equally long, for quotes that are not as they should be,
/// for zero bytes, other encodings than UTF-8 and files without a row. Cost: one read.
Csv ParseCsv(std::string_view content, const CsvFormat& format, std::string_view name);

/// "data.csv: line 3, column 17".
std::string CsvPlace(std::string_view name, const CsvField& field);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_CSV_H_
