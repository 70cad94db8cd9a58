// SPDX-License-Identifier: Apache-2.0
#include "experiments/cluster/job.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "experiments/cluster/leader.h"
#include "experiments/cluster/worker.h"

namespace lanegrad {

int RunJob(Post& post, std::string_view name, const std::function<int(Engine& engine)>& program,
           Trainer train) {
  if (post.rank() == 0) {
    Leader leader(post, std::string(name), std::move(train));
    return program(leader);
  }
  Worker worker(post, std::move(train));
  if (!worker.AwaitCall()) return 0;
  const int code = program(worker);
  worker.Excuse(fmt::format("it ended with exit code {} before it could begin", code));
  return 0;
}

}  // namespace lanegrad
