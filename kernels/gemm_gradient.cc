// SPDX-License-Identifier: Apache-2.0
//
// The weight gradient, and what an optimizer makes of it before it leaves the
// registers.
#include <cstring>

#include "kernels/gemm.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/gemm_gradient.cc"  // once per target
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/gemm-inl.h"
#include "kernels/optimizer_step-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {
namespace {

// Visits a^T b in the panels of rows named, a panel of rows by a strip of columns: its
// tiles go to a buffer, then finish(panel, rows, values) is called for each panel of
// the strip; its values lie in a row.
template <class Table, class Finish>
HWY_INLINE void BufferedTiles(const Table& kernels, ConstPanels a, ConstPanels b, size_t count,
                              size_t across, size_t panel, size_t width, Finish&& finish) {
  constexpr size_t kStride = kPanel * kPanel;
  HWY_ALIGN float buffer[kStride * kWidePanels];
  const Range rows = {across * kPanel, HWY_MIN(across * kPanel + kPanel, a.cols)};
  ForEachTile(kernels, rows, [&](TileKernel tile, size_t row, size_t) {
    for (size_t block = 0; block < count; block += kSumBlock) {
      tile({.a = a.Row(across, block) + row % kPanel,
            .a_jump = kSumBlock * kPanel,
            .b = b.Row(panel, block),
            .b_jump = b.rows * kPanel,
            .kc = HWY_MIN(kSumBlock, count - block)},
           {.c = buffer + row % kPanel * kPanel, .c_jump = kStride, .add = block > 0});
    }
  });
  for (size_t p = 0; p < width; ++p) finish(panel + p, rows, buffer + p * kStride);
}

void MultiplyTransposedTiles(ConstPanels a, ConstPanels b, size_t count, Range panels, Panels c) {
  ForEachStrip<DownRows>({0, PanelCount(b.cols)},
                         [&](const auto& kernels, size_t panel, size_t width) {
                           for (size_t across = panels.begin; across < panels.end; ++across) {
                             BufferedTiles(kernels, a, b, count, across, panel, width,
                                           [&](size_t at, Range rows, const float* values) {
                                             std::memcpy(c.Row(at, rows.begin), values,
                                                         rows.size() * kPanel * sizeof(float));
                                           });
                           }
                         });
}

// Where an optimizer finds the weights and states of a panel, from a row on.
struct UpdatePlace {
  float* weights;
  StateArrays states;

  UpdatePlace(const UpdateEpilogue& update, size_t panel, size_t row)
      : weights(update.weights.Row(panel, row)), states() {
    for (size_t s = 0; s < kMaxStates; ++s) {
      if (update.states[s].data != nullptr) states[s] = update.states[s].Row(panel, row);
    }
  }
};

// The sixteen rows of panel `across` by P panels from `panel` on, those from kFirst on:
// each tile takes its step out of the registers, which is worth 5 to 30% of the whole
// product (docs/speed.md). Gradients that are cut, and weights that are penalised, go by
// the buffer: to ask for either at each register would cost a tenth of that.
template <class Op, size_t P, size_t kFirst = 0>
HWY_INLINE void StepRows(ConstPanels a, ConstPanels b, size_t count, size_t across, size_t panel,
                         const UpdateEpilogue& update, const StepScalars& scalars) {
  if constexpr (kFirst < kPanel) {
    constexpr size_t mr = NextHeight(kPanel - kFirst, P == kWidePanels ? kWideMr : kNarrowMr);
    const TileTag d;
    HWY_UNROLL(2)
    for (size_t p = 0; p < P; ++p) {
      const UpdatePlace to(update, panel + p, across * kPanel + kFirst);
      for (size_t r = 0; r < mr; ++r) {
        __builtin_prefetch(to.weights + r * kPanel, 1, 3);
        for (size_t s = 0; s < Op::kInfo.states; ++s) {
          __builtin_prefetch(to.states[s] + r * kPanel, 1, 3);
        }
      }
    }
    hn::Vec<TileTag> sum[mr][P * kRegisters];
    Accumulate<mr, P, DownRows>({.a = a.Row(across, 0) + kFirst,
                                 .a_jump = kSumBlock * kPanel,
                                 .b = b.Row(panel, 0),
                                 .b_jump = b.rows * kPanel,
                                 .kc = count},
                                sum);
    HWY_UNROLL(2)
    for (size_t p = 0; p < P; ++p) {
      const UpdatePlace to(update, panel + p, across * kPanel + kFirst);
      HWY_UNROLL(16)
      for (size_t r = 0; r < mr; ++r) {
        HWY_UNROLL(16)
        for (size_t j = 0; j < kRegisters; ++j) {
          const size_t at = r * kPanel + j * kLanes;
          StepAt<Op>(d, scalars, sum[r][p * kRegisters + j], hn::Load(d, to.weights + at),
                     to.weights, to.states, at);
        }
      }
    }
    StepRows<Op, P, kFirst + mr>(a, b, count, across, panel, update, scalars);
  }
}

template <class Op>
void UpdatePanels(ConstPanels a, ConstPanels b, size_t count, Range panels,
                  const UpdateEpilogue& update) {
  const StepScalars scalars = *update.scalars;
  [[maybe_unused]] const bool in_registers =
      count <= kSumBlock && !Clips(scalars) && !Penalises(scalars);
  const size_t strips = (PanelCount(b.cols) + kWidePanels - 1) / kWidePanels;
  LineRequests requests(update.ahead, strips * panels.size());
  ForEachStrip<DownRows>({0, PanelCount(b.cols)}, [&](const auto& kernels, size_t panel,
                                                      size_t width) {
    for (size_t across = panels.begin; across < panels.end; ++across) {
      requests.Ask();
#if HWY_NATIVE_FMA  // elsewhere speed is no matter, and code would be
      if (in_registers && (across + 1) * kPanel <= a.cols) {
        if (width == kWidePanels) {
          StepRows<Op, kWidePanels>(a, b, count, across, panel, update, scalars);
        } else {
          StepRows<Op, 1>(a, b, count, across, panel, update, scalars);
        }
        continue;
      }
#endif
      BufferedTiles(kernels, a, b, count, across, panel, width,
                    [&](size_t at, Range rows, const float* gradient) {
                      const UpdatePlace to(update, at, rows.begin);
                      SweepStep<Op>(scalars, rows.size() * kPanel, gradient, to.weights, to.states);
                    });
    }
  });
  // A member of a team without panels would begin behind the last row.
  if (!scalars.flush_tiny_states) return;
  if (panels.size() == 0) return;
  const Range rows = {panels.begin * kPanel, HWY_MIN(panels.end * kPanel, a.cols)};
  for (size_t panel = 0; panel < PanelCount(b.cols); ++panel) {
    FlushTinyStates<Op>(UpdatePlace(update, panel, rows.begin).states, rows.size() * kPanel);
  }
}

constexpr auto kUpdates =
    Tabulate(OptimizerList(), [](auto op) { return &UpdatePanels<decltype(op)>; });

void MultiplyTransposedStep(ConstPanels a, ConstPanels b, size_t count, Range panels,
                            const UpdateEpilogue& update) {
  kUpdates[update.optimizer.row()](a, b, count, panels, update);
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

HWY_EXPORT(MultiplyTransposedTiles);
HWY_EXPORT(MultiplyTransposedStep);
HWY_EXPORT(SumColumns);

}  // namespace

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

}  // namespace lanegrad
#endif  // HWY_ONCE
