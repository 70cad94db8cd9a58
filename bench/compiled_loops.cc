// SPDX-License-Identifier: Apache-2.0
#include "bench/compiled_loops.h"

namespace lanegrad {

// Those that bench/CMakeLists.txt has compiled.
#if defined(__x86_64__)
extern const CompiledLoops kLoopsO3V4, kLoopsOfastV4, kLoopsO3V3, kLoopsOfastV3;
#else
extern const CompiledLoops kLoopsO3Native, kLoopsOfastNative;
#endif

std::vector<const CompiledLoops*> LoopsOfThisMachine() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
    return {&kLoopsO3V4, &kLoopsOfastV4};
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    return {&kLoopsO3V3, &kLoopsOfastV3};
  }
  return {};
#else
  return {&kLoopsO3Native, &kLoopsOfastNative};
#endif
}

}  // namespace lanegrad
