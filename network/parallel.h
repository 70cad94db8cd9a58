/// @file
/// Threads: the only file that knows OpenMP.
///
/// One of a team leads: it decides what is done next, and whether by all or by itself
/// alone. Members meet at barriers where data cross from one to another. Waiting gives
/// the core away soon: a neighbour, or the member that is late, may need it.
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
  /// than it takes to wake a sleeper, then sleeps. Of one member: returns at once. Adds
  /// the seconds that it took to `waited`, where that is given.
  void Wait(double* waited = nullptr);

 private:
  const std::size_t members_;
  alignas(64) std::atomic<std::size_t> arrived_{0};
  alignas(64) std::atomic<unsigned> generation_{0};
};

/// One of the threads that carry a step together, and its share.
struct Member {
  std::size_t part = 0;        ///< Which one.
  std::size_t parts = 1;       ///< Of how many.
  Barrier* barrier = nullptr;  ///< Where they meet; not needed by one alone.
  double* waited = nullptr;    ///< Where its seconds at the barrier are added, if anywhere.
  /// This member's slice of `all`.
  constexpr Range Of(Range all) const { return Slice(all, part, parts); }
  /// Returns once all members have come as far.
  void Meet() const {
    if (parts > 1) barrier->Wait(waited);
  }
};

/// Runs body(0) ... body(threads - 1), each on a thread of its own (the caller's
/// is one of them), and returns when all have. The first exception thrown by a
/// body is rethrown; a body that throws must not leave others at a barrier.
void RunTeam(std::size_t threads, const std::function<void(std::size_t member)>& body);

/// A leader and others at its disposal, for many small jobs: to hand one out and to see
/// it done costs two messages from core to core, as one barrier does. Between two jobs
/// the others wait, soon asleep; a leader that works alone needs nobody to wake up.
class Team {
 public:
  explicit Team(std::size_t size);  ///< Of so many threads, the leader among them.
  /// How many threads it has.
  std::size_t size() const { return size_; }
  /// From now on adds the seconds that the leader waits for others to `waited`, which
  /// the leader alone may read; nullptr: to nothing.
  void CountWaits(double* waited) { waited_ = waited; }
  /// Runs lead() on this thread with the others at its disposal, and returns when it
  /// has. What lead() throws is rethrown.
  void Run(const std::function<void()>& lead);
  /// Called by lead(): runs job(member) for each of `parts` members, which are one (the
  /// leader, at once) or all, and returns when all have. Everything that one wrote is
  /// then visible to the leader, and what the leader wrote before is to them. A job must not
  /// throw.
  template <class Job>
  void Do(std::size_t parts, const Job& job) {
    if (parts == 1) return job(Member());
    Share([](const void* that, const Member& member) { (*static_cast<const Job*>(that))(member); },
          &job);
  }

 private:
  using Work = void (*)(const void* job, const Member& member);
  void Share(Work work, const void* job);
  void Call(Work work, const void* job);
  void Serve(std::size_t part, unsigned calls);

  const std::size_t size_;
  Barrier barrier_;
  double* waited_ = nullptr;
  // On one line, which is the message.
  alignas(64) std::atomic<unsigned> calls_{0};
  Work work_ = nullptr;  // none: go home
  const void* job_ = nullptr;
  alignas(64) std::atomic<unsigned> done_{0};  // by how many of the others
};

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_PARALLEL_H_
