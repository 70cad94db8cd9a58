// SPDX-License-Identifier: Apache-2.0
#include "kernels/gemm.h"

#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/gemm.cc"  // once per target
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/gemm-inl.h"
#include "kernels/tiny-inl.h"
#include "kernels/transpose-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {
namespace {

// Everything of the epilogue works on one panel of the tile, which is one
// contiguous run of `size` floats in every matrix that has its shape.
void FinishPanel(const MultiplyEpilogue& epilogue, size_t panel, size_t row, size_t size,
                 float* c) {
  const TileTag d;
  const size_t N = kLanes;
  if (epilogue.bias != nullptr) {
    const float* bias = epilogue.bias + panel * kPanel;
    for (size_t i = 0; i < size; i += N) {
      hn::Store(hn::Add(hn::Load(d, c + i), hn::Load(d, bias + i % kPanel)), d, c + i);
    }
  }
  if (epilogue.factor.data != nullptr) {
    const float* factor = epilogue.factor.Row(panel, row);
    for (size_t i = 0; i < size; i += N) {
      hn::Store(MulWithoutTiny(d, hn::Load(d, c + i), hn::Load(d, factor + i)), d, c + i);
    }
  }
  // One indirect call a tile; a tile of 12 x 16 sums over hundreds of terms.
  if (epilogue.sweep.kernel != nullptr) {
    epilogue.sweep(c, size, c, epilogue.slope.Row(panel, row));
  }
  if (epilogue.drop_tiny) {
    for (size_t i = 0; i < size; i += N) hn::Store(WithoutTiny(d, hn::Load(d, c + i)), d, c + i);
  }
}

// The lines that a tile and its epilogue will touch besides its operands: they have
// not been used for a whole pass over the network.
HWY_INLINE void FetchResults(const MultiplyEpilogue& epilogue, Panels c, size_t panel,
                             size_t panels, size_t row, size_t height) {
  for (size_t p = panel; p < panel + panels; ++p) {
    FetchLinesToWrite(c.Row(p, row), height);
    if (epilogue.factor.data != nullptr) FetchLines(epilogue.factor.Row(p, row), height);
    if (epilogue.slope.data != nullptr) FetchLinesToWrite(epilogue.slope.Row(p, row), height);
  }
}

// What the tiles of a block of b ask for: that which comes after it. Weights have been
// away for a whole step, so they come from far, and hardware follows no stream across pages.
struct NextBlock {
  // `lines` lines of each panel of b, from `at` of the first on, for tiles of kc terms.
  NextBlock(const float* at, size_t lines, size_t kc, size_t tiles) {
    const size_t runs = (kc + kPanel - 1) / kPanel;
    // A tile or two read the block once from end to end, which hardware follows better.
    if (at == nullptr || tiles < 3) return;
    ahead.at = at;
    ahead.lines = (lines + runs * tiles - 1) / (runs * tiles);
    step = ahead.lines * runs * kPanel;
  }
  Ahead ahead = {};
  size_t step = 0;  // from tile to tile
};

// The order of loops in which tiles follow each other.
//
// Strip by strip: a block of b (256 terms of a strip, 32 KB) stays in L1 while all tiles
// of rows pass over it; a, in L2, is read once a strip.
//
// Block by block, where a does not fit in L2: then 224 rows of 256 terms of a, 229 KB,
// which do, meet all strips of b, and after them the next block of terms. b is read
// once for every 224 rows, c once for every block.
//
// Measured (docs/speed.md): 448 or 896 rows are no better, nor is a copy of these rows
// that lies closer together.
constexpr size_t kLargeLeft = size_t{1} << 19;  // elements of a: 2 MB
constexpr size_t kLargeRows = 224;

// [blocks]
void MultiplyTiles(ConstPanels a, ConstPanels b, Range rows, Panels c,
                   const MultiplyEpilogue& epilogue) {
  if (rows.size() == 0) return;
  const Range all = {0, PanelCount(b.cols)};
  const auto fits = [&](size_t panel, size_t panels) { return panel + panels <= all.end; };
  const auto multiply = [&](const auto& kernels, size_t panel, size_t panels, size_t block,
                            Range part, NextBlock next, bool fetch) {
    ForEachTile(kernels, part, [&](TileKernel tile, size_t row, size_t height) {
      if (fetch) FetchResults(epilogue, c, panel, panels, row, height);
      tile({.a = a.Row(block / kPanel, row),
            .a_jump = a.rows * kPanel,
            .b = b.Row(panel, block),
            .b_jump = b.rows * kPanel,
            .kc = HWY_MIN(kSumBlock, a.cols - block),
            .ahead = next.ahead},
           {.c = c.Row(panel, row), .c_jump = c.rows * kPanel, .add = block > 0});
      next.ahead.at += next.step;
    });
  };
  const auto finish = [&](size_t panel, size_t panels, Range part) {
    for (size_t p = panel; p < panel + panels; ++p) {
      FinishPanel(epilogue, p, part.begin, part.size() * kPanel, c.Row(p, part.begin));
    }
  };
  const auto tiles_of = [](const auto& kernels, Range part) {
    return (part.size() + kernels.size() - 1) / kernels.size();
  };

  if (rows.size() * a.cols <= kLargeLeft) {
    ForEachStrip<AlongColumns>(all, [&](const auto& kernels, size_t panel, size_t panels) {
      for (size_t block = 0; block < a.cols; block += kSumBlock) {
        const size_t kc = HWY_MIN(kSumBlock, a.cols - block);
        const bool last = block + kc == a.cols;
        const float* at = !last                          ? b.Row(panel, block + kc)
                          : fits(panel + panels, panels) ? b.Row(panel + panels, 0)
                                                         : nullptr;
        const size_t lines = HWY_MIN(kSumBlock, last ? b.rows : b.rows - block - kc);
        multiply(kernels, panel, panels, block, rows,
                 NextBlock(at, lines, kc, tiles_of(kernels, rows)), block == 0);
      }
      finish(panel, panels, rows);
    });
    return;
  }
  for (size_t first = rows.begin; first < rows.end;) {
    const Range part = {first, first + NextHeight(rows.end - first, kLargeRows)};
    for (size_t block = 0; block < a.cols; block += kSumBlock) {
      const size_t kc = HWY_MIN(kSumBlock, a.cols - block);
      ForEachStrip<AlongColumns>(all, [&](const auto& kernels, size_t panel, size_t panels) {
        const float* at = fits(panel + panels, panels) ? b.Row(panel + panels, block) : nullptr;
        multiply(kernels, panel, panels, block, part,
                 NextBlock(at, kc, kc, tiles_of(kernels, part)), true);
        if (block + kc == a.cols) finish(panel, panels, part);
      });
    }
    first = part.end;
  }
}
// [blocks]

// A block of w^T as a tile wants it: terms `block` ... of panel `panel`. Rows of w
// past the last are zero.
void PackTransposed(ConstPanels w, size_t panel, size_t block, size_t kc, float* to) {
  const size_t first = panel * kPanel;
  for (size_t k = 0; k < kc; k += kPanel) {
    const float* from = w.Row((block + k) / kPanel, first);
    // The same place of the next block, or of the next strip: they come from far.
    if (block + k + kSumBlock < w.cols) {
      FetchLines(w.Row((block + k + kSumBlock) / kPanel, first), HWY_MIN(kPanel, w.rows - first));
    } else if (first + kWidePanels * kPanel < w.rows) {
      const size_t next = first + kWidePanels * kPanel;
      FetchLines(w.Row((block + k) % kSumBlock / kPanel, next), HWY_MIN(kPanel, w.rows - next));
    }
    if (first + kPanel <= w.rows) {
      TransposeBlock(from, to + k * kPanel);
    } else {
      HWY_ALIGN float padded[kPanel * kPanel] = {};
      std::memcpy(padded, from, (w.rows - first) * kPanel * sizeof(float));
      TransposeBlock(padded, to + k * kPanel);
    }
  }
}

// As MultiplyTiles, but each block of w^T is made when it is needed, in L1, and serves
// all tiles of rows.
void MultiplyByTransposedTiles(ConstPanels a, ConstPanels w, Range rows, Range which, Panels c,
                               const MultiplyEpilogue& epilogue) {
  if (rows.size() == 0) return;
  constexpr size_t kStride = kSumBlock * kPanel;
  HWY_ALIGN float packed[kStride * kWidePanels];
  ForEachStrip<AlongColumns>(which, [&](const auto& kernels, size_t panel, size_t panels) {
    for (size_t block = 0; block < a.cols; block += kSumBlock) {
      const size_t kc = HWY_MIN(kSumBlock, a.cols - block);
      for (size_t p = 0; p < panels; ++p) {
        PackTransposed(w, panel + p, block, kc, packed + p * kStride);
      }
      ForEachTile(kernels, rows, [&](TileKernel tile, size_t row, size_t height) {
        if (block == 0) FetchResults(epilogue, c, panel, panels, row, height);
        tile({.a = a.Row(block / kPanel, row),
              .a_jump = a.rows * kPanel,
              .b = packed,
              .b_jump = kStride,
              .kc = kc},
             {.c = c.Row(panel, row), .c_jump = c.rows * kPanel, .add = block > 0});
      });
    }
    for (size_t p = panel; p < panel + panels; ++p) {
      FinishPanel(epilogue, p, rows.begin, rows.size() * kPanel, c.Row(p, rows.begin));
    }
  });
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lanegrad {
namespace {

HWY_EXPORT(MultiplyTiles);
HWY_EXPORT(MultiplyByTransposedTiles);

}  // namespace

void Multiply(ConstPanels a, ConstPanels b, Range rows, Panels c,
              const MultiplyEpilogue& epilogue) {
  HWY_DYNAMIC_DISPATCH(MultiplyTiles)(a, b, rows, c, epilogue);
}

void MultiplyByTransposed(ConstPanels a, ConstPanels w, Range rows, Range panels, Panels c,
                          const MultiplyEpilogue& epilogue) {
  HWY_DYNAMIC_DISPATCH(MultiplyByTransposedTiles)(a, w, rows, panels, c, epilogue);
}

}  // namespace lanegrad
#endif  // HWY_ONCE
