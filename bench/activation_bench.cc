// SPDX-License-Identifier: Apache-2.0
//
// Value and slope of every activation on every target, in cache: elements and bytes a second
// (4 read, 8 written an element), and the share of the first cache's bandwidth.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <string>

#include "bench/suite.h"
#include "kernels/activation.h"
#include "kernels/matrix.h"
#include "kernels/targets.h"

namespace lanegrad {
namespace {

constexpr std::size_t kElements = 1024;  // three arrays of 4 KiB: well inside L1

void TimeActivation(benchmark::State& state, Target target, Activation f) {
  const ScopedTarget only(target);
  Array z(kElements), a(kElements), slope(kElements);
  for (std::size_t i = 0; i < kElements; ++i) z[i] = 0.01f * static_cast<float>(i) - 5.0f;
  for (auto _ : state) {
    Activate(f, z.data(), kElements, a.data(), slope.data());
    benchmark::ClobberMemory();
  }
  const double elements = kElements;
  Count(state,
        {.elements = elements, .read_bytes = 4.0 * elements, .written_bytes = 8.0 * elements});
}

const bool kRegistered = [] {
  for (const Target& target : Targets()) {
    for (const ActivationInfo& info : Activations()) {
      for (const Precision precision : kPrecisions) {
        const Activation f = Activation::Named(info.name).With(precision);
        if (!f.Has(precision)) continue;
        const std::string grade =
            precision == Precision::kExact ? "" : fmt::format("_{}", NameOf(precision));
        benchmark::RegisterBenchmark(
            fmt::format("activate/{}{}/{}/{}", info.name, grade, target.name, kElements).c_str(),
            [=](benchmark::State& state) { TimeActivation(state, target, f); });
      }
    }
  }
  return true;
}();

}  // namespace
}  // namespace lanegrad
