/// @file
/// Many independent jobs on a few threads.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_TRIALS_SIDE_BY_SIDE_H_
#define LANEGRAD_EXPERIMENTS_TRIALS_SIDE_BY_SIDE_H_

#include <cstddef>
#include <functional>

namespace lanegrad {

/// Runs job(i) for 0 <= i < count on at most `threads` threads, each taking the next that is left.
/// What a job throws is rethrown. Takes no further one when interrupted.
void SideBySide(std::size_t count, std::size_t threads,
                const std::function<void(std::size_t)>& job);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_TRIALS_SIDE_BY_SIDE_H_
