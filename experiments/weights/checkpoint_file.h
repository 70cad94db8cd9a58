/// @file
/// What killed writers of a checkpoint leave beside it.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_WEIGHTS_CHECKPOINT_FILE_H_
#define LANEGRAD_EXPERIMENTS_WEIGHTS_CHECKPOINT_FILE_H_

#include <filesystem>

namespace lanegrad {

/// Removes what processes that were killed while they wrote `path` have left beside it.
void SweepPartialFiles(const std::filesystem::path& path);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_WEIGHTS_CHECKPOINT_FILE_H_
