// SPDX-License-Identifier: Apache-2.0
//
// Any bytes at all, read as an IDX file: they make an array or a DataError, and
// nothing else. cmake --preset fuzz, then bin/idx_fuzz -max_total_time=60.
#include <cstddef>
#include <cstdint>

#include "network/idx.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  try {
    const lanegrad::IdxArray array =
        lanegrad::ParseIdx({data + 1, size - 1}, data[0] % 2 == 0 ? 1 : 3, "fuzz");
    std::size_t total = 1;
    for (const std::size_t each : array.shape) total *= each;
    if (total != array.bytes.size()) __builtin_trap();
  } catch (const lanegrad::DataError&) {
  }
  return 0;
}
