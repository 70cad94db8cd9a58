/// @file
/// Merging: the records of several shards or machines in one file.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RECORDS_MERGE_H_
#define LANEGRAD_EXPERIMENTS_RECORDS_MERGE_H_

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace lanegrad {

/// What came of a merge.
struct MergeResult {
  std::size_t had = 0;               ///< Records that the target had before.
  std::size_t added = 0;             ///< New ones.
  std::size_t equal = 0;             ///< Left out: there already, with the same digest.
  std::vector<std::string> notices;  ///< Lines that were damaged, a line each.
};

/// Adds the records of `sources` (directories of results, or record files) to those of
/// `directory`, which may be absent or have records of its own. Of several records of
/// one key the first is kept, but that of a run that ended comes behind that of one that ran out of
/// time, and counts. The sources are only read, and damaged lines in them left
/// out. All is added or nothing: throws DataError, before anything is written, where a
/// source has no records or two records of one key have different digests; WriteError.
MergeResult MergeRecords(std::span<const std::filesystem::path> sources,
                         const std::filesystem::path& directory);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RECORDS_MERGE_H_
