/// @file
/// The processes of a job that train what they are given.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CLUSTER_WORKER_H_
#define LANEGRAD_EXPERIMENTS_CLUSTER_WORKER_H_

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "experiments/cluster/thread_pool.h"
#include "experiments/cluster/transport.h"
#include "experiments/runs/engine.h"

namespace lanegrad {

/// A rank other than 0. It knows no plan and writes no file.
class Worker : public Engine {
 public:
  /// Over `transport`; trains by `train`, or as ever where that is null.
  Worker(Transport& transport, Trainer train);
  bool leads() const override { return false; }
  std::size_t processes() const override { return transport_.ranks(); }
  std::string launcher() const override { return transport_.launcher(); }
  void Serve(const Dataset& data, const RunnerOptions& options) override;
  void Carry(const std::vector<PlannedRun>&, std::span<const std::size_t>, const Dataset&,
             const RunnerOptions&,
             const std::function<void(std::span<const FinishedRun>)>&) override {}

  /// Waits until the leader calls for it. False where it is told instead that all is over: there is
  /// nothing to train.
  bool AwaitCall();
  /// Tells the leader why it takes no part, where it has not served, and waits for the end.
  void Decline(std::string why);

 private:
  void AwaitEnd();

  Transport& transport_;
  Trainer train_;
  bool served_ = false;
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CLUSTER_WORKER_H_
