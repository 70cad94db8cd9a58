// SPDX-License-Identifier: Apache-2.0
#include "bench/bandwidth.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "kernels/matrix.h"
#include "kernels/targets.h"
#include "network/stopwatch.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "bench/bandwidth.cc"  // once per target
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

// Each works on n floats, a whole number of eight registers, `rounds` times over. The eight
// sums are chains of their own, so that loads alone set the pace.
float ReadArray(const float* HWY_RESTRICT from, std::size_t n, long rounds) {
  const hn::ScalableTag<float> d;
  const std::size_t N = hn::Lanes(d);
  auto a = hn::Zero(d), b = a, c = a, e = a, f = a, g = a, h = a, i = a;
  for (long round = 0; round < rounds; ++round) {
    for (const float* at = from; at < from + n; at += 8 * N) {
      a = hn::Or(a, hn::Load(d, at));
      b = hn::Or(b, hn::Load(d, at + N));
      c = hn::Or(c, hn::Load(d, at + 2 * N));
      e = hn::Or(e, hn::Load(d, at + 3 * N));
      f = hn::Or(f, hn::Load(d, at + 4 * N));
      g = hn::Or(g, hn::Load(d, at + 5 * N));
      h = hn::Or(h, hn::Load(d, at + 6 * N));
      i = hn::Or(i, hn::Load(d, at + 7 * N));
    }
  }
  return hn::GetLane(
      hn::Or(hn::Or(hn::Or(a, b), hn::Or(c, e)), hn::Or(hn::Or(f, g), hn::Or(h, i))));
}

void CopyArray(const float* HWY_RESTRICT from, float* HWY_RESTRICT to, std::size_t n, long rounds) {
  const hn::ScalableTag<float> d;
  const std::size_t N = hn::Lanes(d);
  for (long round = 0; round < rounds; ++round) {
    for (std::size_t at = 0; at < n; at += 4 * N) {
      const auto a = hn::Load(d, from + at), b = hn::Load(d, from + at + N);
      const auto c = hn::Load(d, from + at + 2 * N), e = hn::Load(d, from + at + 3 * N);
      hn::Store(a, d, to + at);
      hn::Store(b, d, to + at + N);
      hn::Store(c, d, to + at + 2 * N);
      hn::Store(e, d, to + at + 3 * N);
    }
  }
}

void FillArray(float* to, std::size_t n, long rounds) {
  const hn::ScalableTag<float> d;
  const std::size_t N = hn::Lanes(d);
  for (long round = 0; round < rounds; ++round) {
    const auto value = hn::Set(d, static_cast<float>(round));
    for (std::size_t at = 0; at < n; at += 4 * N) {
      for (std::size_t i = 0; i < 4; ++i) hn::Store(value, d, to + at + i * N);
    }
  }
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lanegrad {
namespace {
HWY_EXPORT(ReadArray);
HWY_EXPORT(CopyArray);
HWY_EXPORT(FillArray);

double SizeOf(MemoryLevel level) {
  constexpr int kNames[] = {_SC_LEVEL1_DCACHE_SIZE, _SC_LEVEL2_CACHE_SIZE, _SC_LEVEL3_CACHE_SIZE};
  constexpr double kUsual[] = {0x1p15, 0x1p20, 0x1p25};
  const auto i = static_cast<std::size_t>(level);
  const long told = ::sysconf(kNames[i]);
  return told > 0 ? static_cast<double>(told) : kUsual[i];
}

// Half of a cache, so that copies fit as well; of the third, which is shared, four times the
// second. Of memory twice the third cache, at most half a gibibyte.
double ArrayBytes(MemoryLevel level) {
  switch (level) {
    case MemoryLevel::kL1:
    case MemoryLevel::kL2:
      return SizeOf(level) / 2;
    case MemoryLevel::kL3:
      return std::min(SizeOf(level) / 2, 4 * SizeOf(MemoryLevel::kL2));
    default:
      return std::min(0x1p29, 2 * SizeOf(MemoryLevel::kL3));
  }
}

// The best of several slices of a millisecond at least, in bytes a second.
template <class Move>
double BestPace(double bytes, const Move& move) {
  const long rounds = std::max(1L, std::lround(2e7 / bytes));
  move(1);
  double best = 0.0;
  for (int slice = 0; slice < (rounds > 1 ? 15 : 4); ++slice) {
    const double begin = Now();
    move(rounds);
    best = std::max(best, bytes * static_cast<double>(rounds) / (Now() - begin));
  }
  return best;
}

Bandwidth Measure(MemoryLevel level) {
  const ScopedTarget widest(Targets().front());
  const double bytes = ArrayBytes(level);
  // A whole number of lines for every width.
  const std::size_t n = static_cast<std::size_t>(bytes) / sizeof(float) / 256 * 256;
  Array from(n);
  volatile float sink = 0.0f;
  Bandwidth found = {.array_bytes = bytes};
  found.read = BestPace(
      bytes, [&](long rounds) { sink = HWY_DYNAMIC_DISPATCH(ReadArray)(from.data(), n, rounds); });
  found.fill = BestPace(bytes, [&](long rounds) {
    HWY_DYNAMIC_DISPATCH(FillArray)(from.data(), n, rounds);
  });
  // Both arrays of a copy together are as large as the one.
  const std::size_t half = n / 2;
  found.copy = BestPace(bytes, [&](long rounds) {
    HWY_DYNAMIC_DISPATCH(CopyArray)(from.data(), from.data() + half, half, rounds);
  });
  return found;
}

}  // namespace

std::string_view NameOf(MemoryLevel level) {
  constexpr std::string_view kNames[] = {"L1", "L2", "L3", "DRAM"};
  return kNames[static_cast<std::size_t>(level)];
}

MemoryLevel LevelOf(double bytes) {
  for (const MemoryLevel level : {MemoryLevel::kL1, MemoryLevel::kL2, MemoryLevel::kL3}) {
    if (bytes <= SizeOf(level)) return level;
  }
  return MemoryLevel::kDram;
}

const Bandwidth& BandwidthOf(MemoryLevel level) {
  static std::map<MemoryLevel, Bandwidth> known;
  const auto found = known.find(level);
  return found != known.end() ? found->second : known[level] = Measure(level);
}

double LeastSeconds(MemoryLevel level, double read_bytes, double written_bytes) {
  const Bandwidth& most = BandwidthOf(level);
  const double paired = std::min(read_bytes, written_bytes);
  return 2.0 * paired / most.copy + (read_bytes - paired) / most.read +
         (written_bytes - paired) / most.fill;
}

}  // namespace lanegrad
#endif  // HWY_ONCE
