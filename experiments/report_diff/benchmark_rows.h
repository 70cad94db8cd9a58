/// @file
/// What Google Benchmark wrote, row by row, whatever the format and the version.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_DIFF_BENCHMARK_ROWS_H_
#define LANEGRAD_EXPERIMENTS_REPORT_DIFF_BENCHMARK_ROWS_H_

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lanegrad {

/// Which of the two times of a benchmark is compared.
enum class BenchmarkTime {
  kReal,  ///< By the clock on the wall (or what the benchmark itself measured).
  kCpu,   ///< Of the processor, of the thread that calls.
};

/// One row: a repetition, or a number made of several.
struct BenchmarkRow {
  std::string name;                       ///< Of the benchmark, as far as the row says.
  bool typed = false;                     ///< The row says itself whether it is an aggregate.
  std::string aggregate;                  ///< "mean", "BigO", ...; empty: a repetition.
  std::optional<std::size_t> family;      ///< Which registration of the program.
  std::optional<std::size_t> instance;    ///< Which arguments of that.
  std::optional<std::size_t> repetition;  ///< Which repetition, from 0.
  std::size_t repetitions = 0;            ///< Of how many; 0: not said.
  double iterations = 0.0;                ///< Of the loop; of an aggregate, its repetitions.
  double nanoseconds = std::numeric_limits<double>::quiet_NaN();  ///< NaN: none.
  std::string failure;  ///< What the benchmark said where it gave up.
  std::string odd;      ///< Why there is no time to compare; empty: there is.
};

/// All that was written.
struct BenchmarkRows {
  std::vector<BenchmarkRow> rows;                             ///< In their order.
  std::vector<std::pair<std::string, std::string>> identity;  ///< Of machine and build.
  std::string source;                                         ///< Git id where known.
  double load = std::numeric_limits<double>::quiet_NaN();     ///< NaN: not known.
  std::vector<std::string> warnings;                          ///< What was left out.
};

/// Reads JSON, with the bare NaN and Infinity that Google Benchmark writes, or CSV, with
/// or without the lines of context before it. A byte order mark and lines before the first
/// brace are read over. A row that makes no sense says so in `odd` and costs no other.
/// `name` stands in messages. Throws DataError, with line and column where it is damaged.
BenchmarkRows ParseBenchmarkRows(std::string_view text, std::string_view name, BenchmarkTime time);

/// ParseBenchmarkRows() of text that begins with the brace, `before` being what was read
/// over; of text that begins with the heading of the columns.
BenchmarkRows ParseBenchmarkJson(std::string_view text, std::string_view before,
                                 std::string_view name, BenchmarkTime time);
BenchmarkRows ParseBenchmarkCsv(std::string_view text, std::string_view before,
                                std::string_view name, BenchmarkTime time);  ///< Likewise.

/// Text of a file as one line of UTF-8: other bytes are replaced, breaks written as \\n.
std::string OneLine(std::string_view text);

/// Gives the row its time, `value` being in `unit`; or the reason why that is none.
void SetTime(BenchmarkRow& row, std::optional<double> value, std::string_view unit);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_DIFF_BENCHMARK_ROWS_H_
