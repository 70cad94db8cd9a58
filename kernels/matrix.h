/// @file
/// The one layout of a matrix: column panels of sixteen.
///
/// A panel is sixteen neighbouring columns, stored row after row, so that one
/// row of a panel is one 64-byte line:
///
///     element (r, c)  is  data[((c / 16) * rows + r) * 16 + c % 16]
///
/// Why not plain rows: each of the three products of training reads its
/// operands in exactly this order (gemm.h), so nothing is ever packed; a tile's
/// result is one contiguous run, so an epilogue is one sweep; and a panel is a
/// whole number of registers on every target, so kernels have no tails. Columns
/// past the last are padding: zero in weights and in error signals.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_KERNELS_MATRIX_H_
#define LANEGRAD_KERNELS_MATRIX_H_

#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <utility>

namespace lanegrad {

/// Columns of a panel: 16 floats are 64 bytes, one cache line, and the widest
/// register there is (AVX-512).
inline constexpr std::size_t kPanel = 16;

/// How many panels hold `cols` columns.
constexpr std::size_t PanelCount(std::size_t cols) { return (cols + kPanel - 1) / kPanel; }

/// A half-open range of rows (or of anything else that is counted).
struct Range {
  std::size_t begin = 0;  ///< First.
  std::size_t end = 0;    ///< One past the last.
  /// How many.
  constexpr std::size_t size() const { return end - begin; }
};

/// A view of a matrix in column panels; it owns nothing. `T` is float or const
/// float. `data` is aligned to 64 bytes.
// [panels]
template <class T>
struct PanelsOf {
  T* data = nullptr;     ///< PanelCount(cols) * rows * 16 elements.
  std::size_t rows = 0;  ///< Rows that are stored: a panel's stride is 16 rows.
  std::size_t cols = 0;  ///< Columns that mean something; the rest is padding.

  /// Where row `row` of panel `panel` begins: 16 contiguous elements.
  constexpr T* Row(std::size_t panel, std::size_t row) const {
    return data + (panel * rows + row) * kPanel;
  }
  /// Element (row, col).
  constexpr T& At(std::size_t row, std::size_t col) const {
    return Row(col / kPanel, row)[col % kPanel];
  }
  /// How many elements are stored, padding included.
  constexpr std::size_t size() const { return PanelCount(cols) * rows * kPanel; }
  /// The same matrix, read only.
  constexpr operator PanelsOf<const T>() const { return {data, rows, cols}; }
};
// [panels]

/// The columns of `panels` of a matrix, as a matrix of their own; none of none.
template <class T>
constexpr PanelsOf<T> Part(PanelsOf<T> m, Range panels) {
  if (m.data == nullptr) return {};
  const std::size_t end = panels.end * kPanel < m.cols ? panels.end * kPanel : m.cols;
  return {m.Row(panels.begin, 0), m.rows, end - panels.begin * kPanel};
}

using Panels = PanelsOf<float>;             ///< A matrix to write.
using ConstPanels = PanelsOf<const float>;  ///< A matrix to read.

/// An owned, 64-byte aligned array of floats, zero at first.
class Array {
 public:
  Array() = default;
  /// Allocates `size` zeros. Throws std::bad_alloc.
  explicit Array(std::size_t size)
      : data_(static_cast<float*>(
            ::operator new[]((size == 0 ? 1 : size) * sizeof(float), std::align_val_t{64}))),
        size_(size) {
    std::memset(data_.get(), 0, size * sizeof(float));
  }
  /// Copies every element.
  Array(const Array& other) : Array(other.size_) {
    if (size_ > 0) std::memcpy(data_.get(), other.data_.get(), size_ * sizeof(float));
  }
  Array(Array&&) = default;  ///< Moves.
  /// Takes the elements of `other`.
  Array& operator=(Array other) {
    data_.swap(other.data_);
    std::swap(size_, other.size_);
    return *this;
  }
  float* data() { return data_.get(); }                              ///< The first element.
  const float* data() const { return data_.get(); }                  ///< The first element.
  std::size_t size() const { return size_; }                         ///< How many.
  float& operator[](std::size_t i) { return data_[i]; }              ///< Element i.
  const float& operator[](std::size_t i) const { return data_[i]; }  ///< Element i.

 private:
  struct Free {
    void operator()(float* p) const { ::operator delete[](p, std::align_val_t{64}); }
  };
  std::unique_ptr<float[], Free> data_;
  std::size_t size_ = 0;
};

/// An owned matrix in column panels, zero at first, padding included.
class Matrix {
 public:
  Matrix() = default;
  /// Allocates a matrix of zeros. Throws std::bad_alloc.
  Matrix(std::size_t rows, std::size_t cols)
      : array_(PanelCount(cols) * rows * kPanel), rows_(rows), cols_(cols) {}
  std::size_t rows() const { return rows_; }                          ///< Rows.
  std::size_t cols() const { return cols_; }                          ///< Columns, without padding.
  Panels view() { return {array_.data(), rows_, cols_}; }             ///< To write.
  ConstPanels view() const { return {array_.data(), rows_, cols_}; }  ///< To read.
  /// Element (row, col).
  float& operator()(std::size_t row, std::size_t col) { return view().At(row, col); }
  /// Element (row, col).
  float operator()(std::size_t row, std::size_t col) const { return view().At(row, col); }

 private:
  Array array_;
  std::size_t rows_ = 0;
  std::size_t cols_ = 0;
};

}  // namespace lanegrad

#endif  // LANEGRAD_KERNELS_MATRIX_H_
