/// @file
/// The tile kernel of products of plain rows. Included once per target.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstddef>
#include <cstring>
#include <utility>

#if defined(LANEGRAD_KERNELS_GEMM_ROWS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_GEMM_ROWS_INL_H_
#undef LANEGRAD_KERNELS_GEMM_ROWS_INL_H_
#else
#define LANEGRAD_KERNELS_GEMM_ROWS_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/gemm-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

// ---------------------------------------------------------------- tile
//
// As in gemm-inl.h: sum[r] = sum_k a_r[k] * b_k over one block of kc terms, in registers.
// Three things differ.
//
// The left operand is read where it lies, row r of the tile at a + r * a_stride, so that
// it need not be copied to be read once. (With kDown it is stored transposed: term k at
// a + k * a_stride, and the rows of the tile beside each other.)
//
// The first tile that meets a block of b reads its rows where they lie, and writes them
// into a panel on the way (kPack): its stores use ports that multiply-adds leave alone.
// All tiles below read the panel.
//
// The last rows of b may be shorter than a register reads. They are read from `tail`, a
// copy with room behind it. What a register holds besides is never stored.
struct RowTileOperands {
  const float* a;
  size_t a_stride;
  const float* b;  // with kPack rows, b_stride apart; else the panel
  size_t b_stride;
  const float* tail;  // with kPack: the last rows, from term `safe` on, P * 16 apart
  size_t safe;
  size_t kc;
  float* panel;       // with kPack: where b goes,
  size_t panel_step;  // and how far it is there to the next term; 0 where nobody reads it
  float* c;
  size_t c_stride;
  size_t width;  // columns of c, at most P * 16
  bool add;
  Ahead ahead = {};
};

// Rows of a tile are addressed from every fifth: a register and the stride, alone, doubled
// or fourfold, are one address, and three strides have a register of their own. A compiler
// that knew where these come from would compute fourteen pointers and keep them in memory.
template <class T>
HWY_INLINE void Conceal(T& value) {
#if HWY_COMPILER_GCC || HWY_COMPILER_CLANG
  asm("" : "+r"(value));
#else
  (void)value;
#endif
}
struct LeftRows {
  const float* base[4];
  size_t stride, three;

  // Of tiles of mr rows: no address is computed that has no row.
  template <size_t mr, bool kDown>
  HWY_INLINE static LeftRows At(const float* a, size_t stride) {
    const auto every = [&](size_t r) { return a + (!kDown && r < mr ? r * stride : 0); };
    LeftRows rows = {{a, every(5), every(10), every(15)}, stride, 3 * stride};
    if constexpr (!kDown) {
      for (const float*& each : rows.base) Conceal(each);
      Conceal(rows.stride);
      Conceal(rows.three);
    }
    return rows;
  }
  HWY_INLINE const float* Row(size_t r) const {
    return base[r / 5] + (r % 5 == 3 ? three : r % 5 * stride);
  }
};

// Where register j of a row of a block of b lies in its panels.
template <class T>
HWY_INLINE T* PanelPlace(T* row, size_t j) {
  return row + j / kRegisters * (kSumBlock * kPanel) + j % kRegisters * kLanes;
}

// One term: number t of those that the pointers have not passed yet.
template <size_t mr, size_t P, bool kDown, bool kPack, class V>
HWY_INLINE void AddTerm(size_t t, size_t b_stride, size_t panel_step, LeftRows& left,
                        const float* HWY_RESTRICT& b, float* HWY_RESTRICT panel,
                        V (&sum)[mr][P * kRegisters]) {
  constexpr size_t C = P * kRegisters;
  const TileTag d;
  V row[C];
  HWY_UNROLL(16)
  for (size_t j = 0; j < C; ++j) {
    if constexpr (kPack) {
      row[j] = hn::LoadU(d, b + j * kLanes);
      hn::Store(row[j], d, PanelPlace(panel + t * panel_step, j));
    } else {
      row[j] = hn::Load(d, PanelPlace(b + t * kPanel, j));
    }
  }
  HWY_UNROLL(16)
  for (size_t r = 0; r < mr; ++r) {
    const V x = hn::Set(d, kDown ? left.base[0][r] : left.Row(r)[t]);
    HWY_UNROLL(16)
    for (size_t j = 0; j < C; ++j) sum[r][j] = Fma(d, x, row[j], sum[r][j]);
  }
  if constexpr (kDown) left.base[0] += left.stride;
  if constexpr (kPack) b += b_stride;
}

