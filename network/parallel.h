/// @file
/// Threads: the only file that knows OpenMP.
///
/// One team works through many steps; its members meet at barriers where data
/// cross from one to another. Waiting gives the core away soon: a neighbour, or
/// the member that is late, may need it.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_PARALLEL_H_
#define LANEGRAD_NETWORK_PARALLEL_H_

#include <atomic>
#include <cstddef>
#include <functional>

#include "kernels/matrix.h"

namespace lanegrad {

/// How many processors this process may use at once: the least of what the
/// machine has, what its affinity mask allows and what its control group pays
/// for, and at least one.
std::size_t AvailableCpus();

/// The `part`-th of `parts` nearly equal slices of `all`; the first ones are the
/// longer. Slices are disjoint, in order, and cover `all`.
constexpr Range Slice(Range all, std::size_t part, std::size_t parts) {
  const std::size_t length = all.size() / parts;
  const std::size_t longer = all.size() % parts;
  const std::size_t begin = all.begin + part * length + (part < longer ? part : longer);
  return {begin, begin + length + (part < longer ? 1 : 0)};
}

/// A point where `members` threads wait for each other, as often as they like.
/// Everything written before it is visible after it.
class Barrier {
 public:
  explicit Barrier(std::size_t members);  ///< For so many threads.
  /// Returns once all members have called it. Spins for 150 microseconds, somewhat more
  /// than it takes to wake a sleeper, then sleeps. Of one member: returns at once.
  void Wait();

 private:
  const std::size_t members_;
  alignas(64) std::atomic<std::size_t> arrived_{0};
  alignas(64) std::atomic<unsigned> generation_{0};
};

/// Where threads sleep while one of a team works alone.
class Rest {
 public:
  /// Waits for the end of the n-th rest, n = 1, 2, ...; returns what End() was given.
  std::size_t Wait(unsigned n);
  /// Ends a rest of all others, and tells them where to go on. No other rest may begin
  /// before all have gone on.
  void End(std::size_t where);

 private:
  std::size_t where_ = 0;
  std::atomic<unsigned> ended_{0};
};

/// One of the threads that carry a step together, and its share.
struct Member {
  std::size_t part = 0;        ///< Which one.
  std::size_t parts = 1;       ///< Of how many.
  Barrier* barrier = nullptr;  ///< Where they meet; not needed by one alone.
  /// This member's slice of `all`.
  constexpr Range Of(Range all) const { return Slice(all, part, parts); }
  /// Returns once all members have come as far.
  void Meet() const {
    if (parts > 1) barrier->Wait();
  }
};

/// Runs body(0) ... body(threads - 1), each on a thread of its own (the caller's
/// is one of them), and returns when all have. The first exception thrown by a
/// body is rethrown; a body that throws must not leave others at a barrier.
void RunTeam(std::size_t threads, const std::function<void(std::size_t member)>& body);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_PARALLEL_H_
