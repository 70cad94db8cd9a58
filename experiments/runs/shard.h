/// @file
/// Shards: a plan divided among machines.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RUNS_SHARD_H_
#define LANEGRAD_EXPERIMENTS_RUNS_SHARD_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace lanegrad {

/// One of `count` parts of a plan. The parts are disjoint, together they are the
/// plan, and no two differ by more than one run: run `i` is in part i mod count.
/// Neighbouring runs, which are alike, go to different parts.
struct Shard {
  std::size_t index = 1;  ///< From 1.
  std::size_t count = 1;  ///< 1: everything.
  /// Whether run `i` of a plan belongs to it.
  bool Has(std::size_t i) const { return i % count == index - 1; }
};

/// Reads "2/3". Throws UsageError.
Shard ParseShard(std::string_view text);

/// What a user does when a shard has done its part, as lines of text: merge, then which
/// command. `command` is the one that ran it, `output` its directory; `final`: whether
/// its final runs are done too.
std::string NextSteps(const Shard& shard, std::string_view command, std::string_view output,
                      bool final);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RUNS_SHARD_H_
