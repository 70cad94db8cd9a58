// SPDX-License-Identifier: Apache-2.0
#include "bench/compiled_loops.h"

namespace lanegrad {

// Those that bench/CMakeLists.txt has compiled.
#if defined(__x86_64__)
extern const CompiledLoops loops_O3_v4, loops_Ofast_v4, loops_O3_v3, loops_Ofast_v3;
#else
extern const CompiledLoops loops_O3_native, loops_Ofast_native;
#endif

std::vector<const CompiledLoops*> LoopsOfThisMachine() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
    return {&loops_O3_v4, &loops_Ofast_v4};
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    return {&loops_O3_v3, &loops_Ofast_v3};
  }
  return {};
#else
  return {&loops_O3_native, &loops_Ofast_native};
#endif
}

}  // namespace lanegrad
