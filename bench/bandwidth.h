/// @file
/// The most that one thread can read, copy and fill, in each level of memory.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_BENCH_BANDWIDTH_H_
#define LANEGRAD_BENCH_BANDWIDTH_H_

#include <array>
#include <cstddef>
#include <string_view>

namespace lanegrad {

/// Levels of memory, from the core outwards.
enum class MemoryLevel : std::size_t { kL1, kL2, kL3, kDram };

/// All of them.
inline constexpr std::array kMemoryLevels = {MemoryLevel::kL1, MemoryLevel::kL2, MemoryLevel::kL3,
                                             MemoryLevel::kDram};

/// "L1", "L2", "L3", "DRAM".
std::string_view NameOf(MemoryLevel level);

/// The innermost level that holds so many bytes, by the sizes that the system tells; where it
/// tells none, by 32 KiB, 1 MiB and 32 MiB.
MemoryLevel LevelOf(double bytes);

/// What one thread moves at a level, in bytes a second; a copy of n bytes moves 2n. The best
/// of several slices, by the widest registers there are, whatever target is in force.
struct Bandwidth {
  double array_bytes = 0.0;  ///< Of the arrays that were moved.
  double read = 0.0;         ///< Loads alone.
  double copy = 0.0;         ///< A load and a store by turns.
  double fill = 0.0;         ///< Stores alone.
};

/// Measures a level once and keeps the figures. Cost: 50 ms; of kDram half a second, and up to
/// 1 GiB while it lasts.
const Bandwidth& BandwidthOf(MemoryLevel level);

/// The least time in which so many bytes are read and written at a level: what can be paired
/// as a copy, the rest as loads or stores alone.
double LeastSeconds(MemoryLevel level, double read_bytes, double written_bytes);

}  // namespace lanegrad

#endif  // LANEGRAD_BENCH_BANDWIDTH_H_
