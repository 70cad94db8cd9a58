/// @file
/// The process of a job that hands out runs and writes what comes of them.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CLUSTER_LEADER_H_
#define LANEGRAD_EXPERIMENTS_CLUSTER_LEADER_H_

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "experiments/cluster/crew.h"
#include "experiments/cluster/handout.h"
#include "experiments/cluster/letters.h"
#include "experiments/cluster/post.h"
#include "experiments/runs/engine.h"

namespace lanegrad {

/// Rank 0. Its own threads train like those of any other rank, while the one that calls Carry()
/// writes letters and records. Records that arrive while it waits for the disk are written
/// together, so that the disk is waited for a few hundred times a second at most, however short the
/// runs are.
class Leader : public Engine {
 public:
  /// Over `post`, of the program `name`; trains by `train`, or as ever where that is null.
  Leader(Post& post, std::string name, Trainer train);
  /// Sends everybody home, and waits until they have gone.
  ~Leader() override;
  bool leads() const override { return true; }
  std::size_t processes() const override { return post_.ranks(); }
  std::string launcher() const override { return post_.launcher(); }
  void Serve(const Dataset&, const RunnerOptions&) override {}
  void Carry(const std::vector<PlannedRun>& plan, std::span<const std::size_t> missing,
             const Dataset& data, const RunnerOptions& options,
             const std::function<void(std::span<const FinishedRun>)>& write) override;

 private:
  using Writer = std::function<void(std::span<const FinishedRun>)>;
  struct Work;  // what one Carry() has in hand

  void SendAll(std::string_view kind);
  void Welcome(const Message& message, const Letter& letter, Work& work);
  bool Listen(Work& work);
  bool Collect(Work& work, const Writer& write);
  void WaitForLast(Work& work, const Writer& write);

  Post& post_;
  const std::string name_;
  Trainer train_;
  bool called_ = false;                        // whether the others were
  std::optional<Introduction> self_;           // who leads
  std::map<std::size_t, std::size_t> joined_;  // threads of those who take part
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CLUSTER_LEADER_H_
