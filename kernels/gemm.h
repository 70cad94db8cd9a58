/// @file
/// The matrix products of training: forward, and back through both operands.
///
/// With samples in rows (batch, in), weights (in, out), error signals delta
/// (batch, out), training needs three products [Rumelhart, Hinton and Williams
/// 1986; article 3.1, 3.2]:
///
///     forward          z          = x w          Multiply(x, w)
///     input gradient   dx         = delta w^T    MultiplyByTransposed(delta, w)
///     weight gradient  dw         = x^T delta    MultiplyTransposed(x, delta)
///
/// All operands are column panels (matrix.h) and are read where they lie.
///
/// Numeric specification. Each element of a product is a chain of fused
/// multiply-adds over k in increasing order, from +0, inside blocks of 256; the
/// block sums are added left to right:
///
///     sum_b (fma(a[K], b[K], ... fma(a[1], b[1], fma(a[0], b[0], +0))))
///
/// A plain loop of std::fma gives the same bits, whatever the target, the tile
/// or the thread. Blocks of 256 are 1.7 to 15 times more accurate than one chain. What
/// training multiplies is kept clear of subnormal numbers by the rule of tiny.h.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_KERNELS_GEMM_H_
#define LANEGRAD_KERNELS_GEMM_H_

#include <cstddef>

#include "kernels/activation.h"
#include "kernels/ahead.h"
#include "kernels/matrix.h"
#include "kernels/optimizer.h"

namespace lanegrad {

/// Products are summed in blocks of so many terms.
inline constexpr std::size_t kSumBlock = 256;

/// What becomes of a tile of Multiply() before it leaves the cache. Each part is
/// optional, and they apply in this order.
struct MultiplyEpilogue {
  const float* bias = nullptr;  ///< Added to every row: PanelCount(n) * 16 floats, padding zero.
  /// Multiplied element by element: (rows, n), e.g. f'(z). Both factors and the product
  /// are zero where they are tiny (tiny.h).
  ConstPanels factor = {};
  ActivationSweep sweep = {};  ///< Applied to the sum; the value replaces it.
  Panels slope = {};           ///< Where `sweep` writes the slope: (rows, n).
  bool drop_tiny = false;      ///< Whether what is tiny in the end becomes zero.
};

/// c(r, j) = epilogue(sum_k a(r, k) b(k, j)) for the rows r of `rows`, all j.
///
/// Shapes: a (m, k), b (k, n), c (m, n); k = a.cols = b.rows, n = b.cols = c.cols.
/// Padding columns of c become epilogue(0 if b's padding is zero). c must not
/// overlap a or b; slope and factor may not overlap c.
/// Cost: 2 |rows| k n flops; no allocation, nothing is packed.
void Multiply(ConstPanels a, ConstPanels b, Range rows, Panels c,
              const MultiplyEpilogue& epilogue = {});

/// c(r, i) = epilogue(sum_j a(r, j) w(i, j)) for the rows r of `rows` and the columns i
/// of the panels of c that `panels` names.
///
/// Shapes: a (m, n), w (k, n), c (m, k); otherwise as Multiply(). Cost: 2 |rows| k n
/// flops; blocks of w are transposed on the way, k n elements in all, so it pays to
/// have many rows.
void MultiplyByTransposed(ConstPanels a, ConstPanels w, Range rows, Range panels, Panels c,
                          const MultiplyEpilogue& epilogue = {});

/// What an optimizer needs to take its step as soon as a tile of the gradient is
/// known, so that the gradient is never written.
struct UpdateEpilogue {
  Optimizer optimizer;                   ///< Whose step.
  const StepScalars* scalars = nullptr;  ///< Rate and so on.
  Panels weights = {};                   ///< (m, n), updated in place.
  Panels states[kMaxStates] = {};        ///< (m, n) each, or without data.
  RowsAhead ahead = {};                  ///< What to ask for meanwhile.
};

/// c(i, j) = sum_s a(s, i) b(s, j) over samples s < count, for the panels of rows
/// i that `panels` names: i in [16 begin, 16 end), at most m.
///
/// Shapes: a (rows, m), b (rows, n), count <= rows; c (m, n). c must not overlap
/// a or b. Cost: 2 |i| n count flops.
void MultiplyTransposed(ConstPanels a, ConstPanels b, std::size_t count, Range panels, Panels c);

/// The same product, handed tile by tile to an optimizer instead of to memory.
void MultiplyTransposedAndStep(ConstPanels a, ConstPanels b, std::size_t count, Range panels,
                               const UpdateEpilogue& update);

/// sums[j] = sum_s b(s, j) over samples s < count, for the columns j of the
/// panels named; summed like a product with ones. Writes 16 floats a panel.
void ColumnSums(ConstPanels b, std::size_t count, Range panels, float* sums);

}  // namespace lanegrad

#endif  // LANEGRAD_KERNELS_GEMM_H_
