/// @file
/// The tile kernel of the products, and the policy that cuts a matrix into tiles.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstddef>
#include <utility>

#include "kernels/gemm.h"
#include "kernels/matrix.h"

#if defined(LANEGRAD_KERNELS_GEMM_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_GEMM_INL_H_
#undef LANEGRAD_KERNELS_GEMM_INL_H_
#else
#define LANEGRAD_KERNELS_GEMM_INL_H_
#endif

#include "hwy/cache_control.h"
#include "hwy/highway.h"
#include "kernels/exact-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

// ---------------------------------------------------------------- policy
//
// A tile is R rows by P panels and lives in registers. A panel is 16 / N
// registers wide, N being the lanes of one. A step of k loads P * 16 / N
// registers of b, broadcasts R elements of a, and does R * P * 16 / N fused
// multiply-adds; it must keep at least 8 of those in flight (two a cycle, four
// cycles each) and leave registers for b and one broadcast.
//
//     target   N   registers   wide tile   accumulators   narrow tile
//     AVX3    16          32      12 x 2             24        16 x 1
//     AVX2     8          16       6 x 1             12         6 x 1
//     SSE      4          16       3 x 1             12         3 x 1
//     SCALAR   1          16       1 x 1             16         1 x 1
// [tile-shapes]
using TileTag = hn::CappedTag<float, kPanel>;
constexpr size_t kLanes = HWY_MIN(HWY_LANES(float), kPanel);
constexpr size_t kRegisters = kPanel / kLanes;  // of a panel row
constexpr size_t kWidePanels = kLanes == 16 ? 2 : 1;
constexpr size_t kWideRows = kLanes == 16 ? 12 : kLanes == 8 ? 6 : kLanes == 4 ? 3 : 1;
constexpr size_t kNarrowRows = kLanes == 16 ? 16 : kWideRows;
// [tile-shapes]

// ---------------------------------------------------------------- operands

// How a tile walks its left operand, which it broadcasts element by element.
//
// Rows: a(r, k), k along the columns. Sixteen k lie in one line of a panel and R
// rows in R neighbouring lines; after sixteen k the walk jumps to the next panel.
struct AlongColumns {
  static constexpr size_t kRowStride = kPanel;
  static constexpr size_t kTermStride = 1;
  static constexpr size_t kRun = kPanel;  // terms between jumps
};
// Columns: a(k, r), k down the rows. R elements lie in one line, the next k in the
// next line; there is no jump.
struct DownRows {
  static constexpr size_t kRowStride = 1;
  static constexpr size_t kTermStride = kPanel;
  static constexpr size_t kRun = kSumBlock;
};

