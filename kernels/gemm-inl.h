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
// A tile is mr rows by nr columns, which are P = nr / 16 panels, and lives in registers
// [names as in Van Zee and van de Geijn 2015]. A panel is 16 / N registers wide, N being
// the lanes of one. A step of k loads nr / N registers of b, broadcasts mr elements of a,
// and does mr * nr / N fused multiply-adds; it must keep at least 8 of those in flight
// (two a cycle, four cycles each) and leave registers for b and one broadcast. A tile
// takes kc <= 256 terms at once.
//
//     target   N   registers   wide mr x nr   accumulators   narrow mr x nr
//     AVX3    16          32        14 x 32             28          16 x 16
//     AVX2     8          16         6 x 16             12           6 x 16
//     SSE      4          16         3 x 16             12           3 x 16
//     SCALAR   1          16         1 x 16             16           1 x 16
// [tile-shapes]
using TileTag = hn::CappedTag<float, kPanel>;
constexpr size_t kLanes = HWY_MIN(HWY_LANES(float), kPanel);
constexpr size_t kRegisters = kPanel / kLanes;        // of a panel row
constexpr size_t kWidePanels = kLanes == 16 ? 2 : 1;  // nr / 16
constexpr size_t kWideMr = kLanes == 16 ? 14 : kLanes == 8 ? 6 : kLanes == 4 ? 3 : 1;
constexpr size_t kNarrowMr = kLanes == 16 ? 16 : kWideMr;
// [tile-shapes]

// ---------------------------------------------------------------- operands

// How a tile walks its left operand, which it broadcasts element by element.
//
// Rows: a(r, k), k along the columns. Sixteen k lie in one line of a panel and mr
// rows in mr neighbouring lines; after sixteen k the walk jumps to the next panel.
struct AlongColumns {
  static constexpr size_t kRowStride = kPanel;
  static constexpr size_t kTermStride = 1;
  static constexpr size_t kRun = kPanel;  // terms between jumps
};
// Columns: a(k, r), k down the rows. mr elements lie in one line, the next k in the
// next line; there is no jump.
struct DownRows {
  static constexpr size_t kRowStride = 1;
  static constexpr size_t kTermStride = kPanel;
  static constexpr size_t kRun = kSumBlock;
};

// ---------------------------------------------------------------- prefetch

// Asks for a line that will be wanted some thousand cycles from now: into L2, because
// L1 is full of what is wanted sooner.
HWY_INLINE void FetchLine(const float* at) { __builtin_prefetch(at, 0, 2); }
HWY_INLINE void FetchLines(const float* at, size_t lines) {
  for (size_t i = 0; i < lines; ++i) FetchLine(at + i * kPanel);
}

// The same for lines that will be written, which another core may have read: the
// question who owns them is asked ahead too. (A compiler emits this instruction by
// itself only for targets that it is told to have it; where it is missing it does
// nothing.)
HWY_INLINE void FetchLinesToWrite(float* at, size_t lines) {
  for (size_t i = 0; i < lines; ++i, at += kPanel) {
#if HWY_ARCH_X86_64
    asm volatile("prefetchw %0" : : "m"(*at));
#else
    __builtin_prefetch(at, 1, 2);
#endif
  }
}

// What a tile asks for while it computes: of each panel of its right operand so many
// lines a run of terms, from `at` of the first panel on.
struct Ahead {
  const float* at = nullptr;
  size_t lines = 0;
};

// ---------------------------------------------------------------- tile
//
// Notation: b_k is a row of the right operand, nr elements in registers.
//
//     sum[r]  =  sum_k  a_r[k] * b_k,      0 <= r < mr,   over one block of kc <= 256 terms
//
// Strategy: keep all mr rows of the sum in registers for the block; each term loads
// b_k once and broadcasts mr elements of a straight from memory.
//
// The operands need no packing: neighbouring rows of a panel are neighbouring
// lines, so both pointers walk memory forwards, one stream for a and P for b.
//
// Why 14 x 32 and no other shape, nor the broadcast within the multiply-add: they were
// measured (docs/speed.md). Four terms a turn of the loop: its counters take one port in
// twenty-five of those that the multiply-adds need.

