/// @file
/// The clock of the core that one is on, measured; what a system says of it is often a constant.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_BENCH_CLOCK_H_
#define LANEGRAD_BENCH_CLOCK_H_

namespace lanegrad {

/// Cycles a second, from a chain of integer multiplications that wait for each other, three
/// cycles each on the x86-64 cores of Intel and AMD of today. Takes 20 microseconds, so
/// that it can be asked right after something that changes the clock. 0 on other processors.
double ClockNow();

/// The median of a hundred of those.
double Clock();

}  // namespace lanegrad

#endif  // LANEGRAD_BENCH_CLOCK_H_
