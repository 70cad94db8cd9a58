// SPDX-License-Identifier: Apache-2.0
//
// What one core of this machine can do at most, as JSON on standard output: its clock, its
// multiply-adds on every target, and what it reads, copies and fills in each level of memory.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <nlohmann/json.hpp>

#include "bench/bandwidth.h"
#include "bench/clock.h"
#include "bench/peak.h"
#include "experiments/json/json.h"
#include "kernels/targets.h"

namespace lanegrad {
namespace {

Json Roofs() {
  Json roofs = {{"clock_ghz", Clock() / 1e9}, {"fed_gflops", FedFlops() / 1e9}};
  for (const Target& target : Targets()) {
    if (!target.native_fma) continue;
    const ScopedTarget only(target);
    roofs["peak_gflops"][std::string(target.name)] = PeakFlops() / 1e9;
  }
  for (const MemoryLevel level : kMemoryLevels) {
    const Bandwidth& most = BandwidthOf(level);
    roofs["memory"][std::string(NameOf(level))] = {{"bytes", most.array_bytes},
                                                   {"read", most.read / 1e9},
                                                   {"copy", most.copy / 1e9},
                                                   {"fill", most.fill / 1e9}};
  }
  return roofs;
}

}  // namespace
}  // namespace lanegrad

int main() {
  try {
    fmt::print("{}\n", lanegrad::JsonText(lanegrad::Roofs(), 1));
  } catch (const std::exception& error) {
    fmt::print(stderr, "roofs: {}\n", error.what());
    return 1;
  }
}
