// SPDX-License-Identifier: Apache-2.0
//
// Any text at all, read as a file of Google Benchmark, JSON or CSV: it makes benchmarks that
// can be compared with themselves, or is refused with a sentence of one line.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "experiments/report_diff/benchmark_comparison.h"
#include "experiments/report_diff/benchmark_file.h"
#include "network/dataset.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace lanegrad;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  const BenchmarkTime time = data[0] % 2 == 0 ? BenchmarkTime::kReal : BenchmarkTime::kCpu;
  try {
    const BenchmarkFile file = ParseBenchmarks(text, "fuzz", time);
    if (file.order.empty() || file.order.size() != file.measurements.size()) __builtin_trap();
    for (const SpeedRow& row : CompareFiles(file, file, 0.02)) {
      if (row.verdict == SpeedVerdict::kFaster || row.verdict == SpeedVerdict::kSlower) {
        __builtin_trap();  // equal files are equal
      }
      if (row.name.find('\n') != row.name.npos || row.why.find('\n') != row.why.npos) {
        __builtin_trap();
      }
    }
  } catch (const DataError& error) {
    if (std::string_view(error.what()).find('\n') != std::string_view::npos) __builtin_trap();
  }
  return 0;
}