// Stores `width` columns of a row of sums, or adds them to what is there.
template <size_t C, class V>
HWY_INLINE void StoreRow(const V (&sum)[C], size_t width, bool add, float* to) {
  const TileTag d;
  if (width == C * kLanes) {
    HWY_UNROLL(16)
    for (size_t j = 0; j < C; ++j) {
      float* at = to + j * kLanes;
      hn::StoreU(add ? hn::Add(hn::LoadU(d, at), sum[j]) : sum[j], d, at);
    }
    return;
  }
#if HWY_TARGET <= HWY_AVX2
  // These write, and read, what a mask names, and touch nothing else.
  HWY_UNROLL(16)
  for (size_t j = 0; j < C; ++j) {
    const auto mask = hn::FirstN(d, width < j * kLanes ? 0 : width - j * kLanes);
    float* at = to + j * kLanes;
    hn::BlendedStore(add ? hn::Add(hn::MaskedLoad(mask, d, at), sum[j]) : sum[j], mask, d, at);
  }
#else
  HWY_ALIGN float row[C * kLanes] = {};
  if (add) std::memcpy(row, to, width * sizeof(float));
  HWY_UNROLL(16)
  for (size_t j = 0; j < C; ++j) {
    float* at = row + j * kLanes;
    hn::Store(add ? hn::Add(hn::Load(d, at), sum[j]) : sum[j], d, at);
  }
  std::memcpy(to, row, width * sizeof(float));
#endif
}

template <size_t mr, size_t P, bool kDown, bool kPack>
void RowTile(const RowTileOperands& o) {
  constexpr size_t C = P * kRegisters;
  const TileTag d;
  hn::Vec<TileTag> sum[mr][C];
  HWY_UNROLL(16)
  for (size_t r = 0; r < mr; ++r) {
    HWY_UNROLL(16)
    for (size_t j = 0; j < C; ++j) sum[r][j] = hn::Zero(d);
    FetchLinesToWrite(o.c + r * o.c_stride, P);
    FetchLinesToWrite(o.c + r * o.c_stride + o.width - 1, 1);
  }
  LeftRows left = LeftRows::At<mr, kDown>(o.a, o.a_stride);
  const float* HWY_RESTRICT b = o.b;
  size_t b_stride = o.b_stride;
  float* HWY_RESTRICT panel = o.panel;
  const float* later = o.ahead.at;
  const auto pass = [&](size_t terms) HWY_ATTR __attribute__((always_inline)) {
    if constexpr (kPack) panel += terms * o.panel_step;
    if constexpr (!kPack) b += terms * kPanel;
    if constexpr (!kDown) {
      HWY_UNROLL(4)
      for (size_t i = 0; i * 5 < mr; ++i) left.base[i] += terms;
    }
  };
  for (size_t k = 0; k < o.kc;) {
    if (kPack && k == o.safe) {
      b = o.tail;
      b_stride = P * kPanel;
    }
    size_t stop = HWY_MIN(o.kc, k + kPanel);
    if (kPack && k < o.safe) stop = HWY_MIN(stop, o.safe);
    if constexpr (!kDown) {
      HWY_UNROLL(16)
      for (size_t r = 0; r < mr; ++r) hwy::Prefetch(left.Row(r) + kPanel);
    }
    for (size_t i = 0; i < o.ahead.lines; ++i, later += o.b_stride) {
      HWY_UNROLL(2)
      for (size_t p = 0; p < P; ++p) FetchLine(later + p * kPanel);
      FetchLine(later + P * kPanel - 1);  // rows need not begin where lines do
    }
    for (; k + 4 <= stop; k += 4) {
      AddTerm<mr, P, kDown, kPack>(0, b_stride, o.panel_step, left, b, panel, sum);
      AddTerm<mr, P, kDown, kPack>(1, b_stride, o.panel_step, left, b, panel, sum);
      AddTerm<mr, P, kDown, kPack>(2, b_stride, o.panel_step, left, b, panel, sum);
      AddTerm<mr, P, kDown, kPack>(3, b_stride, o.panel_step, left, b, panel, sum);
      pass(4);
    }
    for (; k < stop; ++k) {
      AddTerm<mr, P, kDown, kPack>(0, b_stride, o.panel_step, left, b, panel, sum);
      pass(1);
    }
  }
  HWY_UNROLL(16)
  for (size_t r = 0; r < mr; ++r) StoreRow(sum[r], o.width, o.add, o.c + r * o.c_stride);
}

using RowTileKernel = void (*)(const RowTileOperands&);
template <size_t P, bool kDown, bool kPack, size_t... I>
constexpr std::array<RowTileKernel, sizeof...(I)> RowTileTable(std::index_sequence<I...>) {
  return {&RowTile<I + 1, P, kDown, kPack>...};
}
// Tiles of P panels: row r - 1 of each table is the kernel for r rows.
template <size_t P, bool kDown>
struct RowTiles {
  static constexpr size_t kMr = P == kWidePanels ? kWideMr : kNarrowMr;
  static constexpr auto kFirst = RowTileTable<P, kDown, true>(std::make_index_sequence<kMr>());
  static constexpr auto kRest = RowTileTable<P, kDown, false>(std::make_index_sequence<kMr>());
};

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
