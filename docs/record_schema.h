/// @file
/// What a line of runs.jsonl holds, member by member, read off records.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_RECORD_SCHEMA_H_
#define LANEGRAD_DOCS_RECORD_SCHEMA_H_

#include <filesystem>
#include <string>

namespace lanegrad {

/// A Markdown table of the members of the records in a file, each once, in the order in which
/// they first come: its path, an example and what it is. Settings are described by their own
/// help. Throws WriteError for a member that nothing describes, so that none goes unexplained.
std::string RecordSchema(const std::filesystem::path& records);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_RECORD_SCHEMA_H_
