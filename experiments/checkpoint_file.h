/// @file
/// A checkpoint on disk: written whole or not at all, and found again.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CHECKPOINT_FILE_H_
#define LANEGRAD_EXPERIMENTS_CHECKPOINT_FILE_H_

#include <filesystem>

#include "network/checkpoint.h"

namespace lanegrad {

/// Writes a checkpoint: to a temporary neighbour, which is synced and renamed, and then
/// the directory is synced. Whoever is killed meanwhile leaves the file as it was, or as
/// it should be. Throws WriteError.
void SaveCheckpoint(const std::filesystem::path& path, const Checkpoint& checkpoint);

/// Removes what processes that were killed while they wrote `path` have left beside it.
void SweepPartialFiles(const std::filesystem::path& path);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CHECKPOINT_FILE_H_
