// SPDX-License-Identifier: Apache-2.0
#include "bench/clock.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "network/stopwatch.h"

namespace lanegrad {

double ClockNow() {
#if defined(__x86_64__)
  constexpr int kTurns = 2500;
  std::uint64_t chain = 3;
  const double begin = Now();
  for (int turn = 0; turn < kTurns; ++turn) {
    asm volatile(
        "imul %0, %0\n\timul %0, %0\n\timul %0, %0\n\timul %0, %0\n\t"
        "imul %0, %0\n\timul %0, %0\n\timul %0, %0\n\timul %0, %0"
        : "+r"(chain));
  }
  return 8.0 * 3.0 * kTurns / (Now() - begin);
#else
  return 0.0;
#endif
}

double Clock() {
  std::vector<double> clocks(100);
  for (double& each : clocks) each = ClockNow();
  std::sort(clocks.begin(), clocks.end());
  return clocks[clocks.size() / 2];
}

}  // namespace lanegrad
