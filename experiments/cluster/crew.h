/// @file
/// A crew: threads of one process that train what they are given, while another thread of it
/// writes to other processes.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CLUSTER_CREW_H_
#define LANEGRAD_EXPERIMENTS_CLUSTER_CREW_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "experiments/cluster/letters.h"
#include "experiments/records/run_record.h"
#include "experiments/runs/engine.h"

namespace lanegrad {

/// Trains a run, as one of `members` that do so at the same time; none where it was given up.
using Trainer = std::function<std::optional<RunRecord>(const PlannedRun& run, std::size_t members)>;

/// Threads that train. Put() and Take() never wait for a training.
class Crew {
 public:
  /// Of `threads` that call `train`; fewer where OpenMP gives fewer.
  Crew(std::size_t threads, Trainer train);
  /// Drops what has not begun, and waits for what has; see RequestInterrupt() to make that short.
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;
  /// Adds runs to what there is to do.
  void Put(std::vector<GivenRun> runs);
  /// What is finished since the last call. Rethrows what a training threw.
  std::vector<FinishedRun> Take();

 private:
  void Work(std::size_t members);

  const Trainer train_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<GivenRun> waiting_;
  std::vector<FinishedRun> finished_;
  std::exception_ptr fault_;
  bool over_ = false;
  std::jthread threads_;  // the last member: it uses all of the others
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CLUSTER_CREW_H_
