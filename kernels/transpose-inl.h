/// @file
/// Blocks of 16 x 16 numbers, turned over. Included once per target.
// SPDX-License-Identifier: Apache-2.0
#if defined(LANEGRAD_KERNELS_TRANSPOSE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_TRANSPOSE_INL_H_
#undef LANEGRAD_KERNELS_TRANSPOSE_INL_H_
#else
#define LANEGRAD_KERNELS_TRANSPOSE_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/matrix.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET != HWY_SCALAR
// Four floats of each of the rows 0, 4, 8, ..., from `from` on: one 128-bit block each.
template <class D>
HWY_INLINE hn::Vec<D> LoadBlocks(D d, const float* from) {
  if constexpr (hn::MaxLanes(D()) <= 4) {
    return hn::Load(d, from);
  } else {
    const hn::Half<D> half;
    return hn::Combine(d, LoadBlocks(half, from + hn::MaxLanes(half) * kPanel),
                       LoadBlocks(half, from));
  }
}
#endif

/// to[j][i] = from[i][j] for a block of 16 x 16, whose rows lie behind each other. `to`
/// must not overlap `from`. Cost: one read, one write, and half a shuffle a number.
inline void TransposeBlock(const float* HWY_RESTRICT from, float* HWY_RESTRICT to) {
#if HWY_TARGET == HWY_SCALAR
  for (size_t j = 0; j < kPanel; ++j) {
    for (size_t i = 0; i < kPanel; ++i) to[j * kPanel + i] = from[i * kPanel + j];
  }
#else
  // Four by four in each 128-bit block, which every target can do in eight shuffles.
  const hn::CappedTag<float, kPanel> d;
  const hn::Repartition<double, decltype(d)> pairs;
  const auto lower = [&](auto x, auto y) HWY_ATTR {
    return hn::BitCast(d, hn::InterleaveLower(pairs, hn::BitCast(pairs, x), hn::BitCast(pairs, y)));
  };
  const auto upper = [&](auto x, auto y) HWY_ATTR {
    return hn::BitCast(d, hn::InterleaveUpper(pairs, hn::BitCast(pairs, x), hn::BitCast(pairs, y)));
  };
  for (size_t i = 0; i < kPanel; i += hn::Lanes(d)) {
    for (size_t j = 0; j < kPanel; j += 4) {
      const float* at = from + i * kPanel + j;
      const auto r0 = LoadBlocks(d, at), r1 = LoadBlocks(d, at + kPanel);
      const auto r2 = LoadBlocks(d, at + 2 * kPanel), r3 = LoadBlocks(d, at + 3 * kPanel);
      const auto l01 = hn::InterleaveLower(d, r0, r1), u01 = hn::InterleaveUpper(d, r0, r1);
      const auto l23 = hn::InterleaveLower(d, r2, r3), u23 = hn::InterleaveUpper(d, r2, r3);
      float* out = to + j * kPanel + i;
      hn::Store(lower(l01, l23), d, out);
      hn::Store(upper(l01, l23), d, out + kPanel);
      hn::Store(lower(u01, u23), d, out + 2 * kPanel);
      hn::Store(upper(u01, u23), d, out + 3 * kPanel);
    }
  }
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
