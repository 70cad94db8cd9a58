/// @file
/// What the benchmarks of kernels share: names, checks before the timing, counters after it.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_BENCH_SUITE_H_
#define LANEGRAD_BENCH_SUITE_H_

#include <benchmark/benchmark.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/compiled_loops.h"
#include "kernels/targets.h"

namespace lanegrad {

/// What one run of a kernel does.
struct Work {
  double elements = 0.0;       ///< Results, or whatever it is counted by.
  double flops = 0.0;          ///< Floating-point operations where they can be counted; else 0.
  double read_bytes = 0.0;     ///< That must be read.
  double written_bytes = 0.0;  ///< That must be written.
  double memory_bytes = 0.0;   ///< That its arrays take; 0: what is read and written.
};

/// A kernel with operands of its own, as fresh as they are for every other way to do the same.
struct Subject {
  Work work;                                    ///< Of one run.
  std::function<void()> run;                    ///< Does it once.
  std::function<std::vector<double>()> result;  ///< What the first run left.
};

/// Makes a subject.
using MakeSubject = std::function<Subject()>;

/// Registers `name` (verb/operation) for every target and one shape, NAME/TARGET/SHAPE. Before
/// it is timed, what one run leaves is compared with what it leaves on the last target, one
/// lane wide, bit by bit.
void RegisterOnTargets(const std::string& name, const std::string& shape, const MakeSubject& make);

/// The same on one target.
void RegisterOnTarget(const std::string& name, const Target& target, const std::string& shape,
                      const MakeSubject& make);

/// Registers the same by plain loops as the compiler vectorises them (compiled_loops.h),
/// NAME/O3/SHAPE and NAME/Ofast/SHAPE. What they leave must be within `tolerance`, relative or
/// absolute, of what `ours` leaves.
void RegisterCompiled(const std::string& name, const std::string& shape, const MakeSubject& ours,
                      const std::function<Subject(const CompiledLoops&)>& theirs,
                      double tolerance = 1e-5);

/// Registers NAME/any/SHAPE for what is the same code on every target. `right` says of the
/// result of the first run whether it is as it should be.
void RegisterPortable(const std::string& name, const std::string& shape, const MakeSubject& make,
                      const std::function<bool(const std::vector<double>&)>& right);

/// Ends a benchmark whose result is wrong; the program's exit code will be 1.
void Refuse(benchmark::State& state, const std::string& why);

/// How many benchmarks were refused.
int Refused();

/// Counters of so much work an iteration: elements a second, GB/s, GFLOP/s; the share of the
/// target's multiply-add peak, where it has one; the share of the bandwidth of the level of
/// memory that holds the arrays, of_L1 to of_DRAM.
void Count(benchmark::State& state, const Work& work);

}  // namespace lanegrad

#endif  // LANEGRAD_BENCH_SUITE_H_
