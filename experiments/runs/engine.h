/// @file
/// Engines: who trains the runs of a plan, where it is more than the threads of one process.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RUNS_ENGINE_H_
#define LANEGRAD_EXPERIMENTS_RUNS_ENGINE_H_

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "experiments/runs/runner.h"
#include "network/dataset.h"

namespace lanegrad {

/// A run that was trained somewhere.
struct FinishedRun {
  std::size_t run = 0;  ///< Its number in the plan.
  std::string record;   ///< Its record as JSON text: how it came over the wire.
};

/// Several processes that train runs of one plan. Each of them has read the same command line and
/// the same data; one of them leads: it alone knows the plan, reads records and writes them.
class Engine {
 public:
  virtual ~Engine() = default;
  /// Whether this is the process that leads.
  virtual bool leads() const = 0;
  /// How many processes there are.
  virtual std::size_t processes() const = 0;
  /// The words that stand before the program on the command line, such as "mpirun -n 4 "; or none.
  virtual std::string launcher() const = 0;
  /// Of one that does not lead: trains what it is given until there is nothing more.
  virtual void Serve(const Dataset& data, const RunnerOptions& options) = 0;
  /// Of the one that leads: has plan[i] trained for every i of `missing`, begun in that order, and
  /// hands what is finished to `write`, several at once, on this thread. Returns when all are
  /// written; before that when interrupted (see InterruptRequested()) or at the deadline. What
  /// `write` throws ends the work of all and is rethrown.
  virtual void Carry(const std::vector<PlannedRun>& plan, std::span<const std::size_t> missing,
                     const Dataset& data, const RunnerOptions& options,
                     const std::function<void(std::span<const FinishedRun>)>& write) = 0;
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RUNS_ENGINE_H_
