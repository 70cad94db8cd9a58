/// @file
/// The most that one thread can multiply and add, measured where it is needed.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_BENCH_PEAK_H_
#define LANEGRAD_BENCH_PEAK_H_

namespace lanegrad {

/// Floating-point operations a second of fused multiply-adds on registers alone, on
/// the target in force: the best of several slices of a millisecond. The figure of
/// a target is measured once and kept. Zero where the target has no such
/// instruction.
double PeakFlops();

}  // namespace lanegrad

#endif  // LANEGRAD_BENCH_PEAK_H_
