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

#include "experiments/cluster/crew.h"
#include "experiments/cluster/post.h"
#include "experiments/runs/engine.h"

namespace lanegrad {

/// A rank other than 0. It knows no plan and writes no file.
class Worker : public Engine {
 public:
  /// Over `post`; trains by `train`, or as ever where that is null.
  Worker(Post& post, Trainer train);
  bool leads() const override { return false; }
  std::size_t processes() const override { return post_.ranks(); }
  std::string launcher() const override { return post_.launcher(); }
  void Serve(const Dataset& data, const RunnerOptions& options) override;
  void Carry(const std::vector<PlannedRun>&, std::span<const std::size_t>, const Dataset&,
             const RunnerOptions&,
             const std::function<void(std::span<const FinishedRun>)>&) override {}

  /// Waits until the leader calls for it. False where it is sent home instead: there is nothing to
  /// train.
  bool AwaitCall();
  /// Tells the leader why it takes no part, where it has not served, and waits to be sent home.
  void Excuse(std::string why);

 private:
  void AwaitHome();

  Post& post_;
  Trainer train_;
  bool served_ = false;
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CLUSTER_WORKER_H_
