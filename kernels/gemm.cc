// SPDX-License-Identifier: Apache-2.0
#include "kernels/gemm.h"

#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/gemm.cc"  // once per target
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/gemm-inl.h"

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
      hn::Store(hn::Mul(hn::Load(d, c + i), hn::Load(d, factor + i)), d, c + i);
    }
  }
  // One indirect call a tile; a tile of 12 x 16 sums over hundreds of terms.
  if (epilogue.sweep.kernel != nullptr) {
    epilogue.sweep(c, size, c, epilogue.slope.Row(panel, row));
  }
}

// Loop order: a strip of b (k x 32 floats, 100 KB at k = 784) stays in L2 while
// all tiles of rows pass over it; a is read once a strip.
// [blocks]
void MultiplyTiles(ConstPanels a, ConstPanels b, Range rows, Panels c,
                   const MultiplyEpilogue& epilogue) {
  ForEachStrip<AlongColumns>(b.cols, [&](const auto& kernels, size_t panel, size_t panels) {
    ForEachTile(kernels, rows, [&](TileKernel tile, size_t row, size_t height) {
      tile(a.Row(0, row), a.rows * kPanel, b.Row(panel, 0), b.rows * kPanel, a.cols,
           c.Row(panel, row), c.rows * kPanel);
      for (size_t p = panel; p < panel + panels; ++p) {
        FinishPanel(epilogue, p, row, height * kPanel, c.Row(p, row));
      }
    });
  });
}
// [blocks]

// Visits every tile of a^T b in the panels of rows named. A tile is finished in a
// buffer of its own, panel after panel: finish(panel, first row, rows, values).
template <class Finish>
HWY_INLINE void TransposedTiles(ConstPanels a, ConstPanels b, size_t count, Range panels,
                                Finish&& finish) {
  HWY_ALIGN float buffer[kPanel * kPanel * kWidePanels];
  ForEachStrip<DownRows>(b.cols, [&](const auto& kernels, size_t panel, size_t width) {
    for (size_t across = panels.begin; across < panels.end; ++across) {
      const size_t first = across * kPanel;
      const Range rows = {first, HWY_MIN(first + kPanel, a.cols)};
      ForEachTile(kernels, rows, [&](TileKernel tile, size_t row, size_t height) {
        tile(a.Row(across, 0) + row % kPanel, kSumBlock * kPanel, b.Row(panel, 0), b.rows * kPanel,
             count, buffer, kPanel * kPanel);
        for (size_t p = 0; p < width; ++p) {
          finish(panel + p, row, height, buffer + p * kPanel * kPanel);
        }
      });
    }
  });
}

void MultiplyTransposedTiles(ConstPanels a, ConstPanels b, size_t count, Range panels, Panels c) {
  TransposedTiles(a, b, count, panels,
                  [&](size_t panel, size_t row, size_t height, const float* values) {
                    std::memcpy(c.Row(panel, row), values, height * kPanel * sizeof(float));
                  });
}

// Rewrites one 16 x 16 block of the transpose from one of w. Scalar code: both
// blocks are contiguous and in L1, and it is 2% of a step at 512 x 512.
void TransposeBlock(ConstPanels w, size_t row_panel, size_t col_panel, Panels t) {
  const size_t first = row_panel * kPanel;
  const size_t rows = HWY_MIN(kPanel, w.rows - first);
  const size_t cols = HWY_MIN(kPanel, w.cols - col_panel * kPanel);
  const float* from = w.Row(col_panel, first);
  float* to = t.Row(row_panel, col_panel * kPanel);
  for (size_t j = 0; j < cols; ++j) {
    for (size_t i = 0; i < rows; ++i) to[j * kPanel + i] = from[i * kPanel + j];
  }
}

void MultiplyTransposedStep(ConstPanels a, ConstPanels b, size_t count, Range panels,
                            const UpdateEpilogue& update) {
  const size_t m = update.weights.rows;
  TransposedTiles(a, b, count, panels,
                  [&](size_t panel, size_t row, size_t height, const float* gradient) {
                    StateArrays state = {};
                    for (size_t s = 0; s < kMaxStates; ++s) {
                      if (update.states[s].data != nullptr)
                        state[s] = update.states[s].Row(panel, row);
                    }
                    update.step(*update.scalars, height * kPanel, gradient,
                                update.weights.Row(panel, row), state);
                    const bool block_done = (row + height) % kPanel == 0 || row + height == m;
                    if (update.transposed.data != nullptr && block_done) {
                      TransposeBlock(update.weights, row / kPanel, panel, update.transposed);
                    }
                  });
}

void TransposePanels(ConstPanels w, Range panels, Panels t) {
  for (size_t row_panel = panels.begin; row_panel < panels.end; ++row_panel) {
    for (size_t col_panel = 0; col_panel < PanelCount(w.cols); ++col_panel) {
      TransposeBlock(w, row_panel, col_panel, t);
    }
  }
}

void SumColumns(ConstPanels b, size_t count, Range panels, float* sums) {
  const TileTag d;
  for (size_t panel = panels.begin; panel < panels.end; ++panel) {
    for (size_t j = 0; j < kPanel; j += kLanes) {
      auto total = hn::Zero(d);
      for (size_t block = 0; block < count; block += kSumBlock) {
        auto sum = hn::Zero(d);
        for (size_t s = block; s < HWY_MIN(count, block + kSumBlock); ++s) {
          sum = hn::Add(sum, hn::Load(d, b.Row(panel, s) + j));
        }
        total = block == 0 ? sum : hn::Add(total, sum);
      }
      hn::Store(total, d, sums + panel * kPanel + j);
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

HWY_EXPORT(MultiplyTiles);
HWY_EXPORT(MultiplyTransposedTiles);
HWY_EXPORT(MultiplyTransposedStep);
HWY_EXPORT(TransposePanels);
HWY_EXPORT(SumColumns);

}  // namespace

void Multiply(ConstPanels a, ConstPanels b, Range rows, Panels c,
              const MultiplyEpilogue& epilogue) {
  HWY_DYNAMIC_DISPATCH(MultiplyTiles)(a, b, rows, c, epilogue);
}

void MultiplyTransposed(ConstPanels a, ConstPanels b, std::size_t count, Range panels, Panels c) {
  HWY_DYNAMIC_DISPATCH(MultiplyTransposedTiles)(a, b, count, panels, c);
}

void MultiplyTransposedAndStep(ConstPanels a, ConstPanels b, std::size_t count, Range panels,
                               const UpdateEpilogue& update) {
  HWY_DYNAMIC_DISPATCH(MultiplyTransposedStep)(a, b, count, panels, update);
}

void ColumnSums(ConstPanels b, std::size_t count, Range panels, float* sums) {
  HWY_DYNAMIC_DISPATCH(SumColumns)(b, count, panels, sums);
}

void Transpose(ConstPanels w, Range panels, Panels t) {
  HWY_DYNAMIC_DISPATCH(TransposePanels)(w, panels, t);
}

}  // namespace lanegrad
#endif  // HWY_ONCE
