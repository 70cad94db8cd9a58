/// @file
/// Products of matrices in plain rows, as other programs have them.
///
/// A training keeps its matrices in column panels (matrix.h), where products need no
/// copies (gemm.h). Here is the same product for someone who has rows and wants rows.
/// What is copied is copied within the product, a block at a time, and only where it is
/// read often enough to be worth it.
///
/// Numeric specification: that of gemm.h, to the bit.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_KERNELS_GEMM_ROWS_H_
#define LANEGRAD_KERNELS_GEMM_ROWS_H_

#include <cstddef>

namespace lanegrad {

/// A view of a matrix in plain rows; it owns nothing. `T` is float or const float, and
/// `data` has no alignment but theirs.
///
///     element (r, c)  is  data[r * stride + c]
template <class T>
struct RowsOf {
  T* data = nullptr;       ///< Element (0, 0).
  std::size_t rows = 0;    ///< How many rows.
  std::size_t cols = 0;    ///< How many columns.
  std::size_t stride = 0;  ///< From a row to the next, in elements; at least `cols`.
  /// The same matrix, read only.
  constexpr operator RowsOf<const T>() const { return {data, rows, cols, stride}; }
};

using Rows = RowsOf<float>;             ///< A matrix to write.
using ConstRows = RowsOf<const float>;  ///< A matrix to read.

/// c(i, j) = sum_k a(i, k) b(k, j), summed as gemm.h states.
///
/// Shapes: a (m, k), b (k, n), c (m, n). c must not overlap a or b; nothing but its
/// elements is written, and nothing behind the last element of a or b is read. Of a
/// product without terms (k = 0) c is zero.
/// Cost: 2 m n k flops, 300 KB of stack; no allocation.
void MultiplyRows(ConstRows a, ConstRows b, Rows c);

/// c(i, j) = sum_k a(k, i) b(k, j): the same with a transposed, which is stored as (k, m).
void MultiplyTransposedRows(ConstRows a, ConstRows b, Rows c);

}  // namespace lanegrad

#endif  // LANEGRAD_KERNELS_GEMM_ROWS_H_
