/// @file
/// Pictures and tables of a record of benchmarks, for its page and for the book.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_BENCH_BENCHMARK_FIGURES_H_
#define LANEGRAD_BENCH_BENCHMARK_FIGURES_H_

#include <string>

#include "experiments/json/json.h"
#include "experiments/report/figure.h"
#include "experiments/report/text_table.h"

namespace lanegrad {

/// Products on the best target: GFLOP/s over operations a byte, under the peak of multiply-adds
/// and the bandwidth of each level. [Williams, Waterman and Patterson 2009]
LineFigure ProductRoofline(const Json& record);

/// Everything else on the best target: elements a nanosecond over elements a byte, under the
/// bandwidth of each level.
LineFigure MemoryRoofline(const Json& record);

/// Every operation on every target and by the compiler, as a share of the best target's pace.
HeatMap TargetLadder(const Json& record);

/// Training and grids: samples a second over those of one thread.
LineFigure ThreadScaling(const Json& record);

/// Products by size, ours and other libraries', the peak at the top of the axis; of a record of
/// `peers` with its sweep.
LineFigure PeersBySize(const Json& peers);

/// Every benchmark on the best target: pace, spread, bytes, shares.
Table BenchmarkTable(const Json& record);

/// Processor, measured clock, caches and roofs, compiler, load, rounds: sentences.
std::string BenchmarkMachine(const Json& record);

}  // namespace lanegrad

#endif  // LANEGRAD_BENCH_BENCHMARK_FIGURES_H_
