/// @file
/// Effects that a benchmark measures besides the kernel, each by itself.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_BENCH_MEASURING_EFFECTS_H_
#define LANEGRAD_BENCH_MEASURING_EFFECTS_H_

#include <span>
#include <string_view>

#include "experiments/json/json.h"

namespace lanegrad {

/// One effect.
struct MeasuringEffect {
  std::string_view name;  ///< In the record.
  Json (*measure)();      ///< Shows it; takes some seconds.
};

/// All of them.
std::span<const MeasuringEffect> MeasuringEffects();

/// A step of sgd by the size of its arrays: nanoseconds a weight again and again (`warm`), and
/// once after other data have filled the caches (`cold`).
Json MeasureCaches();
/// A sum that skips negative numbers by a branch: nanoseconds a number by how many numbers
/// there are before they repeat, random (`random`) and all positive (`steady`).
Json MeasureBranches();
/// relu of numbers whose arrays begin so many bytes behind a line, and so many behind a page:
/// nanoseconds an element.
Json MeasureLayout();
/// The clock right after a millisecond of multiply-adds of each target, from registers and fed
/// from the first cache, in GHz; and after as long a rest on plain code.
Json MeasureLicences();
/// relu against itself: in how many comparisons of 15 slices with 15 a test of ranks finds a
/// difference at 5%, where those of the one are taken before those of the other (`one_after_the_
/// other`, by Mann and Whitney's), and where they are taken by turns (`in_turn`, by Wilcoxon's of
/// the pairs), also where the second has arrays of its own (`other_arrays`): `any`, and one
/// `of_a_hundredth` or more; and a row of slices as they came.
Json MeasureNoise();
/// Medians of 15 slices of relu, time and again in `one` process, and in `many`, one each, by
/// turns.
Json MeasureProcesses();
/// What each of those processes prints.
double MedianSlice();
/// Medians of relu in forty arrays after each other, allocated as programs do.
Json MeasureAllocations();

}  // namespace lanegrad

#endif  // LANEGRAD_BENCH_MEASURING_EFFECTS_H_
