/// @file
/// What chapter 8 counts in the article's list of references, and what it draws and lists of it.
/// The claims are in experiments/08_references.cc.
///
/// Three series of rows: `entry` (one of the list: which fields it prints, which are right),
/// `origin` (an idea of the article, and whether the list has the work that it comes from) and
/// `citations` (how many citations a section of the text has).
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REFERENCES_REFERENCE_TASKS_H_
#define LANEGRAD_EXPERIMENTS_REFERENCES_REFERENCE_TASKS_H_

#include <string>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"

namespace lanegrad {

/// All tasks of the chapter. They take no time, so every profile has all of them.
std::vector<Task> ReferenceTasks(const Scope& scope);

/// How often a field is printed, and how often it is right.
struct FieldCount {
  std::size_t printed = 0;  ///< In so many entries that stand for a work.
  std::size_t right = 0;    ///< Of these.
};

/// The name of one of kComparedFields for readers: "arXiv".
std::string FieldText(std::string_view field);

/// The count of one of kComparedFields.
FieldCount CountOf(const Evidence& evidence, std::string_view field);

/// How many entries have a value of 1.
std::size_t EntriesWith(const Evidence& evidence, std::string_view value);

/// Every entry over the work that it names: right, wrong, or of no work.
Figure EntriesFigure(const Evidence& evidence);
/// The share that is right of what is printed, field by field.
Figure FieldsFigure(const Evidence& evidence);

/// Each work once: its entries, and what is wrong with them.
NamedTable WorksTable(const Evidence& evidence);
/// Each field once: printed, right, wrong.
NamedTable FieldsTable(const Evidence& evidence);
/// Each idea once: where it comes from, and whether the list has it.
NamedTable OriginsTable(const Evidence& evidence);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REFERENCES_REFERENCE_TASKS_H_
