/// @file
/// Tables and lines for a terminal that may be too narrow for them. Nothing is left out.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_FITTED_TABLE_H_
#define LANEGRAD_EXPERIMENTS_REPORT_FITTED_TABLE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "experiments/report/text_table.h"

namespace lanegrad {

/// The table for a terminal of so many columns; 0: as wide as it is. Where it is too wide, what is
/// the same in all of several rows is said once, above it. Where that does not help, each row
/// becomes a paragraph: what stands before its first number and its last cell, then the others,
/// each after the name of its column.
std::string FittedTable(const Table& table, std::size_t columns);

/// A table's caption and, below it, FittedTable().
std::string CaptionedTable(const Table& table, std::size_t columns);

/// `text` behind `head`, in lines of at most so many columns that all begin below its first word,
/// or, where a word such as a path would not fit there, in lines below the head; a word that is
/// longer still has a line of its own. 0: in one line. Ends with a line break.
std::string HangingText(std::string_view head, std::string_view text, std::size_t columns);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_FITTED_TABLE_H_
