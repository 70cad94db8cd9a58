// SPDX-License-Identifier: Apache-2.0
#include "kernels/gemm_rows.h"

#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/gemm_rows.cc"  // once per target
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/gemm_rows-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {
namespace {

// ---------------------------------------------------------------- blocks

// So many rows of the left operand meet a block of b at once: 256 terms of them stay in the
// second cache. They are read where they lie; a copy of them was slower, save one case.
constexpr size_t kRowsAtOnce = 224;
constexpr size_t kCopyStride = kSumBlock + kPanel;  // 17 lines, so rows spread over all sets

struct RowBlock {
  const float* a;  // its first row and term
  size_t a_stride;
  size_t height, kc;
  ConstRows b;  // from the first term of the block and column of the strip to the last ones
  float* c;
  size_t c_stride;
  bool add;
};

// One strip of `width` columns.
template <size_t P, bool kDown>
void MultiplyRowStrip(const RowBlock& block, size_t width, float* panel) {
  using Tiles = RowTiles<P, kDown>;
  HWY_ALIGN float tail[(P * kPanel + 1) * P * kPanel];
  RowTileOperands o = {.a = block.a,
                       .a_stride = block.a_stride,
                       .b = block.b.data,
                       .b_stride = block.b.stride,
                       .tail = tail,
                       .safe = block.kc,
                       .kc = block.kc,
                       .panel = panel,
                       .panel_step = block.height > Tiles::kMr ? kPanel : 0,
                       .c = block.c,
                       .c_stride = block.c_stride,
                       .width = width,
                       .add = block.add};
  // The rows whose registers would reach behind the matrix.
  const ConstRows b = block.b;
  while (o.safe > 0 && (b.rows - o.safe) * b.stride + b.cols < P * kPanel) --o.safe;
  for (size_t k = o.safe; k < block.kc; ++k) {
    std::memcpy(tail + (k - o.safe) * P * kPanel, b.data + k * b.stride, width * sizeof(float));
  }
  const size_t tiles = (block.height + Tiles::kMr - 1) / Tiles::kMr;
  const size_t runs = block.kc / kPanel;
  // The same rows of the next strip, while there are more than a tile or two to ask for them.
  if (tiles > 2 && runs > 0 && block.b.cols >= 2 * P * kPanel) {
    o.ahead.at = block.b.data + P * kPanel;
    o.ahead.lines = (block.kc + runs * tiles - 1) / (runs * tiles);
  }
  size_t asked = 0;
  for (size_t row = 0; row < block.height;) {
    const size_t height = NextHeight(block.height - row, Tiles::kMr);
    o.a = block.a + (kDown ? row : row * block.a_stride);
    o.c = block.c + row * block.c_stride;
    if (row == 0) {
      Tiles::kFirst[height - 1](o);
      o.b = panel;
    } else {
      Tiles::kRest[height - 1](o);
    }
    asked += o.ahead.lines * runs;
    if (asked + o.ahead.lines * runs > block.kc) o.ahead.lines = 0;
    o.ahead.at += o.ahead.lines * runs * block.b.stride;
    row += height;
  }
}

template <bool kDown>
void MultiplyRowBlocks(ConstRows a, ConstRows b, Rows c) {
  constexpr size_t kWide = kWidePanels * kPanel;
  HWY_ALIGN float panel[kSumBlock * kWide];
  HWY_ALIGN float copy[kDown ? 1 : kRowsAtOnce * kCopyStride];
  for (size_t first = 0; first < c.rows;) {
    const size_t height = NextHeight(c.rows - first, kRowsAtOnce);
    for (size_t term = 0; term < b.rows; term += kSumBlock) {
      const size_t kc = HWY_MIN(kSumBlock, b.rows - term);
      const size_t place = kDown ? term * a.stride + first : first * a.stride + term;
      RowBlock block = {.a = a.data + place,
                        .a_stride = a.stride,
                        .height = height,
                        .kc = kc,
                        .b = {b.data + term * b.stride, b.rows - term, b.cols, b.stride},
                        .c = c.data + first * c.stride,
                        .c_stride = c.stride,
                        .add = term > 0};
      // Rows that lie a multiple of 4 KB apart share one set of the first cache, which holds
      // fewer of them than a tile has.
      if (!kDown && a.stride % 1024 == 0 && c.cols > 3 * kWide) {
        for (size_t r = 0; r < height; ++r) {
          std::memcpy(copy + r * kCopyStride, block.a + r * a.stride, kc * sizeof(float));
        }
        block.a = copy;
        block.a_stride = kCopyStride;
      }
      for (size_t col = 0; col < c.cols;) {
        const size_t left = c.cols - col;
        if (left > kPanel && kWidePanels > 1) {
          MultiplyRowStrip<kWidePanels, kDown>(block, HWY_MIN(left, kWide), panel);
        } else {
          MultiplyRowStrip<1, kDown>(block, HWY_MIN(left, kPanel), panel);
        }
        const size_t width = HWY_MIN(left, left > kPanel ? kWide : kPanel);
        col += width;
        block.b.data += width;
        block.b.cols -= width;
        block.c += width;
      }
    }
    first += height;
  }
}

void RowsByRows(ConstRows a, ConstRows b, Rows c) { MultiplyRowBlocks<false>(a, b, c); }
void TransposedRowsByRows(ConstRows a, ConstRows b, Rows c) { MultiplyRowBlocks<true>(a, b, c); }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lanegrad {
namespace {

HWY_EXPORT(RowsByRows);
HWY_EXPORT(TransposedRowsByRows);

// A product without terms has no block that would write it.
bool IsZero(std::size_t terms, Rows c) {
  for (std::size_t r = 0; terms == 0 && r < c.rows && c.cols > 0; ++r) {
    std::memset(c.data + r * c.stride, 0, c.cols * sizeof(float));
  }
  return terms == 0;
}

}  // namespace

void MultiplyRows(ConstRows a, ConstRows b, Rows c) {
  if (!IsZero(b.rows, c)) HWY_DYNAMIC_DISPATCH(RowsByRows)(a, b, c);
}

void MultiplyTransposedRows(ConstRows a, ConstRows b, Rows c) {
  if (!IsZero(b.rows, c)) HWY_DYNAMIC_DISPATCH(TransposedRowsByRows)(a, b, c);
}

}  // namespace lanegrad
#endif  // HWY_ONCE
