// SPDX-License-Identifier: Apache-2.0
#include "bench/peak.h"

#include <algorithm>
#include <chrono>
#include <map>

#include "kernels/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "bench/peak.cc"  // once per target
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

// Ten chains: two a cycle of four cycles each need eight in flight. Returns the
// operations done; the sum keeps the compiler from dropping them.
double MultiplyAdd(long rounds, float* sink) {
#if HWY_NATIVE_FMA
  const hn::ScalableTag<float> d;
  const auto x = hn::Set(d, 0.5f), y = hn::Set(d, 1.0f);
  // Each begins elsewhere: equal chains would be computed once.
  const auto from = [&](float value) { return hn::Set(d, value); };
  auto a = from(0), b = from(1), c = from(3), e = from(4), f = from(5);
  auto g = from(6), h = from(7), i = from(8), j = from(9), k = from(10);
  for (long round = 0; round < rounds; ++round) {
    a = hn::MulAdd(a, x, y);
    b = hn::MulAdd(b, x, y);
    c = hn::MulAdd(c, x, y);
    e = hn::MulAdd(e, x, y);
    f = hn::MulAdd(f, x, y);
    g = hn::MulAdd(g, x, y);
    h = hn::MulAdd(h, x, y);
    i = hn::MulAdd(i, x, y);
    j = hn::MulAdd(j, x, y);
    k = hn::MulAdd(k, x, y);
  }
  a = hn::Add(hn::Add(hn::Add(a, b), hn::Add(c, e)), hn::Add(hn::Add(f, g), hn::Add(h, i)));
  *sink += hn::GetLane(hn::Add(a, hn::Add(j, k)));
  return 20.0 * static_cast<double>(rounds) * static_cast<double>(hn::Lanes(d));
#else
  *sink += static_cast<float>(rounds);
  return 0.0;
#endif
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lanegrad {
namespace {
HWY_EXPORT(MultiplyAdd);
}  // namespace

double PeakFlops() {
  static std::map<std::string_view, double> known;
  const std::string_view target = ActiveTarget().name;
  if (known.contains(target)) return known[target];
  double best = 0.0;
  float sink = 0.0f;
  for (int slice = 0; slice < 40; ++slice) {
    const auto begin = std::chrono::steady_clock::now();
    const double flops = HWY_DYNAMIC_DISPATCH(MultiplyAdd)(200000, &sink);
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    best = std::max(best, flops / seconds);
  }
  // A sum that could come out otherwise cannot be left out.
  return known[target] = sink < 0.0f ? 0.0 : best;
}

}  // namespace lanegrad
#endif  // HWY_ONCE
