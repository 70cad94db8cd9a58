// SPDX-License-Identifier: Apache-2.0
//
// What one core can do at most, in GFLOP/s, on the best target: one number on standard
// output, for scripts that measure something else beside it.
#include <fmt/format.h>

#include "bench/peak.h"

int main() { fmt::print("{:.1f}\n", lanegrad::PeakFlops() / 1e9); }
