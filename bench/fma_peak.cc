// SPDX-License-Identifier: Apache-2.0
//
// What one core can do at most, in GFLOP/s, on the best target: two numbers on standard
// output, for scripts that measure something else beside it; on registers alone, and
// fed from the first cache.
#include <fmt/format.h>

#include "bench/peak.h"

int main() {
  fmt::print("{:.1f} {:.1f}\n", lanegrad::PeakFlops() / 1e9, lanegrad::FedFlops() / 1e9);
}
