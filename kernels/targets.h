/// @file
/// A window on Highway's run-time dispatch: which instruction sets the kernels
/// were compiled for, which this machine runs, and how to force one.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_KERNELS_TARGETS_H_
#define LANEGRAD_KERNELS_TARGETS_H_

#include <cstdint>
#include <string_view>
#include <vector>

namespace lanegrad {

/// An instruction set the kernels are compiled for.
struct Target {
  std::int64_t bit = 0;     ///< Highway's bit for it.
  std::string_view name;    ///< "AVX3", "AVX2", "SSE4", "SSSE3", "SCALAR".
  bool native_fma = false;  ///< Whether it has a fused multiply-add; others emulate it exactly.
};

/// The targets that were compiled in and that this machine runs, best first.
std::vector<Target> Targets();

/// The target the kernels run on now, as reported from inside a kernel.
Target ActiveTarget();

/// Restricts every kernel to the target called `name` for the rest of the
/// program (`--target`). Throws UnknownName, or std::invalid_argument where the
/// machine lacks it; afterwards ActiveTarget() is what was asked for.
void ForceTarget(std::string_view name);

/// Restricts every kernel to one target while it lives. For tests, benchmarks
/// and experiments on instruction sets; not thread-safe.
class ScopedTarget {
 public:
  explicit ScopedTarget(Target target);  ///< Restricts to `target`.
  ~ScopedTarget();                       ///< Restores what was in force before.
  ScopedTarget(const ScopedTarget&) = delete;
  ScopedTarget& operator=(const ScopedTarget&) = delete;

 private:
  std::int64_t before_;
};

}  // namespace lanegrad

#endif  // LANEGRAD_KERNELS_TARGETS_H_
