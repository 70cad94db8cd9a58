// SPDX-License-Identifier: Apache-2.0
//
// Effects of where data are: in which cache, and at which address.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "bench/measuring_effects.h"
#include "bench/slices.h"
#include "experiments/statistics/statistics.h"
#include "kernels/activation.h"
#include "kernels/matrix.h"
#include "kernels/optimizer.h"
#include "network/stopwatch.h"

namespace lanegrad {
namespace {

constexpr std::size_t kTimes = 31;

// The median time of `kTimes` calls, with `before` each; seconds a call.
template <class Before, class Run>
double MedianSeconds(const Before& before, std::size_t calls, const Run& run) {
  std::vector<double> seconds;
  for (std::size_t time = 0; time < kTimes; ++time) {
    before();
    // A single call is too short for the clock of the process.
    const auto now = calls > 1 ? &ProcessorSeconds : &Now;
    const double begin = now();
    for (std::size_t call = 0; call < calls; ++call) run();
    seconds.push_back((now() - begin) / static_cast<double>(calls));
  }
  return Median(seconds);
}

// Sends the lines of an array out of every cache.
void Evict(const Array& array) {
#if defined(__x86_64__)
  for (std::size_t i = 0; i < array.size(); i += 16) __builtin_ia32_clflush(array.data() + i);
  __builtin_ia32_mfence();
#else
  static Array other(std::size_t{1} << 24);
  for (std::size_t i = 0; i < other.size(); i += 16) other[i] += array[0];
#endif
}

}  // namespace

Json MeasureCaches() {
  Json rows = Json::array();
  StepScalars scalars;
  scalars.rate = 1e-6f;
  for (std::size_t n = 1 << 9; n <= std::size_t{1} << 22; n *= 2) {
    Array g(n), w(n);
    for (std::size_t i = 0; i < n; ++i) g[i] = w[i] = 1.0f;
    const auto step = [&] { Step(Optimizer::Named("sgd"), scalars, n, g.data(), w.data(), {}); };
    const auto nothing = [] {};
    const auto evict = [&] {
      Evict(g);
      Evict(w);
    };
    const std::size_t calls = std::max<std::size_t>(2, (std::size_t{1} << 18) / n);
    rows.push_back({{"bytes", 8 * n},
                    {"warm", 1e9 * MedianSeconds(nothing, calls, step) / static_cast<double>(n)},
                    {"cold", 1e9 * MedianSeconds(evict, 1, step) / static_cast<double>(n)}});
  }
  return rows;
}

Json MeasureLayout() {
  constexpr std::size_t kElements = 1024, kPage = 1024;  // floats
  Array room(8 * kPage);
  // The arrays begin a page and a half apart, or as far as they are moved.
  const Activation relu = Activation::Named("relu");
  const auto time = [&](float* z, float* a, float* slope) {
    return 1e9 * MedianSeconds([] {}, 200, [&] { Activate(relu, z, kElements, a, slope); }) /
           static_cast<double>(kElements);
  };
  float* const page =
      room.data() + (kPage - reinterpret_cast<std::uintptr_t>(room.data()) / 4 % kPage) % kPage;
  Json lines = Json::array(), pages = Json::array();
  for (std::size_t offset = 0; offset <= 16; ++offset) {
    lines.push_back({{"bytes", 4 * offset},
                     {"ns", time(page + offset, page + 3 * kPage / 2 + offset,
                                 page + 13 * kPage / 4 + offset)}});
  }
  for (std::size_t offset = 0; offset < kPage; offset += 32) {
    pages.push_back({{"bytes", 4 * offset},
                     {"ns", time(page, page + 2 * kPage + offset, page + 4 * kPage + offset)}});
  }
  return {{"elements", kElements}, {"lines", lines}, {"pages", pages}};
}

Json MeasureAllocations() {
  constexpr std::size_t kElements = 2048;
  Json medians = Json::array();
  std::vector<std::vector<float>> kept;  // so that the next ones lie elsewhere
  for (std::size_t i = 0; i < 40; ++i) {
    kept.emplace_back(16 + 37 * i);
    std::vector<float> z(kElements, 1.0f), a(kElements), slope(kElements);
    const Activation relu = Activation::Named("relu");
    medians.push_back(
        1e9 / static_cast<double>(kElements) *
        MedianSeconds([] {}, 100,
                      [&] { Activate(relu, z.data(), kElements, a.data(), slope.data()); }));
    kept.push_back(std::move(z));
  }
  return medians;
}

}  // namespace lanegrad