// What a tile reads. A jump is the way from a panel to the next, in floats.
struct TileOperands {
  const float* a;
  size_t a_jump;
  const float* b;
  size_t b_jump;
  size_t kc;  // terms, at most kSumBlock
  Ahead ahead = {};
};
// Where its sums go, and whether they are added to what is there.
struct TileSums {
  float* c;
  size_t c_jump;
  bool add;
};
// [tile]
template <size_t mr, size_t P, class Walk, class V>
HWY_INLINE void Accumulate(const TileOperands& operands, V (&sum)[mr][P * kRegisters]) {
  constexpr size_t C = P * kRegisters;
  const TileTag d;
  const float* HWY_RESTRICT a = operands.a;
  const float* HWY_RESTRICT b = operands.b;
  const size_t a_jump = operands.a_jump, b_jump = operands.b_jump, kc = operands.kc;
  const Ahead ahead = operands.ahead;
  const float* later = ahead.at;
  HWY_UNROLL(16)
  for (size_t r = 0; r < mr; ++r) {
    HWY_UNROLL(16)
    for (size_t j = 0; j < C; ++j) sum[r][j] = hn::Zero(d);
  }
  for (size_t k = 0; k < kc;) {
    const size_t stop = HWY_MIN(kc, k + Walk::kRun);
    // The next panel of a is a jump that no hardware prefetcher follows: without this,
    // a large product runs at a quarter of its speed (docs/speed.md).
    if constexpr (Walk::kRun == kPanel) {
      HWY_UNROLL(16)
      for (size_t r = 0; r < mr; ++r) hwy::Prefetch(a + a_jump + r * kPanel);
      for (size_t i = 0; i < ahead.lines; ++i, later += kPanel) {
        HWY_UNROLL(2)
        for (size_t p = 0; p < P; ++p) FetchLine(later + p * b_jump);
      }
    }
    HWY_UNROLL(4)
    for (const float* at = a; k < stop; ++k, at += Walk::kTermStride, b += kPanel) {
      V row[C];
      HWY_UNROLL(16)
      for (size_t j = 0; j < C; ++j) {
        row[j] = hn::Load(d, b + j / kRegisters * b_jump + j % kRegisters * kLanes);
      }
      HWY_UNROLL(16)
      for (size_t r = 0; r < mr; ++r) {
        const V left = hn::Set(d, at[r * Walk::kRowStride]);
        HWY_UNROLL(16)
        for (size_t j = 0; j < C; ++j) sum[r][j] = Fma(d, left, row[j], sum[r][j]);
      }
    }
    a += a_jump;
  }
}

// The sums of a block, stored or added to those of the blocks before: that is the
// numeric specification (gemm.h), and it is rare enough to cost nothing.
template <size_t mr, size_t P, class Walk>
void Tile(const TileOperands& operands, const TileSums& sums) {
  constexpr size_t C = P * kRegisters;
  const TileTag d;
  hn::Vec<TileTag> sum[mr][C];  // in registers: every loop over it is unrolled whole
  Accumulate<mr, P, Walk>(operands, sum);
  HWY_UNROLL(16)
  for (size_t r = 0; r < mr; ++r) {
    HWY_UNROLL(16)
    for (size_t j = 0; j < C; ++j) {
      float* to = sums.c + j / kRegisters * sums.c_jump + r * kPanel + j % kRegisters * kLanes;
      hn::Store(sums.add ? hn::Add(hn::Load(d, to), sum[r][j]) : sum[r][j], d, to);
    }
  }
}
// [tile]

using TileKernel = void (*)(const TileOperands&, const TileSums&);

template <size_t P, class Walk, size_t... I>
constexpr std::array<TileKernel, sizeof...(I)> TileTable(std::index_sequence<I...>) {
  return {&Tile<I + 1, P, Walk>...};
}

// Row r - 1 of a table is the kernel for tiles of r rows.
template <class Walk>
constexpr auto kWideTiles = TileTable<kWidePanels, Walk>(std::make_index_sequence<kWideMr>());
template <class Walk>
constexpr auto kNarrowTiles = TileTable<1, Walk>(std::make_index_sequence<kNarrowMr>());

// ---------------------------------------------------------------- cutting

// The height of the next tile of `left` rows, at most `mr`: they are cut into as few
// tiles as fit, of nearly equal height (32 rows by 12 are 11 + 11 + 10, not 12 + 12 + 8:
// a low tile wastes the loads of b).
constexpr size_t NextHeight(size_t left, size_t mr) {
  const size_t tiles = (left + mr - 1) / mr;
  return (left + tiles - 1) / tiles;
}

// Calls visit(kernel, first row, rows of the tile) for each tile of `rows`.
template <class Table, class Visit>
HWY_INLINE void ForEachTile(const Table& kernels, Range rows, Visit&& visit) {
  for (size_t first = rows.begin; first < rows.end;) {
    const size_t height = NextHeight(rows.end - first, kernels.size());
    visit(kernels[height - 1], first, height);
    first += height;
  }
}

// Calls visit(kernel table, first panel, panels of the tile) over all `panels`: wide
// tiles while they fit, then a narrow one.
template <class Walk, class Visit>
HWY_INLINE void ForEachStrip(Range panels, Visit&& visit) {
  size_t panel = panels.begin;
  for (; panel + kWidePanels <= panels.end; panel += kWidePanels) {
    visit(kWideTiles<Walk>, panel, kWidePanels);
  }
  for (; panel < panels.end; ++panel) visit(kNarrowTiles<Walk>, panel, size_t{1});
}

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
