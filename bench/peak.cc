// SPDX-License-Identifier: Apache-2.0
#include "bench/peak.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <string_view>
#include <vector>

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

// A tile of as many chains as the registers hold besides two of the right operand and
// one of the left: `rounds` passes over `terms` rows of b, 128 bytes and more each.
double FedMultiplyAdd(long rounds, float* HWY_RESTRICT sink) {
#if HWY_NATIVE_FMA
  const hn::ScalableTag<float> d;
  constexpr std::size_t kRows = HWY_LANES(float) == 16 ? 14 : 6, kTerms = 128;
  const std::size_t N = hn::Lanes(d);
  HWY_ALIGN static float a[kRows * kTerms], b[2 * HWY_LANES(float) * kTerms];
  hn::Vec<decltype(d)> sum[kRows][2];
  HWY_UNROLL(16)
  for (auto& row : sum) row[0] = row[1] = hn::Set(d, *sink);
  for (long round = 0; round < rounds; ++round) {
    const float* left = a;
    const float* right = b;
    HWY_UNROLL(4)
    for (std::size_t k = 0; k < kTerms; ++k, left += kRows, right += 2 * N) {
      const auto b0 = hn::Load(d, right), b1 = hn::Load(d, right + N);
      HWY_UNROLL(16)
      for (std::size_t r = 0; r < kRows; ++r) {
        const auto x = hn::Set(d, left[r]);
        sum[r][0] = hn::MulAdd(x, b0, sum[r][0]);
        sum[r][1] = hn::MulAdd(x, b1, sum[r][1]);
      }
    }
  }
  auto total = hn::Zero(d);
  HWY_UNROLL(16)
  for (const auto& row : sum) total = hn::Add(total, hn::Add(row[0], row[1]));
  *sink += hn::GetLane(total);
  return 4.0 * static_cast<double>(rounds) * static_cast<double>(kTerms * kRows * N);
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
HWY_EXPORT(FedMultiplyAdd);

// What each of `slices` calls of work(sink) did a second, those calls' results summed up
// in `sink`, so that no compiler leaves one out.
template <class Work>
std::vector<double> Paces(int slices, float* sink, const Work& work) {
  std::vector<double> paces;
  for (int slice = 0; slice < slices; ++slice) {
    const auto begin = std::chrono::steady_clock::now();
    const double flops = work(sink);
    paces.push_back(
        flops / std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  std::sort(paces.begin(), paces.end());
  return paces;
}

// find(sink), once a target.
template <class Find>
double Once(std::map<std::string_view, double>& known, const Find& find) {
  const std::string_view target = ActiveTarget().name;
  if (known.contains(target)) return known[target];
  float sink = 0.0f;
  const double found = find(&sink);
  // A sum that could come out otherwise cannot be left out.
  return known[target] = sink < 0.0f ? 0.0 : found;
}

}  // namespace

double PeakFlops() {
  static std::map<std::string_view, double> known;
  return Once(known, [](float* sink) {
    return Paces(40, sink, [](float* to) { return HWY_DYNAMIC_DISPATCH(MultiplyAdd)(200000, to); })
        .back();
  });
}

double FedFlops() {
  static std::map<std::string_view, double> known;
  return Once(known, [](float* sink) {
    const auto slice = [](float* to) { return HWY_DYNAMIC_DISPATCH(FedMultiplyAdd)(3000, to); };
    Paces(50, sink, slice);
    const std::vector<double> paces = Paces(100, sink, slice);
    return paces[paces.size() / 2];
  });
}

void KeepMultiplying(double seconds, bool fed) {
  static volatile float sum = 0.0f;
  float sink = 0.0f;
  const auto begin = std::chrono::steady_clock::now();
  do {
    if (fed) {
      HWY_DYNAMIC_DISPATCH(FedMultiplyAdd)(100, &sink);
    } else {
      HWY_DYNAMIC_DISPATCH(MultiplyAdd)(10000, &sink);
    }
  } while (std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() <
           seconds);
  sum = sum + sink;
}

}  // namespace lanegrad
#endif  // HWY_ONCE
