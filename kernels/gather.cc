// SPDX-License-Identifier: Apache-2.0
#include "kernels/gather.h"

#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/gather.cc"  // once per target
#include "hwy/cache_control.h"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/exact-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {
namespace {

// x / 255 for whole numbers x from 0 to 255, rounded correctly. The plain product
// x * (1 / 255) is wrong for 126 of them; with the rest of 1 / 255 added by a fused
// multiply-add all are right, which dataset_test checks one by one. A true division
// is twelve times as slow, and was a sixth of a small step.
template <class D, class V>
HWY_INLINE V Over255(D d, V x) {
#if HWY_NATIVE_FMA
  constexpr float kHigh = 1.0f / 255.0f;
  constexpr float kLow = static_cast<float>(1.0 / 255.0 - static_cast<double>(kHigh));
  return Fma(d, x, hn::Set(d, kHigh), hn::Mul(x, hn::Set(d, kLow)));
#else
  return hn::Div(x, hn::Set(d, 255.0f));
#endif
}

// Sixteen bytes to sixteen floats: one row of a panel.
HWY_INLINE void Widen(const uint8_t* HWY_RESTRICT from, float* HWY_RESTRICT to) {
  const hn::CappedTag<float, kPanel> d;
  const hn::Rebind<int32_t, decltype(d)> di;
  const hn::Rebind<uint8_t, decltype(d)> du;
  for (size_t i = 0; i < kPanel; i += hn::Lanes(d)) {
    const auto bytes = hn::PromoteTo(di, hn::LoadU(du, from + i));
    hn::Store(Over255(d, hn::ConvertTo(d, bytes)), d, to + i);
  }
}

// The same for a panel that `features` fills only in part.
HWY_INLINE void WidenPart(const uint8_t* from, size_t count, float* to) {
  uint8_t padded[kPanel] = {};
  std::memcpy(padded, from, count);
  Widen(padded, to);
}

// Samples lie anywhere in a set larger than the cache. Four panels are one line of
// a sample: taking that line from each row in turn reads it once, keeps as many
// misses in flight as there are rows, and writes each panel downwards.
//
// Most lines are in the second cache by then: they were asked for during the step before
// (ahead.h). The prefetch here is for the first batch, and for whoever has no large pages.
void GatherByteRows(const uint8_t* samples, size_t features, const uint32_t* chosen, Range rows,
                    Panels x) {
  constexpr size_t kGroup = 4;
  const size_t whole = features / kPanel;
  for (size_t group = 0; group < whole; group += kGroup) {
    const size_t end = HWY_MIN(group + kGroup, whole);
    for (size_t r = rows.begin; r < rows.end; ++r) {
      const uint8_t* sample = samples + chosen[r] * features;
      hwy::Prefetch(sample + (group + kGroup) * kPanel);
      for (size_t panel = group; panel < end; ++panel) {
        Widen(sample + panel * kPanel, x.Row(panel, r));
      }
    }
  }
  if (features % kPanel == 0) return;
  for (size_t r = rows.begin; r < rows.end; ++r) {
    WidenPart(samples + chosen[r] * features + whole * kPanel, features % kPanel, x.Row(whole, r));
  }
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lanegrad {
namespace {
HWY_EXPORT(GatherByteRows);
}  // namespace

void GatherBytes(const std::uint8_t* samples, std::size_t features, const std::uint32_t* chosen,
                 Range rows, Panels x) {
  HWY_DYNAMIC_DISPATCH(GatherByteRows)(samples, features, chosen, rows, x);
}

void GatherFloats(const float* samples, std::size_t features, const std::uint32_t* chosen,
                  Range rows, Panels x) {
  for (std::size_t panel = 0; panel < PanelCount(features); ++panel) {
    const std::size_t first = panel * kPanel;
    const std::size_t count = features - first < kPanel ? features - first : kPanel;
    for (std::size_t r = rows.begin; r < rows.end; ++r) {
      float* row = x.Row(panel, r);
      std::memcpy(row, samples + chosen[r] * features + first, count * sizeof(float));
      std::memset(row + count, 0, (kPanel - count) * sizeof(float));
    }
  }
}

void GatherTargets(const std::uint8_t* labels, const std::uint32_t* chosen, Range rows, Panels y) {
  for (std::size_t panel = 0; panel < PanelCount(y.cols); ++panel) {
    std::memset(y.Row(panel, rows.begin), 0, rows.size() * kPanel * sizeof(float));
  }
  for (std::size_t r = rows.begin; r < rows.end; ++r) {
    const std::size_t label = labels[chosen[r]];
    if (y.cols == 1) {
      y.At(r, 0) = static_cast<float>(label);
    } else {
      y.At(r, label) = 1.0f;
    }
  }
}

}  // namespace lanegrad
#endif  // HWY_ONCE
