// SPDX-License-Identifier: Apache-2.0
#include "experiments/trials/side_by_side.h"

#include <algorithm>
#include <atomic>

#include "experiments/cli/interrupt.h"
#include "network/parallel.h"

namespace lanegrad {

void SideBySide(std::size_t count, std::size_t threads,
                const std::function<void(std::size_t)>& job) {
  std::atomic<std::size_t> next = 0;
  RunTeam(std::max<std::size_t>(1, std::min(threads, count)), [&](std::size_t, std::size_t) {
    for (std::size_t i = next++; i < count && !InterruptRequested(); i = next++) job(i);
  });
}

}  // namespace lanegrad