// ---------------------------------------------------------------- tile
//
// Notation: b_k is a row of the right operand, P * 16 elements in registers.
//
//     c[r]  =  sum_k  a_r[k] * b_k,      0 <= r < R
//
// Strategy: keep all R rows of c in registers for a block of 256 terms; each term
// loads b_k once and broadcasts R elements of a straight from memory. At the end
// of a block, add the accumulators to the tile in memory: that is the numeric
// specification (gemm.h), and it is rare enough to cost nothing.
//
// The operands need no packing: neighbouring rows of a panel are neighbouring
// lines, so both pointers walk memory forwards, one stream for a and P for b.
// [tile]
template <size_t R, size_t P, class Walk>
void Tile(const float* HWY_RESTRICT a, size_t a_jump, const float* HWY_RESTRICT b, size_t b_jump,
          size_t terms, float* HWY_RESTRICT c, size_t c_jump) {
  constexpr size_t C = P * kRegisters;
  const TileTag d;
  using V = hn::Vec<TileTag>;
  for (size_t block = 0; block < terms; block += kSumBlock) {
    const size_t end = HWY_MIN(terms, block + kSumBlock);
    V sum[R][C];  // in registers: every loop over it is unrolled whole
    HWY_UNROLL(16)
    for (size_t r = 0; r < R; ++r) {
      HWY_UNROLL(16)
      for (size_t j = 0; j < C; ++j) sum[r][j] = hn::Zero(d);
    }
    for (size_t k = block; k < end;) {
      const size_t stop = HWY_MIN(end, k + Walk::kRun);
      // The next panel of a is a jump that no hardware prefetcher follows: without
      // this, 2048 x 2048 x 2048 runs at 61 GFLOP/s instead of 257 (Zen 5, AVX3).
      if constexpr (Walk::kRun == kPanel) {
        HWY_UNROLL(16)
        for (size_t r = 0; r < R; ++r) hwy::Prefetch(a + a_jump + r * kPanel);
      }
      for (const float* at = a; k < stop; ++k, at += Walk::kTermStride, b += kPanel) {
        V row[C];
        HWY_UNROLL(16)
        for (size_t j = 0; j < C; ++j) {
          row[j] = hn::Load(d, b + j / kRegisters * b_jump + j % kRegisters * kLanes);
        }
        HWY_UNROLL(16)
        for (size_t r = 0; r < R; ++r) {
          const V left = hn::Set(d, at[r * Walk::kRowStride]);
          HWY_UNROLL(16)
          for (size_t j = 0; j < C; ++j) sum[r][j] = Fma(d, left, row[j], sum[r][j]);
        }
      }
      a += a_jump;
    }
    HWY_UNROLL(16)
    for (size_t r = 0; r < R; ++r) {
      HWY_UNROLL(16)
      for (size_t j = 0; j < C; ++j) {
        float* to = c + j / kRegisters * c_jump + r * kPanel + j % kRegisters * kLanes;
        const V total = block == 0 ? sum[r][j] : hn::Add(hn::Load(d, to), sum[r][j]);
        hn::Store(total, d, to);
      }
    }
  }
}
// [tile]

using TileKernel = void (*)(const float*, size_t, const float*, size_t, size_t, float*, size_t);

template <size_t P, class Walk, size_t... I>
constexpr std::array<TileKernel, sizeof...(I)> TileTable(std::index_sequence<I...>) {
  return {&Tile<I + 1, P, Walk>...};
}

// Row r - 1 of a table is the kernel for tiles of r rows.
template <class Walk>
constexpr auto kWideTiles = TileTable<kWidePanels, Walk>(std::make_index_sequence<kWideRows>());
template <class Walk>
constexpr auto kNarrowTiles = TileTable<1, Walk>(std::make_index_sequence<kNarrowRows>());

// ---------------------------------------------------------------- cutting

// Cuts `rows` into as few tiles as fit, of nearly equal height (32 rows by 12 are
// 11 + 11 + 10, not 12 + 12 + 8: a low tile wastes the loads of b), and calls
// visit(kernel, first row, rows of the tile).
template <class Table, class Visit>
HWY_INLINE void ForEachTile(const Table& kernels, Range rows, Visit&& visit) {
  const size_t tiles = (rows.size() + kernels.size() - 1) / kernels.size();
  size_t first = rows.begin;
  for (size_t tile = 0; tile < tiles; ++tile) {
    const size_t height = (rows.end - first + tiles - tile - 1) / (tiles - tile);
    visit(kernels[height - 1], first, height);
    first += height;
  }
}

// Calls visit(kernel table, first panel, panels of the tile) over all panels of
// `cols` columns: wide tiles while they fit, then a narrow one.
template <class Walk, class Visit>
HWY_INLINE void ForEachStrip(size_t cols, Visit&& visit) {
  const size_t panels = PanelCount(cols);
  size_t panel = 0;
  for (; panel + kWidePanels <= panels; panel += kWidePanels) {
    visit(kWideTiles<Walk>, panel, kWidePanels);
  }
  for (; panel < panels; ++panel) visit(kNarrowTiles<Walk>, panel, size_t{1});
}

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
