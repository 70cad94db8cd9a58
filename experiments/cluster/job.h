/// @file
/// A program that all processes of a job run together.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CLUSTER_JOB_H_
#define LANEGRAD_EXPERIMENTS_CLUSTER_JOB_H_

#include <functional>
#include <string_view>

#include "experiments/cluster/crew.h"
#include "experiments/cluster/post.h"
#include "experiments/runs/engine.h"

namespace lanegrad {

/// Runs `program`, called `name`, in every process of a job, as leader in rank 0, elsewhere once
/// the leader has something to train, and returns its exit code: that of rank 0; elsewhere 0, since
/// how a job ends is for rank 0 to say. `train`, where it is not null, takes the place of training.
int RunJob(Post& post, std::string_view name, const std::function<int(Engine& engine)>& program,
           Trainer train = {});

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CLUSTER_JOB_H_
