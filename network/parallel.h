/// @file
/// Threads: the only file that knows OpenMP.
///
/// One of a team leads: it decides what is done next, and whether by all or by itself
/// alone. Members wait at barriers where data cross from one to another. Waiting gives
/// the core away soon: a neighbour, or the member that is late, may need it.
///
/// OpenMP may give fewer threads than are asked for (`OMP_THREAD_LIMIT`,
/// `OMP_MAX_ACTIVE_LEVELS`, a team inside a team). So the size of a team is what it gave,
/// read when they have begun, never what was wanted: whoever waits for a member that does
/// not exist waits for ever. No result depends on the size.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_PARALLEL_H_
#define LANEGRAD_NETWORK_PARALLEL_H_

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>

#include "kernels/matrix.h"

namespace lanegrad {

/// How many processors this process may use at once: the least of what the machine has,
/// what its affinity mask or the places of `OMP_PLACES` allow, what its control groups pay
/// for (control_group.h) and what OpenMP's limits leave; at least one.
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
  Barrier* barrier = nullptr;  ///< Where they wait for each other; not needed by one alone.
  double* waited = nullptr;    ///< Where its seconds at the barrier are added, if anywhere.
  /// This member's slice of `all`.
  constexpr Range Slice(Range all) const { return lanegrad::Slice(all, part, parts); }
  /// Returns once all members have come as far.
  void Wait() const {
    if (parts > 1) barrier->Wait(waited);
  }
};

/// Runs body(member, members) for each `member` from 0 to `members` - 1, each on a thread
/// of its own (the caller's is one of them), and returns when all have. `members` is `most`
/// or what OpenMP gives of it, and at least 1: bodies share what there is to do by it, or
/// take from a queue. The first exception thrown by a body is rethrown; a body that throws
/// must not leave others at a barrier.
void RunTeam(std::size_t most,
             const std::function<void(std::size_t member, std::size_t members)>& body);

/// A leader and workers at its disposal, for many small jobs: to hand one out and to see
/// it done costs two messages from core to core, as one barrier does. Between two jobs
/// the workers wait, soon asleep; a leader that works alone needs nobody to wake up.
///
/// | call                | by                    | what it does                                   |
/// |:--------------------|:----------------------|:-----------------------------------------------|
/// | Run                 | whoever has the team  | makes the threads, runs lead(), ends them      |
/// | Dispatch            | the leader            | a job for itself alone or for all; until done  |
/// | Publish (private)   | the leader            | writes the job where workers look, wakes them  |
/// | WorkerLoop (private)| each worker           | waits for a job, does it, reports, again       |
/// | Member::Slice       | who does a job        | its own part of rows or columns                |
/// | Member::Wait        | who does a job        | until all members have come as far             |
class Team {
 public:
  explicit Team(std::size_t most);  ///< Of at most so many threads, the leader among them.
  /// How many threads it has: inside Run() those that OpenMP gave, before it those that
  /// were asked for.
  std::size_t size() const { return size_; }
  /// From now on adds the seconds that the leader waits for others to `waited`, which
  /// the leader alone may read; nullptr: to nothing.
  void CountWaits(double* waited) { waited_ = waited; }
  /// Runs lead() on this thread with the workers at its disposal, and returns when it
  /// has. What lead() throws is rethrown.
  void Run(const std::function<void()>& lead);
  /// Called by lead(): runs job(member) for each of `parts` members, which are one (the
  /// leader, at once) or, of any other number, all of size(), and returns when all have.
  /// Everything that one wrote is then visible to the leader, and what the leader wrote
  /// before is to them. A job must not throw.
  template <class Job>
  void Dispatch(std::size_t parts, const Job& job) {
    if (parts == 1 || size_ == 1) return job(Member());
    DispatchToAll(
        [](const void* that, const Member& member) { (*static_cast<const Job*>(that))(member); },
        &job);
  }

 private:
  using Work = void (*)(const void* job, const Member& member);
  void DispatchToAll(Work work, const void* job);
  void Publish(Work work, const void* job);
  void WorkerLoop(std::size_t part, unsigned published);

  const std::size_t most_;
  // The leader writes these when a run begins, before it publishes anything.
  std::size_t size_;
  std::optional<Barrier> barrier_;
  double* waited_ = nullptr;  // the leader's
  // On one line, which is the message: the leader writes it, the workers read it.
  alignas(64) std::atomic<unsigned> published_{0};
  Work work_ = nullptr;  // none: go home
  const void* job_ = nullptr;
  alignas(64) std::atomic<unsigned> done_{0};  // by how many of the workers
};

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_PARALLEL_H_
