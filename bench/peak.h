/// @file
/// The most that one thread can multiply and add, by itself and fed from a cache.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_BENCH_PEAK_H_
#define LANEGRAD_BENCH_PEAK_H_

namespace lanegrad {

/// Floating-point operations a second of fused multiply-adds on registers alone, on
/// the target in force: the best of several slices of a millisecond. The figure of
/// a target is measured once and kept. Zero where the target has no such
/// instruction.
double PeakFlops();

/// The same with operands that come as those of a product do, from the first cache: for
/// each row of the right one, some elements of the left one, broadcast. The median of
/// slices of two milliseconds, after a tenth of a second, for a processor may answer to
/// loads and multiply-adds together with a lower clock (Sapphire Rapids, 512 bits: by
/// an eighth, after a millisecond). Zero where the target has no such instruction.
double FedFlops();

/// Keeps multiplying and adding for so long on the target in force, on registers alone or fed.
void KeepMultiplying(double seconds, bool fed);

}  // namespace lanegrad

#endif  // LANEGRAD_BENCH_PEAK_H_
